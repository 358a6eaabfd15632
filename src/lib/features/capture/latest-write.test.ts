import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LatestWrite } from './latest-write.ts';

test('whatever the disk does, one write at a time, in order, and the last value ends up on it', async () => {
	await fc.assert(
		fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 12 }), async (scheduler, count) => {
			const written: number[] = [];
			let underWay = 0;
			const latest = new LatestWrite<number>(
				async (value) => {
					expect(++underWay).toBe(1);
					await scheduler.schedule(Promise.resolve());
					written.push(value);
					underWay--;
				},
				(fault) => {
					throw fault;
				},
			);
			const taps = scheduler.scheduleSequence(
				Array.from({ length: count }, (_, value) => async () => latest.put(value)),
			);
			await scheduler.waitFor(taps.task);
			await scheduler.waitFor(latest.settled());
			expect(written.at(-1)).toBe(count - 1);
			expect([...written].sort((a, b) => a - b)).toEqual(written);
		}),
	);
});

test('a write that fails is told, and the next one goes on', async () => {
	const faults: unknown[] = [];
	const written: string[] = [];
	const latest = new LatestWrite<string>(
		async (value) => {
			if (value === 'full') throw new Error('QuotaExceededError');
			written.push(value);
		},
		(fault) => faults.push(fault),
	);
	latest.put('full');
	latest.put('fits');
	await latest.settled();
	expect(faults).toHaveLength(1);
	expect(written).toEqual(['fits']);
});
