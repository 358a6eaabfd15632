import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idOf, incidentIdFor, processingIdFor, type Id, type IdKind } from '#domain/id.ts';
import { BASKETS } from '#domain/observation/basket.ts';
import { BEHAVIOUR_IDS } from '#domain/observation/behaviour.ts';
import type { Observation, Withdrawal } from '#domain/observation/observation.ts';
import type { Instant, LocalDateTime } from '#domain/time/local-time.ts';
import { foldIncidents, type IncidentFacts } from './incidents.ts';
import type { Processing } from './processing.ts';

const id = <K extends IdKind>(kind: K, n: number): Id<K> => idOf(kind, String(n).padStart(26, '0'));
const NOTED_AT = '2026-03-09T11:20:00.000Z' as Instant;

function observation(n: number, over: Partial<Observation> = {}): Observation {
	return {
		type: 'observation',
		v: 1,
		id: id('observation', n),
		schoolId: id('school', 1),
		reporterId: id('person', 1),
		occurredAt: '2026-03-09T12:14' as LocalDateTime,
		zone: 'Europe/Amsterdam',
		precision: 'exact',
		notedAt: NOTED_AT,
		placeId: id('place', 1),
		outsideSchool: false,
		participants: [{ role: 'instigator', pupilId: id('pupil', 1) }],
		victimGroupId: null,
		behaviours: ['pushing'],
		digital: false,
		basket: 'orange',
		handling: [],
		means: [],
		...over,
	};
}

function processing(of: Observation, over: Partial<Processing> = {}): Processing {
	return {
		type: 'processing',
		v: 1,
		id: processingIdFor(of.id),
		schoolId: of.schoolId,
		observationId: of.id,
		incidentId: incidentIdFor(of.id),
		outcome: 'confirmed',
		participants: of.participants,
		victimGroupId: of.victimGroupId,
		behaviours: of.behaviours,
		forms: ['physical'],
		aggressionFunction: null,
		basket: of.basket,
		placeId: of.placeId,
		processedBy: id('person', 2),
		processedAt: NOTED_AT,
		...over,
	};
}

function withdrawal(of: Observation, withdrawnBy = id('person', 1)): Withdrawal {
	return {
		type: 'withdrawal',
		v: 1,
		id: id('withdrawal', 1),
		schoolId: of.schoolId,
		observationId: of.id,
		withdrawnBy,
		withdrawnAt: NOTED_AT,
	};
}

const fold = (facts: Partial<IncidentFacts>) =>
	foldIncidents({ observations: [], withdrawals: [], processings: [], ...facts });

test('an observation that nobody looked at counts as it was told', () => {
	const told = observation(1);
	expect(fold({ observations: [told] })).toEqual([
		{
			id: id('incident', 1),
			observationIds: [told.id],
			occurredAt: told.occurredAt,
			placeId: told.placeId,
			outsideSchool: false,
			digital: false,
			participants: told.participants,
			victimGroupId: null,
			behaviours: ['pushing'],
			forms: ['physical'],
			basket: 'orange',
			aggressionFunction: null,
			toldBy: [],
			processed: false,
		},
	]);
});

test('what the coordinator checked replaces what was told', () => {
	const told = observation(1, { note: 'as told' });
	const checked = processing(told, {
		participants: [{ role: 'victim', pupilId: id('pupil', 9) }],
		victimGroupId: id('group', 1),
		behaviours: ['threat'],
		forms: ['verbal'],
		basket: 'red',
		placeId: null,
		note: 'as checked',
	});
	expect(fold({ observations: [told], processings: [checked] })).toMatchObject([
		{
			participants: checked.participants,
			victimGroupId: id('group', 1),
			behaviours: ['threat'],
			forms: ['verbal'],
			basket: 'red',
			placeId: null,
			processed: true,
			note: 'as checked',
		},
	]);
});

test('an observation put back to process counts as it was told, within its incident', () => {
	const told = observation(1);
	const open = processing(told, {
		outcome: 'open',
		incidentId: id('incident', 7),
		basket: 'red',
		behaviours: ['threat'],
	});
	expect(fold({ observations: [told], processings: [open] })).toMatchObject([
		{ id: id('incident', 7), basket: 'orange', behaviours: ['pushing'], processed: false },
	]);
});

