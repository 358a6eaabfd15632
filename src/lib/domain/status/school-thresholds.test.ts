import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Instant } from '#domain/time/local-time.ts';
import { anId } from '#tests/factories/school.ts';
import { Thresholds, thresholdsNow, USUAL_THRESHOLDS } from './school-thresholds.ts';

function thresholds(n: number, minute: number, over: Partial<Thresholds> = {}): Thresholds {
	return {
		...{ type: 'thresholds', v: 1, id: anId('thresholds', n), schoolId: anId('school', 1) },
		...{ structural: { incidents: n + 2, weeks: 2, victims: 1 }, warning: { at: 6, before: 1 } },
		...{ madeBy: anId('person', 3), madeAt: `2026-11-20T10:0${minute}:00Z` as Instant },
		...over,
	};
}

test('a school that set none has the usual ones, and they are valid', () => {
	expect(thresholdsNow([])).toBe(USUAL_THRESHOLDS);
	expect(Thresholds.safeParse(thresholds(1, 1, USUAL_THRESHOLDS)).success).toBe(true);
});

test('the last one written counts, whatever the order in which they arrive', () => {
	expect(thresholdsNow([thresholds(2, 1), thresholds(1, 5), thresholds(3, 3)]).structural.incidents).toBe(3);
	fc.assert(
		fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 6 }), (minutes) => {
			const all = minutes.map((minute, n) => thresholds(n, minute));
			expect(thresholdsNow(all.toReversed())).toEqual(thresholdsNow(all));
		}),
	);
});

test('a rule that calls everybody structural is none', () => {
	const once = { incidents: 1, weeks: 1, victims: 0 };
	expect(Thresholds.safeParse(thresholds(1, 1, { structural: once })).success).toBe(false);
	expect(Thresholds.safeParse(thresholds(1, 1, { warning: { at: 0, before: 0 } })).success).toBe(false);
});
