import type { Page } from '@playwright/test';
import { allAsCoordinator } from './at-the-server.ts';
import { logPushing } from './logging.ts';
import { expect, expectAccessible, signIn, test } from './school-test.ts';

test.use({ viewport: { width: 1440, height: 900 } });

const rows = (page: Page) => page.getByRole('list', { name: 'Meldingen, nieuwste eerst' }).getByRole('button');
const current = (page: Page) => page.locator('[data-row][aria-current]');
const waiting = async (page: Page) =>
	Number((await page.getByRole('button', { name: /^Te verwerken \d+/ }).textContent())?.match(/\d+/)?.[0]);

/** Signed in, and everything this person may see is here: a list that still grows is no list to count. */
async function signInAndReceive(page: Page): Promise<void> {
	await signIn(page, 'coordinator');
	await page.goto('/mine');
	await expect(page.getByText(/^Alles is aangekomen/)).toBeVisible({ timeout: 60_000 });
}

async function openInbox(page: Page): Promise<void> {
	await signInAndReceive(page);
	await page.goto('/inbox');
	await expect(rows(page).first()).toBeVisible({ timeout: 30_000 });
}

async function openAnalysis(page: Page): Promise<void> {
	await signInAndReceive(page);
	await page.goto('/analysis');
	await expect(page.getByRole('button', { name: /samen met wie ervoor staat/ }).first()).toBeVisible({
		timeout: 30_000,
	});
}

test('an observation is processed by keyboard only, and the decision arrives', async ({ page, server }) => {
	await openInbox(page);
	const before = await waiting(page);
	const first = (await current(page).textContent()) ?? '';
	const id = (await current(page).getAttribute('data-row')) ?? '';

	await page.keyboard.press('Enter');
	await expect(page.getByText('Bevestigd.')).toBeVisible();
	await expect(current(page)).toBeFocused();
	await expect(current(page)).not.toHaveText(first);
	await expect.poll(() => waiting(page)).toBe(before - 1);
	await expect
		.poll(
			async () => (await allAsCoordinator(server.url, 'processing')).find((each) => each.observationId === id)?.outcome,
		)
		.toBe('confirmed');

	await page.keyboard.press('j');
	await page.keyboard.press('x');
	await expect(page.getByText('Terzijde gelegd.')).toBeVisible();
	await page.keyboard.press('u');
	await page.keyboard.press('u');
	await expect(current(page)).toHaveText(first);
	await expect(current(page)).toBeFocused();
	await expect.poll(() => waiting(page)).toBe(before);
	await expect
		.poll(
			async () => (await allAsCoordinator(server.url, 'processing')).find((each) => each.observationId === id)?.outcome,
		)
		.toBe('open');
});

test('what two adults told of one push becomes one incident', async ({ page, server, newDevice }) => {
	// Three devices sync for the first time, one after the other.
	test.slow();
	const known = new Set((await allAsCoordinator(server.url, 'observation')).map(({ id }) => id));
	const told = async () => (await allAsCoordinator(server.url, 'observation')).filter(({ id }) => !known.has(id));
	for (const role of ['supervisor', 'teacher'] as const) {
		const device = await (await newDevice()).newPage();
		await signIn(device, role);
		await logPushing(device, '6A');
	}
	await expect.poll(async () => (await told()).length, { timeout: 30_000 }).toBe(2);

	await openInbox(page);
	await expect(page.getByRole('region', { name: 'Lijkt op een andere melding' })).toContainText('allebei duwen');
	await page.keyboard.press('m');
	await expect(page.getByText('Bevestig om ze samen te voegen.')).toBeVisible();
	await page.keyboard.press('Enter');
	await expect(page.getByText('Samengevoegd en bevestigd.')).toBeVisible();
	await expect(page.getByRole('region', { name: 'Samen één incident' })).toBeVisible();
	await page.keyboard.press('Enter');
	await expect(page.getByText('Bevestigd.')).toBeVisible();

	const ids = new Set((await told()).map(({ id }) => id));
	await expect
		.poll(async () => {
			const made = (await allAsCoordinator(server.url, 'processing')).filter((each) => ids.has(each.observationId));
			return { processed: made.length, incidents: new Set(made.map(({ incidentId }) => incidentId)).size };
		})
		.toEqual({ processed: 2, incidents: 1 });
});

test('the analysis says the few, draws the cut, and leads to the incidents behind a bar', async ({ page }) => {
	await openAnalysis(page);
	const few = (await page.locator('.cut-label').textContent())?.match(/80\s% bij (\d+) leerlingen/)?.[1];
	await expect(page.getByText(new RegExp(`^${few} van de \\d+ leerlingen$`))).toBeVisible();
	// One outline, a bar each.
	await expect(page.locator('.pareto .few')).toHaveAttribute('d', new RegExp(`^(?:M[^M]+){${few}}$`));

	const bar = page.getByRole('button', { name: /samen met wie ervoor staat/ }).first();
	const count = (await bar.getAttribute('aria-label'))?.match(/: (\d+) incident/)?.[1];
	await bar.focus();
	await page.keyboard.press('Enter');
	const sheet = page.getByRole('dialog');
	await expect(sheet).toContainText(`${count} incidenten`);
	await expect(sheet.getByRole('article')).toHaveCount(Math.min(30, Number(count)));
	await sheet.getByRole('link', { name: /Naar de pagina van/ }).click();
	await expect(page).toHaveURL(/\/pupils\/pup_/);
	await page.goBack();

	await page.getByRole('button', { name: 'Toon als tabel: Een paar leerlingen gaan vaak te ver' }).click();
	const table = page.getByRole('table', { name: /Een paar leerlingen gaan vaak te ver/ });
	await expect(table.getByRole('row').nth(1)).toContainText(String(count));
});

test('a filter stands in the address without a name and survives a reload', async ({ page }) => {
	await openAnalysis(page);
	const all = await page.locator('.finding').textContent();
	await page.getByRole('combobox', { name: 'Groep' }).selectOption({ label: 'groep 6A' });
	await expect(page).toHaveURL(/group=grp_/);
	await expect(page.locator('.finding')).not.toHaveText(all ?? '');
	const one = await page.locator('.finding').textContent();
	await page.reload();
	await expect(page.locator('.finding')).toHaveText(one ?? '', { timeout: 30_000 });
});

for (const locale of ['nl', 'en'] as const) {
	for (const colorScheme of ['light', 'dark'] as const) {
		test(`inbox and analysis are accessible: ${locale}, ${colorScheme}`, async ({ page }) => {
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			await page.addInitScript((chosen) => localStorage.setItem('PARAGLIDE_LOCALE', chosen), locale);
			await signIn(page, 'coordinator');
			await page.goto('/inbox');
			await expect(page.locator('[data-row]').first()).toBeVisible({ timeout: 30_000 });
			await expectAccessible(page);
			await page.goto('/analysis');
			await expect(page.locator('.pareto')).toBeVisible({ timeout: 30_000 });
			await expectAccessible(page);
		});
	}
}
