import type { Browser } from '@playwright/test';
import { anObservation } from '../factories/school.ts';
import { memoryHost } from '../../sync-server/store/memory.ts';
import { startSchool } from '../integration/running-school.ts';
import { openBenchPage, ownScript } from './bench-page.ts';
import { startCountingProxy } from './counting-proxy.ts';
import { median, MIN_RUNS, round, type BenchResult } from './harness.ts';
import { COORDINATOR, largeSchool, OBSERVATIONS, signInAs } from './large-school.ts';
import type { SyncClient } from './sync-client.ts';

/** What a device may cost in the steady state, both ways together, with every header. */
const IDLE_BUDGET = 1_000;
const ONE_CHANGE_BUDGET = 10_000;

/**
 * Bytes on the wire of a sync with nothing new, and of one with one new document among all; `cold`: from a server that
 * was started anew and does not know where this device stood, so that the difference is narrowed by buckets.
 */
export async function syncBytes(browser: Browser, say: (text: string) => void): Promise<BenchResult[]> {
	const host = memoryHost();
	let school = await startSchool(largeSchool(), host);
	const listen = () => school.app.listen({ host: '127.0.0.1', port: 0 });
	const proxy = await startCountingProxy(await listen());
	const page = await openBenchPage(browser, proxy.url, await ownScript());
	const counted = { idle: new Array<number>(), warm: new Array<number>(), cold: new Array<number>() };
	let expected = OBSERVATIONS;
	async function bytesOfSync(): Promise<number> {
		proxy.take();
		const documents = await page.evaluate(() => (globalThis as unknown as { client: SyncClient }).client.syncAgain());
		if (documents !== expected) throw new Error(`${documents} observations are there instead of ${expected}`);
		return proxy.take();
	}
	async function tellOne(): Promise<void> {
		const supervisor = await school.signIn(1);
		const made = ++expected;
		await supervisor.push([supervisor.item(anObservation(made), { rev: `r${made}`, seq: made })]);
	}
	try {
		await signInAs(page, COORDINATOR);
		await page.evaluate(
			(personId) => (globalThis as unknown as { client: SyncClient }).client.firstSync(personId),
			COORDINATOR,
		);
		for (let turn = 0; turn < MIN_RUNS; turn++) {
			counted.idle.push(await bytesOfSync());
			await tellOne();
			counted.warm.push(await bytesOfSync());
			await tellOne();
			await school.stop();
			school = await startSchool([], host);
			proxy.leadTo(await listen());
			counted.cold.push(await bytesOfSync());
		}
	} finally {
		await page.context().close();
		await proxy.stop();
		await school.stop();
	}
	const [idle, warm, cold] = [median(counted.idle), median(counted.warm), median(counted.cold)];
	say(`bytes: idle ${idle}, one change ${warm}, from a server that was started anew ${cold}`);
	return [
		within('idle-sync-bytes', idle, IDLE_BUDGET),
		within('one-change-bytes', warm, ONE_CHANGE_BUDGET),
		within('one-change-cold-bytes', cold, ONE_CHANGE_BUDGET),
	];
}

function within(metric: string, value: number, budget: number): BenchResult {
	const ratio = round(budget / value);
	return { metric, value, unit: 'bytes', peer: 'budget', peerValue: budget, ratio, runs: MIN_RUNS };
}
