import { expect, type Page } from '@playwright/test';

/** The commonest observation: somebody of this group pushed somebody else of it. Starts and ends on `/capture`. */
export async function logPushing(page: Page, group: string): Promise<void> {
	await tellPushing(page, group);
	await page.getByRole('button', { name: 'Opslaan' }).click();
	await expectSaved(page);
}

/** All of it but Save. */
export async function tellPushing(page: Page, group: string): Promise<void> {
	if (!page.url().endsWith('/capture')) await page.goto('/capture');
	await page
		.getByRole('radio', { name: group, exact: true })
		.or(page.getByRole('button', { name: group, exact: true }))
		.click();
	const pupils = page.getByRole('button', { name: new RegExp(`\\S ?${group}$`) });
	await pupils.nth(0).click();
	await pupils.nth(1).click();
	await page.getByRole('button', { name: 'duwen', exact: true }).click();
}

export async function expectSaved(page: Page): Promise<void> {
	await expect(page.getByText('Bewaard', { exact: true })).toBeVisible();
}
