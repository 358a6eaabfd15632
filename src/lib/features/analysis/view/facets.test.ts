import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyseColumns } from '#domain/analysis/analyse.ts';
import { buildColumns } from '#domain/analysis/columns.ts';
import { incidentsBehind } from '#domain/analysis/drill-down.ts';
import { Behaviour } from '#domain/observation/behaviour.ts';
import { anId } from '#tests/factories/school.ts';
import { randomDay, randomFacts } from '#tests/factories/random-facts.ts';
import { cellsOf, facetsIn, viewAddress, type Facets } from './facets.ts';

const facets: fc.Arbitrary<Facets> = fc.record({
	placeId: fc.option(fc.integer({ min: 1, max: 4 }).map((n) => anId('place', n))),
	hour: fc.option(fc.integer({ min: 0, max: 23 })),
	weekday: fc.option(fc.integer({ min: 1, max: 7 })),
	behaviour: fc.option(fc.constantFrom(...Behaviour.options)),
	basket: fc.option(fc.constantFrom('yellow' as const, 'orange' as const, 'red' as const)),
});

test('a view that is shared is the same view', () => {
	fc.assert(
		fc.property(facets, (chosen) => {
			const address = viewAddress('/analysis?period=schoolYear', chosen);
			const { searchParams } = new URL(address, 'https://school.invalid');
			expect(facetsIn(searchParams)).toEqual(chosen);
			expect(searchParams.get('period')).toBe('schoolYear');
		}),
	);
});

test('what nobody could have chosen is not chosen', () => {
	const query = new URLSearchParams('place=Daan&hour=24&weekday=0&behaviour=bullets&basket=green');
	expect(facetsIn(query)).toEqual({ placeId: null, hour: null, weekday: null, behaviour: null, basket: null });
});

test('combining never finds more than each figure alone, and nothing chosen is everything', () => {
	fc.assert(
		fc.property(randomFacts, randomDay, facets, (facts, until, chosen) => {
			const columns = buildColumns(facts);
			const sets = cellsOf(chosen).map((cell) => new Set(incidentsBehind(columns, { until }, cell)));
			const both = sets.reduce((left, each) => left.intersection(each));
			for (const each of sets) expect(both.size).toBeLessThanOrEqual(each.size);
			if (sets.length === 1) expect(both.size).toBe(analyseColumns(columns, { until }).counts.incidents);
		}),
		{ numRuns: 60 },
	);
});
