import type { BrowserContext, Page } from '@playwright/test';
import { allAsCoordinator } from './at-the-server.ts';
import { withAuthenticator } from './authenticator.ts';
import { logPushing } from './logging.ts';
import { choosePin, enter } from './pin-pad.ts';
import { readableTables } from './on-disk.ts';
import { expect, expectAccessible, installed, signIn, test } from './school-test.ts';
import { expectObservations, SOON } from './soon.ts';

const RIGHT = '271828';
const WRONG = '314159';

const lockScreen = (page: Page) => page.getByRole('group', { name: 'Vul je pincode in' });

async function setPin(page: Page): Promise<void> {
	await page.goto('/settings');
	await page.getByRole('button', { name: 'Zet een pincode' }).click();
	await choosePin(page, RIGHT);
	await expect(page.getByText('De pincode staat op dit toestel.')).toBeVisible(SOON);
}

/** Loads this page anew, which asks for the PIN. */
async function openWithPin(page: Page, path: string): Promise<void> {
	await page.goto(path);
	await enter(page, 'Vul je pincode in', RIGHT);
	await expect(lockScreen(page)).toHaveCount(0, SOON);
}

/** Saved without a network, and locked. */
async function lockWithUnsent(page: Page, context: BrowserContext): Promise<void> {
	await openWithPin(page, '/capture');
	await context.setOffline(true);
	await logPushing(page, '6A');
	await page.reload();
	await expect(lockScreen(page)).toBeVisible();
}

test('a PIN stands in front of everything; behind it a draft waits as it was left', async ({ page }) => {
	await signIn(page, 'supervisor');
	await setPin(page);
	await page.getByRole('button', { name: 'Zet nu op slot' }).click();
	await expect(page.getByRole('heading', { name: 'Instellingen' })).toHaveCount(0);
	await enter(page, 'Vul je pincode in', RIGHT);
	await expect(page.getByRole('heading', { name: 'Instellingen' })).toBeVisible(SOON);
	await openWithPin(page, '/capture');
	await page.getByRole('button', { name: '6A', exact: true }).click();
	const child = page.getByRole('button', { name: /\S ?6A$/ }).nth(2);
	const name = (await child.textContent())?.trim() ?? '';
	await child.click();
	const sentence = page.locator('.sentence').first();
	const told = (await sentence.textContent()) ?? '';

	await page.reload();
	await expect(lockScreen(page)).toBeVisible();
	expect(await page.locator('body').textContent()).not.toContain(name);
	await expectAccessible(page);
	await enter(page, 'Vul je pincode in', WRONG);
	await expect(page.getByText('Die pincode klopt niet.')).toBeVisible(SOON);
	await enter(page, 'Vul je pincode in', RIGHT);
	await expect(sentence).toHaveText(told, SOON);
	await expect(page).toHaveURL(/\/capture$/);
});

test('what waits is sent while locked, and who forgot the PIN signs in anew and finds it arrived', async ({
	page,
	context,
	server,
}) => {
	const before = await allAsCoordinator(server.url, 'observation');
	await signIn(page, 'supervisor');
	await installed(page);
	// Without a PIN the keys on the device open what lies on it.
	expect(await readableTables(page)).not.toEqual([]);
	await setPin(page);
	await lockWithUnsent(page, context);
	expect(await readableTables(page)).toEqual([]);
	await context.setOffline(false);
	await expectObservations(server.url, before.length + 1);
	await expect(lockScreen(page)).toBeVisible();
	expect(await readableTables(page)).toEqual([]);

	await page.getByRole('button', { name: 'Pincode vergeten?' }).click();
	await page.getByRole('button', { name: 'Meld me opnieuw aan' }).click();
	await expect(page).toHaveURL(/sign-in/);
	await signIn(page, 'supervisor');
	await page.goto('/mine');
	await expect(page.getByText('aangekomen', { exact: true })).toBeVisible(SOON);
	await expect(lockScreen(page)).toHaveCount(0);
});

test('what waits outlives a forgotten PIN', async ({ page, context, server }) => {
	const before = await allAsCoordinator(server.url, 'observation');
	await signIn(page, 'supervisor');
	await installed(page);
	await setPin(page);
	await server.kill();
	await lockWithUnsent(page, context);
	await page.getByRole('button', { name: 'Pincode vergeten?' }).click();
	await page.getByRole('button', { name: 'Meld me opnieuw aan' }).click();
	await expect(page).toHaveURL(/sign-in/);
	await server.restart();
	await context.setOffline(false);
	await signIn(page, 'supervisor');
	await expectObservations(server.url, before.length + 1);
});

test.describe('where the device has an authenticator', () => {
	// Browsers give passkeys to names, and to no numbers.
	test.use({ baseURL: async ({ server }, use) => use(server.url.replace('127.0.0.1', 'localhost')) });

	test('a passkey of the device takes the place of the PIN: one tap, without a network, and nothing opens before', async ({
		page,
		context,
	}) => {
		await withAuthenticator(page);
		await signIn(page, 'supervisor');
		await installed(page);
		await page.goto('/settings');
		await page.getByRole('button', { name: 'Zet een pincode' }).click();
		await page.getByRole('button', { name: 'Liever je vinger of gezicht' }).click();
		await expect(page.getByText('Je vinger of gezicht haalt dit toestel nu van het slot.')).toBeVisible(SOON);
		expect(await readableTables(page)).toEqual([]);

		await context.setOffline(true);
		await page.reload();
		const unlock = page.getByRole('button', { name: 'Haal van het slot' });
		await expect(unlock).toBeVisible();
		await expectAccessible(page);
		await unlock.click();
		await expect(page.getByRole('heading', { name: 'Instellingen' })).toBeVisible(SOON);

		// Back to digits: the passkey is asked for once more.
		await page.getByRole('button', { name: 'Kies een pincode in plaats daarvan' }).click();
		await enter(page, 'Kies zes cijfers', RIGHT);
		await enter(page, 'Dezelfde zes cijfers nog een keer', RIGHT);
		await expect(page.getByText('De pincode staat op dit toestel.')).toBeVisible(SOON);
		await openWithPin(page, '/settings');
	});
});
