import { cpus, totalmem } from 'node:os';

/** One figure beside that of a named peer, measured in the same run. A ratio above 1 always means that we are better. */
export interface BenchResult {
	readonly metric: string;
	readonly value: number;
	readonly unit: string;
	readonly peer: string;
	readonly peerValue: number;
	readonly ratio: number;
	/** How often each was measured; values are medians. */
	readonly runs: number;
}

/** What a bench hands to `run.ts`. */
export interface Bench {
	readonly name: string;
	/** Progress goes to standard error: standard output is the result's. */
	run(say: (text: string) => void): Promise<BenchResult[]>;
}

/** Fewer than five runs say little about a median. */
export const MIN_RUNS = 5;

export type Contestant = () => unknown;

/**
 * Median milliseconds of each contestant. They take turns, so that a busy moment of the machine or a warm cache meets
 * all of them alike; the first turn warms up and is not counted. Nobody collects garbage on command: that would throw away
 * what the engine learned as well, and no real program does it.
 */
export async function medians<Name extends string>(
	contestants: Record<Name, Contestant>,
	runs = MIN_RUNS,
): Promise<Record<Name, number>> {
	const names = Object.keys(contestants) as Name[];
	const times = Object.fromEntries(names.map((name) => [name, new Array<number>()])) as Record<Name, number[]>;
	for (let turn = 0; turn <= runs; turn++) {
		for (const name of names) {
			const start = performance.now();
			await contestants[name]();
			if (turn > 0) times[name].push(performance.now() - start);
		}
	}
	return Object.fromEntries(names.map((name) => [name, median(times[name])])) as Record<Name, number>;
}

export function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = sorted.length >> 1;
	const [low, high] = [sorted[sorted.length % 2 === 1 ? middle : middle - 1], sorted[middle]];
	if (low === undefined || high === undefined) throw new Error('A median of nothing');
	return (low + high) / 2;
}

/** Times: less is better. */
export function faster(
	metric: string,
	milliseconds: number,
	peer: string,
	peerMilliseconds: number,
	runs: number,
): BenchResult {
	const ratio = round(peerMilliseconds / milliseconds);
	return { metric, value: round(milliseconds), unit: 'ms', peer, peerValue: round(peerMilliseconds), ratio, runs };
}

export function round(value: number): number {
	return Number(value.toPrecision(4));
}

export function machine(): string {
	const [cpu] = cpus();
	const gigabytes = Math.round(totalmem() / 2 ** 30);
	return `${cpu?.model.trim() ?? 'unknown processor'} × ${cpus().length}, ${gigabytes} GB, Node ${process.version}, ${process.platform}`;
}

/** For people. */
export function resultTable(results: readonly BenchResult[]): string {
	const head = ['metric', 'ours', 'peer', 'theirs', 'ratio'];
	const rows = results.map((each) => [
		each.metric,
		`${each.value} ${each.unit}`,
		each.peer,
		`${each.peerValue} ${each.unit}`,
		`${each.ratio}×`,
	]);
	const lines = [head, ...rows];
	const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
	return lines
		.map((line) =>
			line
				.map((cell, column) => cell.padEnd(widths[column] ?? 0))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}
