import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binomialAtLeast, shareInterval } from './binomial.ts';
import { incompleteBeta, logGamma } from './incomplete-beta.ts';
import { outsideNormal } from './normal.ts';
import { chanceOfSoMany, rateRatio } from './rate-ratio.ts';

test('the exact interval of a share agrees with published tables of Clopper and Pearson', () => {
	const rounded = (count: number, total: number) => {
		const { low, high } = shareInterval(count, total);
		return [low.toFixed(4), high.toFixed(4)];
	};
	expect(rounded(0, 10)).toEqual(['0.0000', '0.3085']);
	expect(rounded(10, 10)).toEqual(['0.6915', '1.0000']);
	expect(rounded(5, 10)).toEqual(['0.1871', '0.8129']);
	expect(rounded(8, 20)).toEqual(['0.1912', '0.6395']);
	expect(shareInterval(0, 0)).toEqual({ low: 0, high: 1 });
});

test('tails agree with known values', () => {
	expect(binomialAtLeast(8, 10, 0.5)).toBeCloseTo(56 / 1024, 12);
	expect(binomialAtLeast(0, 10, 0.5)).toBe(1);
	expect(binomialAtLeast(11, 10, 0.5)).toBe(0);
	expect(outsideNormal(1.959963984540054)).toBeCloseTo(0.05, 12);
	expect(outsideNormal(-2.5758293035489004)).toBeCloseTo(0.01, 12);
	expect(outsideNormal(4)).toBeCloseTo(6.334248366623996e-5, 15);
	expect(outsideNormal(0)).toBe(1);
	expect(logGamma(5)).toBeCloseTo(Math.log(24), 12);
	expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12);
});

test('the beta function is what sums of binomial chances say it is', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 60 }),
			fc.integer({ min: 1, max: 60 }),
			fc.double({ min: 0.01, max: 0.99, noNaN: true }),
			(a, b, x) => {
				const total = a + b - 1;
				let sum = 0;
				for (let k = a; k <= total; k++) {
					const ways = Math.exp(logGamma(total + 1) - logGamma(k + 1) - logGamma(total - k + 1));
					sum += ways * x ** k * (1 - x) ** (total - k);
				}
				expect(incompleteBeta(x, a, b)).toBeCloseTo(sum, 9);
			},
		),
	);
});

/** Decimals. Of all shares up to 400 the worst is off by 7e-10: the last step is that small. */
const EXACT_TO = 8;

test('the interval holds the share, leaves 2.5 % outside on each side, and narrows with more', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 399 }), (total, some) => {
			const count = Math.min(some, total - 1);
			const { low, high } = shareInterval(count, total);
			expect(low).toBeLessThanOrEqual(count / total);
			expect(high).toBeGreaterThan(count / total);
			if (count > 0) expect(binomialAtLeast(count, total, low)).toBeCloseTo(0.025, EXACT_TO);
			expect(1 - binomialAtLeast(count + 1, total, high)).toBeCloseTo(0.025, EXACT_TO);
			const more = shareInterval(count * 4, total * 4);
			expect(more.high - more.low).toBeLessThan(high - low);
		}),
	);
});

test('two equal rates could be chance, ten times as many is none', () => {
	const before = { incidents: 40, exposure: 40 };
	expect(rateRatio(before, { incidents: 40, exposure: 40 })).toMatchObject({ ratio: 1, p: 1 });
	const more = rateRatio(before, { incidents: 100, exposure: 10 });
	expect(more?.ratio).toBe(10);
	expect(more?.low).toBeGreaterThan(6);
	expect(more?.p).toBeLessThan(1e-9);
	expect(rateRatio({ incidents: 0, exposure: 40 }, { incidents: 3, exposure: 40 })).toMatchObject({
		ratio: null,
		high: null,
	});
	expect(rateRatio(before, { incidents: 3, exposure: 0 })).toBeNull();
	expect(rateRatio({ incidents: 0, exposure: 3 }, { incidents: 0, exposure: 3 })).toBeNull();
	// 3 of 4 after, where half was expected: 5 of 16.
	expect(chanceOfSoMany({ incidents: 1, exposure: 7 }, { incidents: 3, exposure: 7 })).toBeCloseTo(5 / 16, 12);
});

test('turning before and after around turns the ratio and its interval around', () => {
	const stretch = fc.record({ incidents: fc.integer({ min: 1, max: 80 }), exposure: fc.integer({ min: 1, max: 80 }) });
	fc.assert(
		fc.property(stretch, stretch, (a, b) => {
			const [there, back] = [rateRatio(a, b), rateRatio(b, a)];
			expect(there?.ratio).toBeCloseTo(1 / (back?.ratio ?? 0), 9);
			expect(there?.low).toBeCloseTo(1 / (back?.high ?? 0), 6);
			expect(there?.p).toBeCloseTo(back?.p ?? -1, 9);
		}),
	);
});
