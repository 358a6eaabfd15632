import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SyncProblem } from './device.ts';
import { createSyncLoop, type SyncLoopOptions } from './sync-loop.svelte.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

type Outcome = SyncProblem | Error | null;

/** A loop whose runs end as told, one after the other; the last word holds from then on. */
function loopEnding(first: Outcome | Outcome[], options: Pick<SyncLoopOptions, 'lastEqualAt' | 'onEqual'> = {}) {
	const outcomes = Array.isArray(first) ? first : [first];
	const runs: { releaseHolds: boolean; at: number }[] = [];
	const bugs: unknown[] = [];
	let visible = true;
	const run: SyncLoopOptions['run'] = async ({ releaseHolds }) => {
		runs.push({ releaseHolds, at: Date.now() });
		await new Promise((resolve) => setTimeout(resolve, 100));
		const outcome = (outcomes.length > 1 ? outcomes.shift() : outcomes[0]) ?? null;
		if (outcome instanceof Error) throw outcome;
		return outcome;
	};
	const loop = createSyncLoop({
		...options,
		run,
		isVisible: () => visible,
		random: () => 0.5,
		now: Date.now,
		later(callBack, ms) {
			const timer = setTimeout(callBack, ms);
			return () => clearTimeout(timer);
		},
		onBug: (error) => bugs.push(error),
	});
	return { loop, runs, bugs, hide: () => (visible = false) };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('says that it is busy, and when both sides were equal', async () => {
	const { loop } = loopEnding(null);
	expect(loop.status).toMatchObject({ busy: false, lastEqualAt: null, problem: null });
	loop.request();
	expect(loop.status.busy).toBe(true);
	await pass(100);
	expect(loop.status).toMatchObject({ busy: false, lastEqualAt: new Date(1_000_100), problem: null });
});

test('knows of an earlier visit that both sides were equal, and tells when they are again', async () => {
	const told: Date[] = [];
	const before = new Date(5_000);
	const { loop } = loopEnding(['unreachable', null], { lastEqualAt: before, onEqual: (at) => told.push(at) });
	loop.request();
	await pass(100);
	expect(loop.status.lastEqualAt).toEqual(before);
	expect(told).toEqual([]);
	loop.request();
	await pass(100);
	expect(told).toEqual([loop.status.lastEqualAt]);
});

test('one run at a time; what is asked meanwhile is one more run', async () => {
	const { loop, runs } = loopEnding(null);
	loop.request();
	loop.request();
	loop.request();
	await pass(1000);
	expect(runs).toHaveLength(2);
});

test('after a failure it tries again by itself, with growing pauses up to a minute', async () => {
	const { loop, runs } = loopEnding('unreachable');
	loop.request();
	await pass(10 * 60_000);
	const pauses = runs.slice(1).map(({ at }, index) => Math.round((at - (runs[index]?.at ?? 0)) / 1000));
	expect(pauses.slice(0, 6)).toEqual([2, 4, 8, 16, 32, 60]);
	expect(Math.max(...pauses)).toBe(60);
	expect(loop.status.problem).toBe('unreachable');
});

test('a bug is told, and tried again like any fault', async () => {
	const bug = new Error('a bug');
	const { loop, runs, bugs } = loopEnding([bug, null]);
	loop.request();
	await pass(100);
	expect(loop.status.problem).toBe('serverFault');
	await pass(3000);
	expect(bugs).toEqual([bug]);
	expect(runs).toHaveLength(2);
	expect(loop.status.problem).toBeNull();
});

test('success ends the trouble', async () => {
	const { loop } = loopEnding(['unreachable', null]);
	loop.request();
	await pass(3000);
	expect(loop.status.problem).toBeNull();
});

test('without any reason it looks now and then, while somebody looks at it', async () => {
	const { loop, runs, hide } = loopEnding(null);
	loop.request();
	await pass(9 * 60_000);
	expect(runs).toHaveLength(3);
	hide();
	await pass(60 * 60_000);
	expect(runs).toHaveLength(3);
});

test('an undo window is waited for, the earliest first', async () => {
	const { loop, runs } = loopEnding(null);
	loop.requestAt(1_010_000);
	loop.requestAt(1_004_000);
	await pass(3999);
	expect(runs).toHaveLength(0);
	await pass(1);
	expect(runs).toHaveLength(1);
});

test('put away while it runs, the next run sends what could still be undone', async () => {
	const { loop, runs } = loopEnding(null);
	loop.request();
	loop.request({ releaseHolds: true });
	await pass(1000);
	expect(runs.map(({ releaseHolds }) => releaseHolds)).toEqual([false, true]);
});

test('stopped, it does nothing any more', async () => {
	const { loop, runs } = loopEnding('unreachable');
	loop.request();
	await pass(100);
	loop.stop();
	loop.request();
	await pass(60 * 60_000);
	expect(runs).toHaveLength(1);
});
