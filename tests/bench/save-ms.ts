import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { expectSaved, tellPushing } from '../e2e/logging.ts';
import { signIn } from '../e2e/sign-in.ts';
import { startServer } from '../e2e/server.ts';
import { anObservation } from '../factories/school.ts';
import { openBenchPage, ownScript } from './bench-page.ts';
import { median, round, type BenchResult } from './harness.ts';
import type { SyncClient } from './sync-client.ts';

/** A phone of some years ago. */
const CPU_SLOWDOWN = 6;

/** A save takes milliseconds: more turns cost little and say more. */
const RUNS = 15;

/** As large as what a save writes. */
const ROW_BYTES = JSON.stringify(anObservation(1)).length;

const PHONE = { locale: 'nl-NL', viewport: { width: 390, height: 844 } } as const;

const GROUPS = ['3A', '4A', '5A', '6A', '7A', '8A'] as const;

/** A finger stays on the glass about this long: what the browser does when it comes down is over when it goes up. */
const PRESS_MS = 80;

interface Watched {
	/** Milliseconds from the next tap until what it saved is on the disk. */
	nextSave(): Promise<number>;
}

/** From the moment the finger leaves Save in the real app until the disk has it, against a bare put in the same slow browser. */
export async function saveMs(browser: Browser, say: (text: string) => void): Promise<BenchResult> {
	const appDir = process.env.APP_DIR ?? 'build';
	if (!existsSync(join(appDir, 'index.html'))) throw new Error(`There is no ${appDir}: run "npm run build" first.`);
	const server = await startServer({ appDir });
	try {
		const device = await browser.newContext({ baseURL: server.url, ...PHONE });
		const app = await device.newPage();
		await slowDown(app);
		await app.addInitScript(watchSaves);
		await signIn(app, 'supervisor');
		const lone = await openBenchPage(browser, server.url, await ownScript(), PHONE);
		await slowDown(lone);
		const times = { ours: new Array<number>(), bare: new Array<number>() };
		for (let turn = 0; turn <= RUNS; turn++) {
			await tellPushing(app, GROUPS[turn % GROUPS.length] ?? '6A');
			// Asked beforehand and answered once: whoever looks whether it is there yet takes time from what is measured.
			const durable = app.evaluate(() => (globalThis as unknown as Watched).nextSave());
			await press(app, 'Opslaan');
			const saveMs = await durable;
			await expectSaved(app);
			const put = await lone.evaluate(
				(bytes) => (globalThis as unknown as { client: SyncClient }).client.barePut(bytes),
				ROW_BYTES,
			);
			if (turn === 0) continue;
			times.ours.push(saveMs);
			times.bare.push(put);
		}
		const [value, peerValue] = [median(times.ours), median(times.bare)];
		say(`save: ours ${round(value)} ms, a bare put ${round(peerValue)} ms`);
		return {
			...{ metric: 'save-ms', value: round(value), unit: 'ms', peer: 'a bare Dexie put', peerValue: round(peerValue) },
			...{ ratio: round(peerValue / value), runs: RUNS },
		};
	} finally {
		for (const device of browser.contexts()) await device.close();
		await server.dispose();
	}
}

/** As a finger does: what Playwright's own click looks at on the way happens in the page, and takes its time. */
async function press(page: Page, name: string): Promise<void> {
	const box = await page.getByRole('button', { name }).boundingBox();
	if (!box) throw new Error(`There is no button ${name} on the screen`);
	await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
	await page.mouse.down();
	await page.waitForTimeout(PRESS_MS);
	await page.mouse.up();
}

async function slowDown(page: Page): Promise<void> {
	const devtools = await page.context().newCDPSession(page);
	await devtools.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
}

/** Runs in the page: from the tap on Save until the first transaction on the outbox after it was complete. */
function watchSaves(): void {
	let isAsked = false;
	let tappedAt: number | null = null;
	let answer: (ms: number) => void = () => {};
	Object.assign(globalThis, {
		nextSave: () => {
			isAsked = true;
			return new Promise<number>((resolve) => (answer = resolve));
		},
	} satisfies Watched);
	document.addEventListener('click', (event) => (tappedAt = isAsked ? event.timeStamp : null), { capture: true });
	const open = IDBDatabase.prototype.transaction;
	IDBDatabase.prototype.transaction = function (stores, mode, options) {
		const transaction = open.call(this, stores, mode, options);
		if (tappedAt !== null && mode === 'readwrite' && transaction.objectStoreNames.contains('outbox')) {
			const since = tappedAt;
			tappedAt = null;
			isAsked = false;
			transaction.addEventListener('complete', () => answer(performance.now() - since), { once: true });
		}
		return transaction;
	};
}
