import { expect, expectAccessible, test } from './school-test.ts';

for (const locale of ['nl', 'en'] as const) {
	for (const colorScheme of ['light', 'dark'] as const) {
		test(`the sign-in page is accessible, ${locale} ${colorScheme}`, async ({ page }) => {
			await page.addInitScript((language) => localStorage.setItem('PARAGLIDE_LOCALE', language), locale);
			await page.emulateMedia({ colorScheme });
			await page.goto('/sign-in');
			await expect(page.getByRole('button', { name: 'Sanne Wolters' })).toBeVisible();
			await expectAccessible(page);
		});
	}
}

test('with the keyboard alone: the first person is one Tab and Enter away', async ({ page }) => {
	await page.goto('/sign-in');
	await expect(page.getByRole('button', { name: 'Sanne Wolters' })).toBeVisible();
	await page.keyboard.press('Tab');
	await expect(page.getByRole('button', { name: 'Sanne Wolters' })).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/capture/);
});

test('without a server it says what is needed, and asks again when told', async ({ page }) => {
	await page.goto('/sign-in');
	await expect(page.getByRole('button', { name: 'Sanne Wolters' })).toBeVisible();
	await page.route('**/api/sign-in', (route) => route.abort());
	await page.reload();
	await expect(page.getByText('Even geen verbinding')).toBeVisible();
	await page.unroute('**/api/sign-in');
	await page.getByRole('button', { name: 'Probeer opnieuw' }).click();
	await expect(page.getByRole('button', { name: 'Sanne Wolters' })).toBeVisible();
});
