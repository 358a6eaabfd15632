import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { logPushing } from '../e2e/logging.ts';
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

interface Measured {
	tappedAt: number;
	durableAt: number;
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
			await logPushing(app, GROUPS[turn % GROUPS.length] ?? '6A', PRESS_MS);
			const durable = await app.waitForFunction(() => {
				const { measured } = globalThis as unknown as { measured: Measured };
				return measured.durableAt > 0 && { ...measured };
			});
			const { tappedAt, durableAt } = (await durable.jsonValue()) as Measured;
			const put = await lone.evaluate(
				(bytes) => (globalThis as unknown as { client: SyncClient }).client.barePut(bytes),
				ROW_BYTES,
			);
			if (turn === 0) continue;
			times.ours.push(durableAt - tappedAt);
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

async function slowDown(page: Page): Promise<void> {
	const devtools = await page.context().newCDPSession(page);
	await devtools.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
}

/** Runs in the page: when Save was tapped, and when the first transaction on the outbox after that was complete. */
function watchSaves(): void {
	const measured: Measured = { tappedAt: 0, durableAt: 0 };
	let waiting = false;
	Object.assign(globalThis, { measured });
	const noteTap = (event: Event) => {
		Object.assign(measured, { tappedAt: event.timeStamp, durableAt: 0 });
		waiting = true;
	};
	document.addEventListener('click', noteTap, { capture: true });
	const open = IDBDatabase.prototype.transaction;
	IDBDatabase.prototype.transaction = function (stores, mode, options) {
		const transaction = open.call(this, stores, mode, options);
		if (waiting && mode === 'readwrite' && transaction.objectStoreNames.contains('outbox')) {
			waiting = false;
			transaction.addEventListener('complete', () => (measured.durableAt = performance.now()), { once: true });
		}
		return transaction;
	};
}
