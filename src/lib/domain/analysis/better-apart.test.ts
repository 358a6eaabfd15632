import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LocalDate } from '#domain/time/local-time.ts';
import { anId } from '#tests/factories/school.ts';
import { betterApart } from './better-apart.ts';
import type { PairFigure } from './pairs.ts';

function pair(from: number, to: number, incidents: number, lastOn = '2026-03-02'): PairFigure {
	return {
		instigatorId: anId('pupil', from),
		victimId: anId('pupil', to),
		incidents,
		lastOn: lastOn as LocalDate,
	};
}

test('both ways count together, and the last day is the later one', () => {
	const found = betterApart([pair(2, 1, 3, '2026-03-02'), pair(1, 2, 1, '2026-04-07'), pair(1, 3, 3)], 4);
	expect(found).toEqual([{ pupilIds: [anId('pupil', 1), anId('pupil', 2)], incidents: 4, lastOn: '2026-04-07' }]);
});

test('most first, then who had the last of them', () => {
	const found = betterApart([pair(1, 2, 4, '2026-03-02'), pair(3, 4, 4, '2026-05-11'), pair(5, 6, 9)], 4);
	expect(found.map(({ pupilIds: [first] }) => first)).toEqual([5, 3, 1].map((n) => anId('pupil', n)));
});

test('who began makes no difference, nor does the order of the pairs', () => {
	const pairs = fc.uniqueArray(
		fc.tuple(fc.nat(6), fc.nat(6), fc.integer({ min: 1, max: 9 })).filter(([from, to]) => from !== to),
		{ selector: ([from, to]) => `${from} ${to}` },
	);
	fc.assert(
		fc.property(pairs, fc.nat(9), (drawn, atLeast) => {
			const there = betterApart(
				drawn.map((each) => pair(...each)),
				atLeast,
			);
			const back = betterApart(
				drawn.toReversed().map(([from, to, incidents]) => pair(to, from, incidents)),
				atLeast,
			);
			expect(back).toEqual(there);
			const sum = drawn.reduce((total, [, , incidents]) => total + incidents, 0);
			expect(
				betterApart(
					drawn.map((each) => pair(...each)),
					0,
				).reduce((total, each) => total + each.incidents, 0),
			).toBe(sum);
		}),
	);
});
