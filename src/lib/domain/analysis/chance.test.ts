import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shareByChance } from './chance.ts';

test('without pairs, or with one pupil, there is nothing to compare', () => {
	expect(shareByChance(0, 100, 10)).toBeNull();
	expect(shareByChance(10, 1, 1)).toBeNull();
});

test('the same numbers give the same figures at every look', () => {
	expect(shareByChance(1355, 433, 44)).toEqual(shareByChance(1355, 433, 44));
});

test('with few incidents chance alone already looks like concentration, with many it does not', () => {
	expect(shareByChance(40, 400, 40)?.share).toBeGreaterThan(0.9);
	expect(shareByChance(200_000, 400, 40)?.share).toBeLessThan(0.12);
});

test('all pupils together stand at everything', () => {
	expect(shareByChance(500, 30, 30, 500)).toMatchObject({ share: 1, low: 1, high: 1, rounds: 199, p: 1 });
});

test('the mean is the one that binomial counts give for two pupils', () => {
	// Of 10 pairs over 2 pupils the larger count is 5 + E|X - 5|, X binomial: 6.2305 by hand.
	const larger = shareByChance(10, 2, 1);
	expect(larger?.share).toBeGreaterThan(0.6);
	expect(larger?.share).toBeLessThan(0.65);
});

test('the interval holds the mean and never leaves what is possible', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 2, max: 80 }), (pairs, pupils) => {
			const top = Math.ceil(pupils / 10);
			const chance = shareByChance(pairs, pupils, top);
			if (!chance) throw new Error('There is something to compare');
			expect(chance.low).toBeLessThanOrEqual(chance.share);
			expect(chance.high).toBeGreaterThanOrEqual(chance.share);
			expect(chance.low).toBeGreaterThanOrEqual(top / pupils - 1e-9);
			expect(chance.high).toBeLessThanOrEqual(1);
		}),
		{ numRuns: 50 },
	);
});
