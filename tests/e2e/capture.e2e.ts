import type { Page } from '@playwright/test';
import { allAsCoordinator } from './at-the-server.ts';
import { logPushing } from './logging.ts';
import { expect, expectAccessible, signIn, test } from './school-test.ts';

/** Counts what a person does, as the page hears it. */
async function countTapsAndKeys(page: Page): Promise<() => Promise<{ taps: number; keys: number }>> {
	await page.evaluate(() => {
		const counts = { taps: 0, keys: 0 };
		Object.assign(window, { counts });
		window.addEventListener('pointerdown', () => counts.taps++, true);
		window.addEventListener('keydown', () => counts.keys++, true);
	});
	return () => page.evaluate(() => (window as unknown as { counts: { taps: number; keys: number } }).counts);
}

const sentence = (page: Page) => page.locator('.sentence').first();
const pupils = (page: Page) => page.getByRole('button', { name: /\S ?6A$/ });
const saveButton = (page: Page) => page.getByRole('button', { name: 'Opslaan' });
const openWords = (page: Page) => page.getByRole('button', { name: /\?$/ });

async function openCapture(page: Page): Promise<void> {
	await signIn(page, 'supervisor');
	await page.goto('/capture');
	await expect(page.getByRole('button', { name: '6A', exact: true })).toBeVisible();
}

test('the commonest observation takes at most six taps and no key, and arrives', async ({ page, server }) => {
	const before = await allAsCoordinator(server.url, 'observation');
	await openCapture(page);
	const counts = await countTapsAndKeys(page);
	await logPushing(page, '6A');
	expect(await counts()).toEqual({ taps: 5, keys: 0 });
	await page.getByRole('link', { name: 'Terug naar vandaag' }).click();
	await expect(page.getByText('aangekomen', { exact: true })).toHaveCount(1, { timeout: 30_000 });
	const known = new Set(before.map(({ id }) => id));
	const arrived = (await allAsCoordinator(server.url, 'observation')).filter(({ id }) => !known.has(id));
	expect(arrived).toMatchObject([{ behaviours: ['pushing'], basket: 'orange', precision: 'exact' }]);
});

test('a draft survives reload and going back', async ({ page }) => {
	await openCapture(page);
	await page.getByRole('button', { name: '6A', exact: true }).click();
	await pupils(page).nth(2).click();
	await expect(page.getByRole('button', { name: 'bij wie', exact: true })).toHaveAttribute('aria-current', 'step');
	const told = await sentence(page).textContent();
	await page.reload();
	await expect(sentence(page)).toHaveText(told ?? '');
	await page.goto('/mine');
	await page.goBack();
	await expect(sentence(page)).toHaveText(told ?? '');
	await expect(page.getByRole('button', { name: 'bij wie', exact: true })).toHaveAttribute('aria-current', 'step');
});

test('what was saved can be undone for ten seconds: it never leaves the device', async ({ page, server }) => {
	const before = await allAsCoordinator(server.url, 'observation');
	await openCapture(page);
	await logPushing(page, '6A');
	await page.getByRole('button', { name: 'Ongedaan maken' }).click();
	await expect(openWords(page)).toHaveCount(0);
	await expect(page.getByText('Teruggehaald. De melding is niet bewaard.')).toBeVisible();
	await page.goto('/mine');
	await expect(page.getByText('Vandaag meldde je nog niets')).toBeVisible();
	expect(await allAsCoordinator(server.url, 'observation')).toHaveLength(before.length);
});

test('the same again is two taps', async ({ page }) => {
	await openCapture(page);
	await logPushing(page, '6A');
	const counts = await countTapsAndKeys(page);
	await page.getByRole('button', { name: 'Nog een keer' }).click();
	await saveButton(page).click();
	await expect(page.getByText('Bewaard', { exact: true })).toBeVisible();
	expect(await counts()).toEqual({ taps: 2, keys: 0 });
	await page.goto('/mine');
	await expect(page.getByRole('article')).toHaveCount(2);
});

