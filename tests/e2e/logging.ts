import { expect, type Page } from '@playwright/test';

/**
 * The commonest observation: somebody of this group pushed somebody else of it. Starts and ends on `/capture`.
 * @param pressMs for how long Save is pressed.
 */
export async function logPushing(page: Page, group: string, pressMs = 0): Promise<void> {
	if (!page.url().endsWith('/capture')) await page.goto('/capture');
	await page
		.getByRole('radio', { name: group, exact: true })
		.or(page.getByRole('button', { name: group, exact: true }))
		.click();
	const pupils = page.getByRole('button', { name: new RegExp(`\\S ?${group}$`) });
	await pupils.nth(0).click();
	await pupils.nth(1).click();
	await page.getByRole('button', { name: 'duwen', exact: true }).click();
	await page.getByRole('button', { name: 'Opslaan' }).click({ delay: pressMs });
	await expect(page.getByText('Bewaard', { exact: true })).toBeVisible();
}
