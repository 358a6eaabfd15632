import { growthPerDocument } from './growth-per-document.ts';
import { median, round, type Bench, type BenchResult } from './harness.ts';
import { openPlayground } from './recess.ts';

/** A large secondary school on one server. */
const DEVICES = 300;
const WITHIN_MS = 10_000;
const P99_BUDGET_MS = 3000;

/**
 * Shorter recesses for memory: what leaks, leaks per request. Not shorter than this: a device that asks ten times a second for a
 * whole minute is told to wait.
 */
const SHORT_DEVICES = 30;
const SHORT_WITHIN_MS = 1000;
const RECESSES = 100;
/** The first reading comes when what is made once is made. */
const RECESSES_A_READING = 10;
const MEMORY_BUDGET_PERCENT = 10;

export const bench: Bench = {
	name: 'server',
	async run(say) {
		return [...(await recess(say)), await memory(say), await growthPerDocument(say)];
	},
};

/** All devices of a large school sync within ten seconds, on the embedded store. */
async function recess(say: (text: string) => void): Promise<BenchResult[]> {
	const playground = await openPlayground(DEVICES);
	try {
		const before = await playground.ask({ ask: 'observations' });
		const { syncs, errors, stored } = await playground.recess(WITHIN_MS);
		const there = (await playground.ask({ ask: 'observations' })) - before;
		const lost = errors + Math.max(0, stored.length - there);
		const sorted = syncs.toSorted((a, b) => a - b);
		const at = (share: number) => round(sorted[Math.ceil(sorted.length * share) - 1] ?? Infinity);
		say(`${syncs.length} devices synced, half within ${at(0.5)} ms; ${stored.length} observations, ${errors} errors`);
		return [
			budget('recess-300-p99-ms', at(0.99), 'ms', P99_BUDGET_MS, syncs.length),
			{ ...budget('recess-300-lost', lost, 'observations', 0, stored.length), ratio: lost === 0 ? 1 : 0 },
		];
	} finally {
		await playground.close();
	}
}

/** What a recess brings is expired after it, as in a school that has been at it for years: then nothing may grow. */
async function memory(say: (text: string) => void): Promise<BenchResult> {
	const playground = await openPlayground(SHORT_DEVICES);
	try {
		const readings: number[] = [];
		for (let n = 1; n <= RECESSES; n++) {
			const { stored, errors } = await playground.recess(SHORT_WITHIN_MS);
			if (errors > 0) throw new Error(`${errors} devices could not sync`);
			await playground.ask({ ask: 'erase', ids: stored });
			if (n % RECESSES_A_READING !== 0) continue;
			const bytes = await playground.ask({ ask: 'memory' });
			readings.push(bytes);
			say(`after ${n} short recesses: ${round(bytes / 1e6)} MB`);
		}
		// One reading says most about when garbage was collected last: the middle of each half says what stays.
		const half = readings.length / 2;
		const grown = round(Math.abs(median(readings.slice(half)) / median(readings.slice(0, half)) - 1) * 100);
		return budget('recess-memory-growth', grown, '%', MEMORY_BUDGET_PERCENT, RECESSES);
	} finally {
		await playground.close();
	}
}

function budget(metric: string, value: number, unit: string, peerValue: number, runs: number): BenchResult {
	return { metric, value, unit, peer: 'budget', peerValue, ratio: round(peerValue / Math.max(value, 1e-9)), runs };
}
