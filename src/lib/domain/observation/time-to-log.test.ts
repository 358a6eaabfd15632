import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addTimeToLog, summariseTimesToLog } from './time-to-log.ts';

test('nothing logged yet has no figures', () => {
	expect(summariseTimesToLog([])).toBeNull();
});

test('median and 90th percentile are times that happened', () => {
	expect(summariseTimesToLog([5])).toEqual({ count: 1, medianMs: 5, p90Ms: 5 });
	expect(summariseTimesToLog([9, 1, 8, 2, 7, 3, 6, 4, 10, 5])).toEqual({ count: 10, medianMs: 5, p90Ms: 9 });
});

test('a phone put away half-way, or a clock set back, does not count', () => {
	expect(addTimeToLog([1], 11 * 60_000)).toEqual([1]);
	expect(addTimeToLog([1], -5)).toEqual([1]);
	expect(addTimeToLog([1], Number.NaN)).toEqual([1]);
});

test('the last 200 are kept, and the median never exceeds the 90th percentile', () => {
	fc.assert(
		fc.property(fc.array(fc.integer({ min: 0, max: 600_000 }), { maxLength: 300 }), (all) => {
			const kept = all.reduce<number[]>((times, time) => addTimeToLog(times, time), []);
			expect(kept).toEqual(all.slice(-200));
			const summary = summariseTimesToLog(kept);
			if (summary) expect(summary.medianMs).toBeLessThanOrEqual(summary.p90Ms);
		}),
	);
});
