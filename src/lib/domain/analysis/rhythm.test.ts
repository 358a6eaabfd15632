import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, dayNumber, type LocalDate } from '#domain/time/local-time.ts';
import { rhythmOf } from './rhythm.ts';
import { schoolTimeOf } from './school-time.ts';

/** A Monday, with twelve weeks of school after it that hold no national day off. */
const MONDAY = '2026-09-07' as LocalDate;
const time = schoolTimeOf([]);

/** So many incidents on the Monday of each week. */
function perWeek(counts: readonly number[]) {
	const days = new Uint32Array(counts.length * 7);
	counts.forEach((count, week) => (days[week * 7] = count));
	return rhythmOf(days, dayNumber(MONDAY), time);
}

test('weeks begin on Monday and know their school days', () => {
	const { weeks } = rhythmOf(Uint32Array.from([2, 0, 1]), dayNumber('2026-09-11' as LocalDate), time);
	expect(weeks).toEqual([{ from: MONDAY, schoolDays: 1, incidents: 3, perSchoolDay: 3 }]);
	expect(rhythmOf(new Uint32Array(), dayNumber(MONDAY), time).weeks).toEqual([]);
});

test('a course is a rise, a fall or level; with few it is nothing', () => {
	expect(perWeek([2, 5, 9, 14, 18, 22, 27, 30]).trend.direction).toBe('rise');
	expect(perWeek([30, 27, 22, 18, 14, 9, 5, 2]).trend.direction).toBe('fall');
	expect(perWeek([10, 11, 9, 10, 12, 9, 10, 10]).trend.direction).toBe('level');
	expect(perWeek([1, 2, 3, 4]).trend).toMatchObject({ direction: 'tooFew', incidents: 10, z: null });
	expect(perWeek([30, 40, 50]).trend.direction).toBe('tooFew');
});

test('the trend is the score test, by hand for four weeks', () => {
	// Times 0–3: mean 1.5, spread 1.25; incidents 4, 6, 8, 12 have mean time 58/30, neighbours hardly scatter.
	const { trend } = perWeek([4, 6, 8, 12]);
	expect(trend.dispersion).toBe(1);
	expect(trend.slope).toBeCloseTo((58 / 30 - 1.5) / 1.25, 12);
	expect(trend.z).toBeCloseTo((58 / 30 - 1.5) / Math.sqrt(1.25 / 30), 12);
});

test('a new level is found where it began, and none in scatter', () => {
	const { changePoints } = perWeek([20, 22, 19, 21, 20, 6, 5, 7, 6, 5]);
	expect(changePoints.map(({ from }) => from)).toEqual([addDays(MONDAY, 35)]);
	expect(changePoints[0]?.before).toBeCloseTo(102 / 25, 12);
	expect(changePoints[0]?.p).toBeLessThan(1e-6);
	expect(perWeek([10, 14, 8, 12, 9, 13, 11, 10]).changePoints).toEqual([]);
});

test('running time backwards turns a rise into a fall as strong', () => {
	fc.assert(
		fc.property(fc.array(fc.nat({ max: 40 }), { minLength: 5, maxLength: 14 }), (counts) => {
			const [there, back] = [perWeek(counts).trend, perWeek(counts.toReversed()).trend];
			expect(back.z ?? 0).toBeCloseTo(-(there.z ?? 0), 9);
			expect(back.direction === 'rise').toBe(there.direction === 'fall');
		}),
	);
});
