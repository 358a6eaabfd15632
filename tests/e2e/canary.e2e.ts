import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { diceFor } from '#server/demo/random.ts';
import { everythingAsCoordinator } from './at-the-server.ts';
import { CaseOnScreen } from './case-on-screen.ts';
import { wordsIn } from './raw-profile.ts';
import { expect, installed, signIn, test } from './school-test.ts';

const WORDS_TYPED = 48;
const WORD_LENGTH = 9;
const LAPTOP = { width: 1440, height: 900 };

/** The end of waiting for one thing on a page. */
const STUCK_MS = 60_000;

/** Names and words that are in no dictionary and have no four letters in common: nothing else in a profile is like them. */
function unusualWords(count: number): string[] {
	const dice = diceFor(19, 'canary');
	const seen = new Set<string>();
	const words: string[] = [];
	while (words.length < count) {
		const word = Array.from({ length: WORD_LENGTH }, (_, at) =>
			dice.pick([...(at % 2 ? 'aeiouy' : 'bcdfgklmnprstvwxz')]),
		);
		const parts = word.map((_, at) => word.slice(at, at + 4).join('')).slice(0, WORD_LENGTH - 3);
		if (parts.some((part) => seen.has(part))) continue;
		parts.forEach((part) => seen.add(part));
		const [first = '', ...rest] = word;
		words.push(first.toUpperCase() + rest.join(''));
	}
	return words;
}

const ALL = unusualWords(WORDS_TYPED + 4);
const TYPED = ALL.slice(0, WORDS_TYPED);
/** Left in plain text on purpose, two in each way in which a browser writes text. */
const MARKERS = ALL.slice(WORDS_TYPED);

/** As a sentence, so that each field gets a part of the words. */
const sentence = (from: number, to: number) => `${TYPED.slice(from, to).join(' ')} .`;

test('what was typed in the app is nowhere in the profile folder of the browser', async ({
	server,
	contextOptions,
	launchOptions,
}) => {
	const profile = await mkdtemp(join(tmpdir(), 'pleinwacht-canary-'));
	const open = async () => {
		const options = { ...launchOptions, ...contextOptions, viewport: LAPTOP, baseURL: server.url };
		const device = await chromium.launchPersistentContext(profile, options);
		device.setDefaultTimeout(STUCK_MS);
		return device;
	};
	try {
		const first = await open();
		await typeEverywhere(await first.newPage());
		await leaveMarkers(first);
		await first.close();
		expect(await wordsIn(profile, TYPED)).toEqual(new Map());
		await expectMarkersIn(profile);

		// The next start rewrites what the last one left into compressed tables, and reads everything once.
		const second = await open();
		const page = await second.newPage();
		await page.goto('/mine');
		await expect(page.getByRole('article').first()).toContainText(TYPED[0] ?? '');
		await second.close();
		expect(await wordsIn(profile, TYPED)).toEqual(new Map());
		await expectMarkersIn(profile);
	} finally {
		await rm(profile, { recursive: true, force: true });
	}

	/** Observations, a signal and a case that arrive, and drafts that stay. */
	async function typeEverywhere(page: Page): Promise<void> {
		await signIn(page, 'coordinator');
		await installed(page);
		await logWith(page, { description: sentence(0, 3), note: sentence(3, 18), motive: sentence(18, 20) });
		await page.getByRole('button', { name: 'Opslaan' }).click();
		await expect(page.getByText('Bewaard', { exact: true })).toBeVisible();

		await page.goto('/signals/new');
		const who = page.getByRole('group', { name: 'Over wie gaat het?' });
		await who.locator('select').selectOption({ label: '6A' });
		await who.getByRole('listitem').getByRole('button').first().click();
		await page.getByRole('group', { name: 'Wat valt je op?' }).getByRole('button').first().click();
		await page.getByLabel('Meer erover (mag leeg)').fill(sentence(20, 28));
		await page.getByRole('button', { name: 'Bewaar', exact: true }).click();
		await expect(page.getByText('Bewaard:')).toBeVisible();

		await page.goto('/cases');
		await CaseOnScreen.begin(page, "De vijf B's");
		await page.getByRole('button', { name: 'Bekijken', exact: true }).click();
		await page.getByLabel('Schrijf op wat belangrijk is').fill(sentence(28, 36));
		await page.getByRole('button', { name: 'Schrijf erbij' }).click();
		await expect(page.getByText(TYPED[28] ?? '').first()).toBeVisible();
		await page.getByLabel('Schrijf op wat belangrijk is').fill(sentence(36, 42));
		await page.getByRole('button', { name: 'Begrijpen', exact: true }).click();
		await page.getByRole('button', { name: 'Bekijken', exact: true }).click();
		await expect(page.getByLabel('Schrijf op wat belangrijk is')).toHaveValue(sentence(36, 42));

		await logWith(page, { description: sentence(42, 44), note: sentence(44, 48), motive: '' });
		await page.reload();
		await expect(page.locator('.sentence').first()).toContainText(TYPED[42] ?? '');
		await expect.poll(arrived, { timeout: 60_000 }).toEqual(TYPED.slice(0, 36));
	}

	/** One of each way is enough: a browser compresses what it writes, and may cut a word in two. */
	async function expectMarkersIn(folder: string): Promise<void> {
		const found = await wordsIn(folder, MARKERS);
		const [text = '', wide = '', bytes = '', both = ''] = MARKERS;
		const ways = [
			[text, bytes],
			[wide, both],
		];
		expect(ways.map((way) => way.some((word) => found.has(word)))).toEqual([true, true]);
	}

	/** Which words the server holds by now. */
	async function arrived(): Promise<string[]> {
		const text = JSON.stringify(await everythingAsCoordinator(server.url));
		return TYPED.filter((word) => text.includes(word));
	}
});

