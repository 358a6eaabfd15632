import { allAsCoordinator } from './at-the-server.ts';
import { logPushing } from './logging.ts';
import { expect, signIn, test } from './school-test.ts';

/** The undo window, a poke and a pull. */
const SOON = { timeout: 30_000 };

test('what one tab saves the other shows, and it arrives once', async ({ page, context, server }) => {
	const before = await allAsCoordinator(server.url, 'observation');
	await signIn(page, 'supervisor');
	const other = await context.newPage();
	await other.goto('/mine');
	await expect(other.getByRole('heading', { name: 'Vandaag gemeld' })).toBeVisible();
	await logPushing(page, '6A');
	await expect(other.getByRole('article')).toHaveCount(1);
	await expect(other.getByText('aangekomen', { exact: true })).toHaveCount(1, SOON);
	await page.goto('/mine');
	await expect(page.getByText('aangekomen', { exact: true })).toHaveCount(1);
	expect(await allAsCoordinator(server.url, 'observation')).toHaveLength(before.length + 1);
});

test('signing out in one tab signs out the other', async ({ page, context }) => {
	await signIn(page, 'supervisor');
	const other = await context.newPage();
	await other.goto('/mine');
	await expect(other.getByRole('heading', { name: 'Vandaag gemeld' })).toBeVisible();
	await page.goto('/settings');
	await page.getByRole('button', { name: 'Meld je af' }).click();
	await expect(other).toHaveURL(/sign-in/);
});

test('what a supervisor logs outside appears at the coordinator’s desk by itself', async ({ page, newDevice }) => {
	const desk = await (await newDevice()).newPage();
	await signIn(desk, 'coordinator');
	await expect(desk.getByRole('heading', { level: 1 })).toBeVisible();
	const rows = desk.locator('[data-row]');
	await expect(rows).not.toHaveCount(0);
	const before = await rows.count();
	await signIn(page, 'supervisor');
	await logPushing(page, '6A');
	await expect(rows).toHaveCount(before + 1, SOON);
	await expect(rows.filter({ hasText: /\(6A\) ging te ver bij .* \(6A\): duwen/ }).first()).toBeVisible();
});