test('two accounts of one incident become one, as early and as heavy as either, each child once per role', () => {
	const first = observation(1, { occurredAt: '2026-03-09T12:10' as LocalDateTime, toldBy: id('pupil', 5) });
	const second = observation(2, {
		participants: [
			{ role: 'instigator', pupilId: id('pupil', 1) },
			{ role: 'victim', pupilId: id('pupil', 1) },
			{ role: 'bystander', description: 'a child with a red coat' },
		],
		behaviours: ['nameCalling', 'pushing'],
		basket: 'red',
	});
	const merged = processing(second, { incidentId: incidentIdFor(first.id), forms: ['verbal', 'physical'] });
	expect(fold({ observations: [second, first], processings: [merged] })).toMatchObject([
		{
			id: incidentIdFor(first.id),
			observationIds: [first.id, second.id],
			occurredAt: first.occurredAt,
			participants: second.participants,
			behaviours: ['pushing', 'nameCalling'],
			forms: ['physical', 'verbal'],
			basket: 'red',
			toldBy: [id('pupil', 5)],
			processed: false,
		},
	]);
});

test('a withdrawal by anybody but the reporter changes nothing, where the reporter is known', () => {
	const told = observation(1);
	const { reporterId: _, ...masked } = told;
	const byAnother = withdrawal(told, id('person', 2));
	expect(fold({ observations: [told], withdrawals: [byAnother] })).toHaveLength(1);
	expect(fold({ observations: [masked], withdrawals: [byAnother] })).toHaveLength(0);
	expect(fold({ observations: [told], withdrawals: [byAnother, withdrawal(told)] })).toHaveLength(0);
});

const moment = fc
	.record({ day: fc.integer({ min: 1, max: 3 }), minute: fc.integer({ min: 0, max: 5 }) })
	.map(({ day, minute }) => `2026-03-0${day}T12:0${minute}` as LocalDateTime);
const participants = fc.array(
	fc.record({
		role: fc.constantFrom('instigator' as const, 'victim' as const),
		pupilId: fc.integer({ min: 1, max: 3 }).map((n) => id('pupil', n)),
	}),
	{ maxLength: 3 },
);
const content = fc.record({
	participants,
	behaviours: fc.uniqueArray(fc.constantFrom(...BEHAVIOUR_IDS), { minLength: 1, maxLength: 3 }),
	basket: fc.constantFrom(...BASKETS),
	placeId: fc.option(fc.constantFrom(id('place', 1), id('place', 2))),
	victimGroupId: fc.option(fc.constantFrom(id('group', 1), id('group', 2))),
	note: fc.constantFrom('left', 'right'),
});

/** Some observations, each perhaps processed (perhaps merged into one of three incidents) or withdrawn. */
const facts = fc
	.array(
		fc.record({
			told: fc.record({ occurredAt: moment }).chain((when) => content.map((what) => ({ ...when, ...what }))),
			checked: fc.option(
				fc.record({
					outcome: fc.constantFrom('confirmed' as const, 'setAside' as const, 'open' as const),
					incidentId: fc.integer({ min: 1, max: 3 }).map((n) => id('incident', n)),
					content,
				}),
			),
			withdrawn: fc.boolean(),
		}),
		{ maxLength: 8 },
	)
	.map((drafts) => {
		const observations = drafts.map(({ told }, index) => observation(index + 1, told));
		return {
			observations,
			processings: observations.flatMap((told, index) => {
				const checked = drafts[index]?.checked;
				return checked
					? processing(told, { ...checked.content, outcome: checked.outcome, incidentId: checked.incidentId })
					: [];
			}),
			withdrawals: observations.filter((_, index) => drafts[index]?.withdrawn).map((told) => withdrawal(told)),
		};
	});

test('the order of the facts does not matter, so merging is commutative', () => {
	const shuffled = facts.chain((each) =>
		fc.record({
			given: fc.constant(each),
			observations: fc.shuffledSubarray(each.observations, { minLength: each.observations.length }),
			processings: fc.shuffledSubarray(each.processings, { minLength: each.processings.length }),
			withdrawals: fc.shuffledSubarray(each.withdrawals, { minLength: each.withdrawals.length }),
		}),
	);
	fc.assert(
		fc.property(shuffled, ({ given, ...other }) => {
			expect(fold(other)).toEqual(fold(given));
		}),
	);
});

test('every observation stands in exactly one incident, but the withdrawn and set aside in none', () => {
	fc.assert(
		fc.property(facts, (given) => {
			const gone = new Set([
				...given.withdrawals.map((each) => each.observationId),
				...given.processings.filter((each) => each.outcome === 'setAside').map((each) => each.observationId),
			]);
			const left = given.observations.map((each) => each.id).filter((each) => !gone.has(each));
			expect(
				fold(given)
					.flatMap((incident) => incident.observationIds)
					.sort(),
			).toEqual(left.sort());
		}),
	);
});

test('incidents come sorted by moment, then id', () => {
	fc.assert(
		fc.property(facts, (given) => {
			const keys = fold(given).map((incident) => `${incident.occurredAt} ${incident.id}`);
			expect(keys).toEqual([...keys].sort());
		}),
	);
});
