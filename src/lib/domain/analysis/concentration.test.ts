import fc from 'fast-check';
import { expect, test } from 'vitest';
import { concentrationOf } from './concentration.ts';

test('all on one pupil of four is as unequal as four can be; all the same is not unequal', () => {
	expect(concentrationOf([8], 4).gini).toBe(0.75);
	expect(concentrationOf([2, 2, 2, 2], 4).gini).toBe(0);
	expect(concentrationOf([], 4)).toEqual({ gini: 0, lorenz: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] });
	expect(concentrationOf([], 0).gini).toBe(0);
});

test('the Lorenz curve adds up from the pupils with the fewest', () => {
	const { lorenz } = concentrationOf([5, 3, 2], 10);
	expect(lorenz).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0.2, 0.5, 1]);
});

test('it is half the mean difference between two pupils over the mean, and the curve never falls', () => {
	fc.assert(
		fc.property(
			fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 20 }),
			fc.nat({ max: 30 }),
			(some, zeros) => {
				const counts = some.toSorted((a, b) => b - a);
				const all = [...counts, ...Array.from({ length: zeros }, () => 0)];
				const { gini, lorenz } = concentrationOf(counts, all.length);
				const differences = all.flatMap((a) => all.map((b) => Math.abs(a - b))).reduce((sum, each) => sum + each, 0);
				const total = all.reduce((sum, each) => sum + each, 0);
				expect(gini).toBeCloseTo(differences / (2 * all.length * total), 9);
				expect(lorenz).toEqual(lorenz.toSorted((a, b) => a - b));
				expect(lorenz.at(-1)).toBe(1);
			},
		),
	);
});
