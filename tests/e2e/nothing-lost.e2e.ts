import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { SignInOptions } from '#domain/session.ts';
import { readRescueFile } from '#domain/sync/rescue.ts';
import { PushResponse } from '#domain/sync/messages.ts';
import { allAsCoordinator } from './at-the-server.ts';
import { logPushing } from './logging.ts';
import { expect, expectAccessible, installed, signIn, test } from './school-test.ts';
import { SOON } from './soon.ts';

/** A phone at the far end of the playground. */
const SLOW_BYTES_PER_SECOND = 60_000;

async function throttle(page: Page, bytesPerSecond: number): Promise<void> {
	const devtools = await page.context().newCDPSession(page);
	await devtools.send('Network.enable');
	await devtools.send('Network.emulateNetworkConditions', {
		offline: false,
		latency: 0,
		downloadThroughput: bytesPerSecond,
		uploadThroughput: bytesPerSecond,
	});
}

test('what cannot be sent is saved as a file that holds it all, from Today and from the settings', async ({ page }) => {
	await signIn(page, 'supervisor');
	await page.route('**/sync/push', (route) => route.abort());
	await logPushing(page, '6A');
	await page.goto('/mine');
	await page.getByText('Versturen lukt niet?').click(SOON);
	await expectAccessible(page);
	await page.goto('/settings');
	const saving = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Bewaar als bestand' }).click();
	const download = await saving;
	expect(download.suggestedFilename()).toMatch(/^pleinwacht-\d{4}-\d{2}-\d{2}T\d{4}\.json$/);
	const file = readRescueFile(await readFile(await download.path(), 'utf8'));
	// Only the server opens what is in it.
	expect(file.ok && file.value.items.map(({ id, doc }) => [id.slice(0, 4), doc])).toEqual([['obs_', undefined]]);
	expect(file.ok && file.value.items[0]?.sealed).toMatch(/^[\w+/]+=*$/);
	await expect(page.getByText(/^Bewaard als pleinwacht-/)).toBeVisible();
});

test('signed out at the server: quiet, nothing dropped, and everything goes after signing in', async ({
	page,
	server,
}) => {
	const before = await allAsCoordinator(server.url, 'observation');
	await signIn(page, 'supervisor');
	await page.context().clearCookies();
	await logPushing(page, '6A');
	await page.goto('/mine');
	await expect(page.getByText(/Meld je aan om te versturen. Er gaat niets verloren./)).toBeVisible(SOON);
	await expect(page.getByText('bewaard op dit toestel', { exact: true })).toBeVisible();
	await signIn(page, 'supervisor');
	await page.goto('/mine');
	await expect(page.getByText('aangekomen', { exact: true })).toBeVisible(SOON);
	expect(await allAsCoordinator(server.url, 'observation')).toHaveLength(before.length + 1);
});

test('what was not accepted stays, with the reason in words and what to do', async ({ page }) => {
	await signIn(page, 'supervisor');
	await page.route('**/sync/push', async (route) => {
		const { receipts, protocol } = PushResponse.parse(await (await route.fetch()).json());
		const refused = receipts.map((receipt) => ({
			...receipt,
			result: { kind: 'rejected', reason: 'unknownReference' },
		}));
		await route.fulfill({ json: { protocol, receipts: refused } });
	});
	await logPushing(page, '6A');
	await page.goto('/mine');
	const card = page.getByRole('article');
	await expect(card.getByText('niet aangenomen')).toBeVisible(SOON);
	await expect(card).toContainText('Een leerling, groep of plek bestaat niet meer. Kies opnieuw.');
	await expect(card.getByRole('link', { name: 'Herstel' })).toBeVisible();
	await page.reload();
	await expect(card.getByText('niet aangenomen')).toBeVisible();
});

test('a slow first sync says how far it is', async ({ page }) => {
	const { demoPeople } = SignInOptions.parse(await (await page.request.get('/api/sign-in')).json());
	await page.goto('/sign-in');
	const coordinator = page.getByRole('button', {
		name: demoPeople.find(({ role }) => role === 'coordinator')?.name ?? '',
	});
	await expect(coordinator).toBeVisible();
	// The app itself is here: what is slow is the school's data, and not signing in behind a hundred files.
	await installed(page);
	await throttle(page, SLOW_BYTES_PER_SECOND);
	await coordinator.click();
	await expect(page.getByText(/^Gegevens ophalen: \d+ van \d+$/)).toBeVisible(SOON);
	await expect(page.locator('[data-row]')).not.toHaveCount(0, SOON);
});
