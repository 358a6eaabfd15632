import { expect, type Page } from '@playwright/test';

/** Once the pad that asks this takes digits. */
export async function enter(page: Page, question: string, pin: string): Promise<void> {
	const pad = page.getByRole('group', { name: question });
	await expect(pad.getByRole('button', { name: '1', exact: true })).toBeEnabled();
	await page.keyboard.type(pin);
}

/** Six digits of one's own, and once more. */
export async function choosePin(page: Page, pin: string): Promise<void> {
	await enter(page, 'Kies zes cijfers', pin);
	await enter(page, 'Dezelfde zes cijfers nog een keer', pin);
}
