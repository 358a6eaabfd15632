import { expect, test as base } from '@playwright/test';
import { TOTP } from 'otpauth';
import { withAuthenticator } from './authenticator.ts';
import { startFreshSchool } from './real-school.ts';
import { expectAccessible } from './school-test.ts';

const test = base.extend<{ school: Awaited<ReturnType<typeof startFreshSchool>> }>({
	// Playwright reads what a fixture needs from this pattern: nothing.
	// eslint-disable-next-line no-empty-pattern
	school: async ({}, use) => {
		const school = await startFreshSchool();
		try {
			await use(school);
		} finally {
			await school.stop();
		}
	},
	baseURL: async ({ school }, use) => use(school.url),
});

test('the first administrator comes in by the printed link, with a passkey, and invites a teacher', async ({
	page,
	school,
	browser,
}) => {
	await withAuthenticator(page);
	await page.goto(school.invitation);
	await expect(page.getByRole('heading', { name: 'Hoi Beheerder' })).toBeVisible();
	await expectAccessible(page);
	await page.getByRole('button', { name: 'Begin' }).click();
	await expect(page.getByRole('heading', { name: 'Extra beveiliging, Beheerder' })).toBeVisible();
	await expectAccessible(page);
	await page.getByRole('button', { name: 'Maak een passkey' }).click();
	await expect(page.getByRole('heading', { name: 'Mensen' })).toBeVisible();

	await page.goto('/account');
	await expect(page.getByText('Chrome · Linux').first()).toBeVisible();
	await expectAccessible(page);
	await page.goto('/settings');
	await page.getByRole('button', { name: 'Meld je af' }).click();
	await page.getByRole('button', { name: 'Aanmelden met een passkey' }).click();
	await expect(page.getByRole('heading', { name: 'Mensen' })).toBeVisible();

	await page.getByRole('button', { name: 'Voeg iemand toe' }).click();
	await page.getByLabel('Naam, zoals collega’s hem zeggen').fill('Fatma Demir');
	await expectAccessible(page);
	await page.getByRole('button', { name: 'Bewaar' }).click();
	const link = await page.getByText('/invitation#').innerText();
	await expectAccessible(page);

	const phone = await browser.newPage({ baseURL: school.url });
	await phone.goto(link);
	await phone.getByRole('button', { name: 'Begin' }).click();
	await phone.getByLabel('Aanmeldnaam').fill('fatma@school.example');
	await phone.getByLabel('Nieuw wachtwoord').fill('welkom202620');
	await phone.getByRole('button', { name: 'Bewaar het wachtwoord' }).click();
	await expect(phone.getByText('Dit wachtwoord is te raden')).toBeVisible();
	await phone.getByLabel('Nieuw wachtwoord').fill('vier schapen in de wei');
	await phone.getByRole('button', { name: 'Bewaar het wachtwoord' }).click();
	await expect(phone).toHaveURL(/groups/);

	await phone.goto(link);
	await expect(phone.getByText('Deze link is al gebruikt of te oud')).toBeVisible();
	await phone.close();
});

test('without a passkey: a password and an app, and both at the next sign-in', async ({ page, school }) => {
	await page.goto(school.invitation);
	await page.getByRole('button', { name: 'Begin' }).click();
	await page.getByRole('button', { name: 'Liever een wachtwoord en een app' }).click();
	await page.getByLabel('Aanmeldnaam').fill('wim@school.example');
	await page.getByLabel('Nieuw wachtwoord').fill('drie geiten op het dak');
	await page.getByRole('button', { name: 'Bewaar het wachtwoord' }).click();
	await page.getByRole('button', { name: 'Koppel een app' }).click();
	await expect(page.getByRole('img', { name: 'QR-code om de app te koppelen' })).toBeVisible();
	const secret = (await page.locator('code').innerText()).replaceAll(' ', '');
	await page.getByLabel('Code uit je app').fill(new TOTP({ secret }).generate());
	await page.getByRole('button', { name: 'Controleer de code' }).click();
	const recovery = await page.locator('li code').first().innerText();
	await expectAccessible(page);
	await page.getByRole('button', { name: 'Ik heb ze bewaard' }).click();
	await expect(page.getByRole('heading', { name: 'Mensen' })).toBeVisible();

	await page.goto('/settings');
	await page.getByRole('button', { name: 'Meld je af' }).click();
	await page.getByLabel('Aanmeldnaam').fill('wim@school.example');
	await page.getByLabel('Wachtwoord').fill('drie geiten op het dak');
	await expectAccessible(page);
	await page.getByRole('button', { name: 'Aanmelden', exact: true }).click();
	await expect(page.getByRole('heading', { name: 'Nog één stap, Beheerder' })).toBeVisible();
	await expectAccessible(page);
	await page.getByRole('button', { name: 'Ik heb mijn telefoon niet' }).click();
	await page.getByLabel('Herstelcode').fill(recovery);
	await page.getByRole('button', { name: 'Verder' }).click();
	await expect(page.getByRole('heading', { name: 'Mensen' })).toBeVisible();
});