interface Words {
	readonly description: string;
	readonly note: string;
	readonly motive: string;
}

/** Somebody pushed a child whom the reporter does not know; up to Save. */
async function logWith(page: Page, { description, note, motive }: Words): Promise<void> {
	await page.goto('/capture');
	await page
		.getByRole('button', { name: '6A', exact: true })
		.or(page.getByRole('radio', { name: '6A', exact: true }))
		.click();
	await page
		.getByRole('button', { name: /\S ?6A$/ })
		.first()
		.click();
	await page.getByRole('button', { name: 'onbekend kind' }).click();
	await page.getByLabel('Iets anders wat opviel').fill(description);
	await page.getByRole('button', { name: 'Zet in de melding' }).click();
	await page.getByRole('button', { name: 'duwen', exact: true }).click();
	await page.getByRole('button', { name: 'Notitie' }).click();
	await page.getByLabel('Wat zag of hoorde je?').fill(note);
	await page.getByLabel('Waarom, als je het weet').fill(motive);
	await page.keyboard.press('Escape');
}

/** What this test must find: text in a row of IndexedDB, and bytes, as an app without sealing leaves them. */
async function leaveMarkers(device: BrowserContext): Promise<void> {
	const page = await device.newPage();
	await page.goto('/');
	await page.evaluate(async ([text, wide, bytes, both]) => {
		await new Promise((resolve, reject) => {
			const opening = indexedDB.open('markers', 1);
			opening.onupgradeneeded = () => opening.result.createObjectStore('rows');
			opening.onerror = reject;
			opening.onsuccess = () => {
				const writing = opening.result.transaction('rows', 'readwrite', { durability: 'strict' });
				const rows = writing.objectStore('rows');
				rows.put({ text, bytes: new TextEncoder().encode(bytes) }, 1);
				// One sign beyond Latin-1 makes the engine write two bytes for each.
				rows.put({ text: `${wide} ✓`, both: [new TextEncoder().encode(both), `${both} ✓`] }, 2);
				writing.oncomplete = () => {
					opening.result.close();
					resolve(undefined);
				};
			};
		});
	}, MARKERS);
}
