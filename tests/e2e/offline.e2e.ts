import type { Page } from '@playwright/test';
import { allAsCoordinator } from './at-the-server.ts';
import { logPushing } from './logging.ts';
import { expect, installed, signIn, test } from './school-test.ts';

/** The undo window, and a pause after failed tries. */
const SOON = { timeout: 30_000 };

const unsentBadge = (page: Page) => page.getByRole('link', { name: /nog niet verstuurd/ }).filter({ visible: true });

test('installed, then no server and no network: it opens, logs three, and all three arrive once', async ({
	page,
	context,
	server,
}) => {
	const before = await allAsCoordinator(server.url, 'observation');
	await signIn(page, 'supervisor');
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await installed(page);

	await server.kill();
	await context.setOffline(true);

	await page.reload();
	await expect(page.getByRole('button', { name: 'Opslaan' })).toBeVisible();
	await page.goto('/mine');
	await expect(page.getByRole('heading', { name: 'Vandaag gemeld' })).toBeVisible();
	await page.goto('/capture');
	for (const group of ['3A', '5B', '8A']) await logPushing(page, group);

	await page.reload();
	await page.goto('/mine');
	await expect(page.getByRole('article')).toHaveCount(3);
	await expect(page.getByText('bewaard op dit toestel', { exact: true })).toHaveCount(3);
	await expect(unsentBadge(page)).toContainText('3');

	await server.restart();
	await context.setOffline(false);
	await expect(page.getByText('aangekomen', { exact: true })).toHaveCount(3, SOON);
	await expect(unsentBadge(page)).toHaveCount(0);

	const known = new Set(before.map(({ id }) => id));
	const arrived = (await allAsCoordinator(server.url, 'observation')).filter(({ id }) => !known.has(id));
	expect(arrived).toHaveLength(3);
	await expect(page.getByRole('article')).toHaveCount(3);
});

test('a server that dies while it answers makes no second document', async ({ page, server }) => {
	const before = await allAsCoordinator(server.url, 'observation');
	await signIn(page, 'supervisor');
	// The server takes it in, and the answer never comes back.
	let answersToLose = 1;
	await page.route('**/sync/push', async (route) => {
		const answer = await route.fetch();
		if (answersToLose-- > 0) await route.abort('connectionreset');
		else await route.fulfill({ response: answer });
	});
	await logPushing(page, '6A');
	await page.goto('/mine');
	await expect(page.getByText('aangekomen', { exact: true })).toHaveCount(1, SOON);
	expect(answersToLose).toBeLessThan(0);
	expect(await allAsCoordinator(server.url, 'observation')).toHaveLength(before.length + 1);
});

test('signing out is refused while something is unsent, and possible once it arrived', async ({
	page,
	context,
	server,
}) => {
	await signIn(page, 'supervisor');
	await installed(page);
	await server.kill();
	await context.setOffline(true);
	await logPushing(page, '6A');
	await page.goto('/settings');
	await page.getByRole('button', { name: 'Meld je af' }).click();
	await expect(page.getByText('Nog niet aangekomen: 1.')).toBeVisible();
	await server.restart();
	await context.setOffline(false);
	await expect(unsentBadge(page)).toHaveCount(0, SOON);
	await page.getByRole('button', { name: 'Meld je af' }).click();
	await expect(page).toHaveURL(/sign-in/);
	expect(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual([
		'pleinwacht',
	]);
});
