import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APP_DIR } from './server.ts';
import { logPushing } from './logging.ts';
import { expect, installed, signIn, test } from './school-test.ts';
import { SOON } from './soon.ts';

// A server of this test's own copy of the app, so that a newer one can be put in its place.
test.use({
	// eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern to know what a fixture needs
	appDir: async ({}, use) => {
		const copy = mkdtempSync(join(tmpdir(), 'pleinwacht-e2e-app-'));
		cpSync(APP_DIR, copy, { recursive: true });
		try {
			await use(copy);
		} finally {
			rmSync(copy, { recursive: true, force: true });
		}
	},
});

function bringNewerApp(appDir: string): void {
	for (const ending of ['.br', '.gz']) rmSync(join(appDir, `service-worker.js${ending}`), { force: true });
	appendFileSync(join(appDir, 'service-worker.js'), '\n// A newer app.\n');
}

test('a newer app is offered, not while something is unsent, and only a tap loads it', async ({
	page,
	server,
	appDir,
	context,
}) => {
	await signIn(page, 'supervisor');
	await installed(page);
	bringNewerApp(appDir);
	await server.restart();

	await page.route('**/sync/push', (route) => route.abort());
	await logPushing(page, '6A');
	await page.goto('/settings');
	await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
	await expect
		.poll(() => page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting)))
		.toBe(true);
	const offer = page.getByText('Er is een nieuwe versie.');
	await expect(page.getByRole('link', { name: /nog niet verstuurd/ }).filter({ visible: true })).toBeVisible();
	await expect(offer).toHaveCount(0);
	await expect(page.getByText('De nieuwe versie wacht tot alles verstuurd is.')).toBeVisible();

	await page.unroute('**/sync/push');
	await context.setOffline(true);
	await context.setOffline(false);
	await expect(offer).toBeVisible({ timeout: 30_000 });
	const loaded = page.waitForEvent('load');
	await page.getByRole('button', { name: 'Bijwerken' }).click();
	await loaded;
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await expect(offer).toHaveCount(0);
});

test('a server that speaks with newer apps only: the app looks for one, lets it in with things unsent, and sends them', async ({
	page,
	server,
	appDir,
}) => {
	await signIn(page, 'supervisor');
	await installed(page);
	bringNewerApp(appDir);
	await server.restart();

	await page.route('**/sync/p*', (route) => route.fulfill({ status: 426, json: {} }));
	await logPushing(page, '6A');
	await page.goto('/mine');
	await expect(page.getByText('Werk de app bij om te versturen. Er gaat niets verloren.')).toBeVisible(SOON);
	await expect(page.getByText('bewaard op dit toestel', { exact: true })).toBeVisible();
	const update = page.getByRole('button', { name: 'Bijwerken' });
	await expect(update).toBeVisible(SOON);
	await page.unroute('**/sync/p*');
	await update.click();
	await expect(page.getByText('aangekomen', { exact: true })).toBeVisible(SOON);
});
