import type { BrowserContext } from '@playwright/test';
import { SEND_UNSENT } from '#lib/device/background-sync.ts';
import { allAsCoordinator } from './at-the-server.ts';
import { logPushing } from './logging.ts';
import { expect, installed, signIn, test } from './school-test.ts';
import { expectObservations, SOON } from './soon.ts';

test.use({ hasBackgroundSync: true });

/** What the browser does once there is a network: it tells the app's worker, whether a page is open or not. */
async function networkIsBack(device: BrowserContext, origin: string): Promise<void> {
	const elsewhere = await device.newPage();
	const devtools = await device.newCDPSession(elsewhere);
	const registered = new Promise<string>((resolve) => {
		devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
			const ours = registrations.find(({ scopeURL, isDeleted }) => scopeURL === `${origin}/` && !isDeleted);
			if (ours) resolve(ours.registrationId);
		});
	});
	await devtools.send('ServiceWorker.enable');
	const registrationId = await registered;
	await devtools.send('ServiceWorker.dispatchSyncEvent', {
		origin,
		registrationId,
		tag: SEND_UNSENT,
		lastChance: false,
	});
	await elsewhere.close();
}

test('what was unsent when the last page was closed goes out by itself, and the next visit knows', async ({
	page,
	context,
	server,
}) => {
	const before = await allAsCoordinator(server.url, 'observation');
	await signIn(page, 'supervisor');
	await installed(page);
	await server.kill();
	await logPushing(page, '6A');
	await page.close();
	await server.restart();

	await networkIsBack(context, server.url);
	await expectObservations(server.url, before.length + 1);

	const next = await context.newPage();
	await next.goto('/mine');
	await expect(next.getByText('aangekomen', { exact: true })).toBeVisible(SOON);
	expect(await allAsCoordinator(server.url, 'observation')).toHaveLength(before.length + 1);
});

test('signed out meanwhile: nothing is sent, nothing is dropped, and the app says so', async ({
	page,
	context,
	server,
}) => {
	const before = await allAsCoordinator(server.url, 'observation');
	await signIn(page, 'supervisor');
	await installed(page);
	await server.kill();
	await logPushing(page, '6A');
	await page.close();
	await server.restart();
	await context.clearCookies();

	await networkIsBack(context, server.url);
	const next = await context.newPage();
	await next.goto('/mine');
	await expect(next.getByText(/Meld je aan om te versturen. Er gaat niets verloren./)).toBeVisible(SOON);
	await expect(next.getByText('bewaard op dit toestel', { exact: true })).toBeVisible();
	expect(await allAsCoordinator(server.url, 'observation')).toHaveLength(before.length);
});
