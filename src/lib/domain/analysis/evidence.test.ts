import fc from 'fast-check';
import { expect, test } from 'vitest';
import { increaseCouldBeChance, isClearlyFewer, poissonAtLeast, standsOut } from './evidence.ts';

test('the chance of at least so many agrees with known values', () => {
	// Tables of the Poisson distribution: P(X ≥ 1 | 1) = 1 − e⁻¹, P(X ≥ 5 | 2) = 0.0527, P(X ≥ 10 | 10) = 0.5421.
	expect(poissonAtLeast(0, 3)).toBe(1);
	expect(poissonAtLeast(2, 0)).toBe(0);
	expect(poissonAtLeast(1, 1)).toBeCloseTo(0.63212, 5);
	expect(poissonAtLeast(5, 2)).toBeCloseTo(0.05265, 5);
	expect(poissonAtLeast(10, 10)).toBeCloseTo(0.54207, 5);
});

test('a day with twice as many stands out in a large count and not in a small one', () => {
	expect(standsOut([100, 200, 100, 100, 100])).toBe(1);
	expect(standsOut([2, 4, 2, 2, 2])).toBeNull();
	expect(standsOut([100, 110, 100, 95, 104])).toBeNull();
	expect(standsOut([])).toBeNull();
	expect(standsOut([3000, 6000, 3000, 3000, 3000])).toBe(1);
});

test('a short month is judged by its school days, and one without any by nothing', () => {
	expect(standsOut([60, 60, 60, 60], [20, 20, 5, 20])).toBe(2);
	expect(standsOut([100, 50, 100, 100], [20, 10, 20, 20])).toBeNull();
	// The highest rate rests on two days and could be chance; the next rests on twenty.
	expect(standsOut([100, 220, 24, 100, 100], [20, 20, 2, 20, 20])).toBe(1);
	expect(standsOut([40, 40, 900], [20, 20, 0])).toBeNull();
});

test('a rise well above the child’s own course is no chance; one or two new ones always may be', () => {
	expect(increaseCouldBeChance(8, 42, 6, 323)).toBe(false);
	expect(increaseCouldBeChance(2, 42, 0, 323)).toBe(true);
	expect(increaseCouldBeChance(4, 42, 30, 323)).toBe(true);
});

test('one new one after fifty is clearly fewer; none after four in a year says little', () => {
	expect(isClearlyFewer(1, 46, 50, 319)).toBe(true);
	expect(isClearlyFewer(0, 46, 4, 319)).toBe(false);
	expect(isClearlyFewer(7, 46, 50, 319)).toBe(false);
});

test('what stands out is a largest count, wherever it stands', () => {
	fc.assert(
		fc.property(fc.array(fc.nat({ max: 300 }), { minLength: 2, maxLength: 24 }), (counts) => {
			const found = standsOut(counts);
			if (found !== null) expect(counts[found]).toBe(Math.max(...counts));
			const reversed = standsOut(counts.toReversed());
			expect(reversed === null).toBe(found === null);
		}),
	);
});

test('more new ones are never more likely to be chance', () => {
	fc.assert(
		fc.property(fc.nat({ max: 60 }), fc.nat({ max: 60 }), fc.integer({ min: 1, max: 90 }), (increase, before, days) => {
			const one = increaseCouldBeChance(increase, days, before, 365 - days);
			const more = increaseCouldBeChance(increase + 1, days, before, 365 - days);
			expect(!one && more).toBe(false);
		}),
	);
});
