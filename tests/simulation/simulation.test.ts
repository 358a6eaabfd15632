import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { MUTANTS_OUTSIDE } from '#tests/crash/mutants.ts';
import { changed, sourceOf } from './source-change.ts';
import { MUTANTS } from './mutants.ts';
import { shrink } from './shrink.ts';

/** A process of its own: it has no clock, no timers and no network. */
function simulate(...args: string[]): Promise<{ code: number | null; output: string }> {
	const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'tests/simulation/main.ts', ...args]);
	let output = '';
	child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
	return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}

test('the first seeds keep every promise', async () => {
	const { code, output } = await simulate('--seeds', '6', '--steps', '200');
	expect(output).toContain('6 seeds of 200 steps: 0 failures');
	expect(code).toBe(0);
});

test('one seed is one history: twice the same, in two processes', async () => {
	const run = () => simulate('--seed', '3', '--steps', '60', '--trace');
	const [first, second] = await Promise.all([run(), run()]);
	expect(first.output.length).toBeGreaterThan(10_000);
	expect(second.output).toBe(first.output);
});

test.each([...MUTANTS, ...MUTANTS_OUTSIDE])('the planted bug "$name" still fits its source', ({ changes }) => {
	for (const change of changes) expect(changed(sourceOf(change), change)).not.toBe(sourceOf(change));
});

test('a history is shortened to the steps that matter', async () => {
	const steps = Array.from({ length: 100 }, (_, i) => i);
	const fails = async (kept: readonly number[]) => kept.includes(17) && kept.includes(80);
	expect(await shrink(steps, fails, 1000)).toEqual([17, 80]);
});

test('shortening stops when its runs are used up, with a history that still fails', async () => {
	const steps = Array.from({ length: 100 }, (_, i) => i);
	let runs = 0;
	const fails = async (kept: readonly number[]) => {
		runs++;
		return kept.includes(17);
	};
	expect(await shrink(steps, fails, 3)).toContain(17);
	expect(runs).toBe(3);
});