test('an observation that arrived can be corrected and withdrawn by its reporter', async ({ page, server }) => {
	await openCapture(page);
	await logPushing(page, '6A');
	await page.goto('/mine');
	await expect(page.getByText('aangekomen', { exact: true })).toHaveCount(1, { timeout: 30_000 });
	await page.getByRole('link', { name: 'Verbeter' }).click();
	await page.getByRole('button', { name: 'duwen', exact: true }).click();
	await page.getByRole('button', { name: 'uitschelden', exact: true }).click();
	await saveButton(page).click();
	await page.waitForURL('**/mine');
	await expect(page.getByRole('article')).toContainText('uitschelden');
	await expect(page.getByText('aangekomen', { exact: true })).toHaveCount(1, { timeout: 30_000 });
	const [corrected] = (await allAsCoordinator(server.url, 'observation')).filter(({ notedAt }) =>
		notedAt.startsWith(new Date().toISOString().slice(0, 10)),
	);
	expect(corrected?.behaviours).toEqual(['nameCalling']);

	await page.getByRole('button', { name: 'Trek in' }).click();
	await expect(page.getByText('ingetrokken', { exact: true })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Ongedaan maken' })).toBeVisible();
});

test('everything can be done with the keyboard', async ({ page }) => {
	await openCapture(page);
	const press = async (name: string | RegExp) => {
		await page.getByRole('button', { name }).first().focus();
		await page.keyboard.press('Enter');
	};
	await press(/^6A$/);
	await press(/\S ?6A$/);
	await expect(page.getByRole('region', { name: 'bij wie' })).toBeFocused();
	await press(/^niemand$/);
	await expect(page.getByRole('region', { name: 'wat' })).toBeFocused();
	await press(/^duwen$/);
	await press(/^Opslaan$/);
	await page.keyboard.press('Shift+Tab');
	await expect(page.getByText('Bewaard', { exact: true })).toBeVisible();
	await press(/^Ongedaan maken$/);
	await expect(openWords(page)).toHaveCount(0);
});

test('logging is measured on the device, and settings show it', async ({ page }) => {
	await openCapture(page);
	await logPushing(page, '6A');
	await page.goto('/settings');
	const measured = page.locator('dl div', { hasText: 'meldingen gemeten' });
	await expect(measured.getByRole('definition')).toHaveText('1');
});

for (const locale of ['nl', 'en'] as const) {
	for (const colorScheme of ['light', 'dark'] as const) {
		test(`capture, mine and settings are accessible, ${locale} ${colorScheme}`, async ({ page }) => {
			// Twelve looks at four screens and their sheets.
			test.slow();
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			await openCapture(page);
			await expectAccessible(page);
			await logPushing(page, '6A');
			await page.evaluate((kept) => localStorage.setItem('PARAGLIDE_LOCALE', kept), locale);
			await page.reload();
			for (const step of [0, 1, 2, 3]) {
				await page.locator('main nav [type=button]').nth(step).click();
				await expectAccessible(page);
			}
			for (const [index] of ['note', 'handling', 'when', 'more'].entries()) {
				await page
					.locator('[aria-haspopup=dialog]')
					.nth(-4 + index)
					.click();
				await expect(page.getByRole('dialog')).toBeVisible();
				await expectAccessible(page);
				await page.keyboard.press('Escape');
			}
			await page.goto('/mine');
			await expect(page.getByRole('article')).toHaveCount(1);
			await expectAccessible(page);
			await page.goto('/settings');
			await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
			await expectAccessible(page);
		});
	}
}

for (const [width, height] of [
	[360, 640],
	[390, 844],
	[820, 1180],
	[1440, 900],
] as const) {
	test(`nothing is cut off and everything to tap is large enough at ${width}×${height}`, async ({ page }) => {
		await page.setViewportSize({ width, height });
		await openCapture(page);
		for (const step of ['wie', 'bij wie', 'wat', 'waar']) {
			await page.getByRole('button', { name: step, exact: true }).click();
			await expect(saveButton(page)).toBeInViewport({ ratio: 1 });
			const faults = await page.evaluate(() => ({
				sideways: document.documentElement.scrollWidth > window.innerWidth,
				// Words of the sentence are in a line of text, which may be lower than a button (WCAG 2.5.8).
				small: [...document.querySelectorAll<HTMLElement>('main button:not(.chip), main a')]
					.map((control) => ({ text: control.textContent.trim(), box: control.getBoundingClientRect() }))
					.filter(({ box }) => box.height > 0 && (box.height < 47.5 || box.width < 47.5))
					.map(({ text }) => text),
			}));
			expect(faults).toEqual({ sideways: false, small: [] });
		}
	});
}
