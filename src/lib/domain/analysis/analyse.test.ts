import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { naiveAnalysis } from '#tests/factories/naive-analysis.ts';
import { naiveDetails } from '#tests/factories/naive-details.ts';
import { randomDay, randomFacts, type ListedFacts } from '#tests/factories/random-facts.ts';
import { aGroup, anId, anObservation, aPlace, aPupil, NOTED_AT } from '#tests/factories/school.ts';
import { incidentIdFor, processingIdFor, type GroupId } from '#domain/id.ts';
import { foldIncidents } from '#domain/incident/incidents.ts';
import type { Processing } from '#domain/incident/processing.ts';
import type { Observation } from '#domain/observation/observation.ts';
import type { Thresholds } from '#domain/status/school-thresholds.ts';
import type { LocalDate, LocalDateTime } from '#domain/time/local-time.ts';
import { analyse, analyseColumns } from './analyse.ts';
import { buildColumns, collectColumns } from './columns.ts';
import { incidentsBehind } from './drill-down.ts';
import type { Comparison } from './comparisons.ts';
import type { AnalysisResult, Cell, Question, Share } from './result.ts';

/** Whole, by group, by period, with change: everything one can ask. */
const question: fc.Arbitrary<Question> = fc
	.record(
		{
			until: randomDay,
			from: randomDay,
			since: randomDay,
			groupId: fc.integer({ min: 1, max: 5 }).map((n) => anId('group', n)),
			siteId: fc.integer({ min: 1, max: 3 }).map((n) => anId('site', n)),
			pupilId: fc.integer({ min: 1, max: 9 }).map((n) => anId('pupil', n)),
			structuralRule: fc.record({
				incidents: fc.integer({ min: 1, max: 4 }),
				weeks: fc.integer({ min: 1, max: 3 }),
				victims: fc.integer({ min: 0, max: 2 }),
			}),
		},
		{ requiredKeys: ['until'] },
	)
	.map((asked) => asked as Question);

/** The keys of the first half; what stands beside a count is checked by itself. */
function basics(result: AnalysisResult) {
	const { v, counts, pareto, counters, hours, weekdays } = result;
	const { schoolDays: _days, perSchoolDay: _rate, ...period } = result.period;
	const { chance: _, ...bars } = pareto;
	const share = ({ incidents, share: part }: Share) => ({ incidents, share: part });
	return {
		...{ v, period, counts, pareto: bars, counters, hours, weekdays },
		months: result.months.map(({ month, incidents }) => ({ month, incidents })),
		places: result.places.map(({ placeId, kind, hours: each, ...place }) => ({
			...{ placeId, kind, hours: each },
			...share(place),
		})),
		behaviours: result.behaviours.map(({ behaviour, ...each }) => ({ behaviour, ...share(each) })),
		forms: result.forms.map(({ form, ...each }) => ({ form, ...share(each) })),
		baskets: result.baskets.map(({ basket, ...each }) => ({ basket, ...share(each) })),
		groups: result.groups.map(({ groupId, ...each }) => ({ groupId, ...share(each) })),
		violent: share(result.violent),
		playground: share(result.playground),
		digital: share(result.digital),
		outsideSchool: share(result.outsideSchool),
	};
}

/** The counts of the second half. */
function details(result: AnalysisResult) {
	const { structural, sinceRound, comparisons, functions } = result;
	const counted = <T extends Share>({ share: _, low: _low, high: _high, perSchoolDay: _rate, ...each }: T) => each;
	const compared = <T extends Comparison>({ besideOthers: _, couldBeChance: _chance, ...each }: T) => each;
	return {
		schoolDays: result.period.schoolDays,
		months: result.months,
		weekdayRates: result.weekdayRates,
		weeks: result.rhythm.weeks,
		sinceRound: sinceRound && { before: sinceRound.before, after: sinceRound.after },
		situations: result.situations.map(counted).map(({ perHour: _, ...each }) => each),
		structural: {
			pupils: structural.pupils,
			structural: structural.structural.incidents,
			incidental: structural.incidental.incidents,
			unknown: structural.unknown.incidents,
			incidentalPupils: structural.pyramid.incidental,
		},
		handling: result.handling.map(counted),
		unhandled: result.unhandled.incidents,
		functions: [functions.reactive.incidents, functions.proactive.incidents, functions.open.incidents],
		wholeGroup: result.wholeGroup.incidents,
		wholeGroups: result.wholeGroups.map(counted),
		pairs: result.pairs,
		groupPairs: result.groupPairs,
		reporters: result.reporters,
		groupReporting: result.groupReporting,
		comparisons: comparisons && {
			groups: comparisons.groups.map(compared),
			sites: comparisons.sites.map(compared),
			sexes: comparisons.sexes?.map(compared) ?? null,
		},
		integrity: result.integrity,
		gini: Number(result.concentration.gini.toFixed(9)),
	};
}

/** Hundreds of random schools take seconds on a busy machine. */
const MANY_SCHOOLS = { timeout: 60_000 };

test('counts what a plain count of the same rules gives, whatever the school and the question', MANY_SCHOOLS, () => {
	fc.assert(
		fc.property(randomFacts, question, (facts, asked) => {
			const input = { ...facts, ...asked };
			const result = analyse(input);
			expect(basics(result)).toEqual(naiveAnalysis(input));
			const { gini, ...rest } = naiveDetails(input);
			expect(details(result)).toEqual({ ...rest, gini: Number(gini.toFixed(9)) });
		}),
		{ numRuns: 120 },
	);
});

function shuffledFacts(facts: ListedFacts): fc.Arbitrary<ListedFacts> {
	const shuffled = <T>(list: T[]) => fc.shuffledSubarray(list, { minLength: list.length });
	return fc.record({
		groups: shuffled(facts.groups),
		pupils: shuffled(facts.pupils),
		places: shuffled(facts.places),
		observations: fc.constant(facts.observations),
		processings: shuffled(facts.processings),
		withdrawals: shuffled(facts.withdrawals),
		persons: shuffled(facts.persons),
		calendars: shuffled(facts.calendars),
		schools: fc.constant(facts.schools),
		thresholds: shuffled(facts.thresholds),
	});
}

test(
	'the order in which documents arrive does not matter, nor whether they come all at once or one by one',
	MANY_SCHOOLS,
	() => {
		const cases = randomFacts.chain((facts) =>
			fc.record({ facts: fc.constant(facts), other: shuffledFacts(facts), asked: question }),
		);
		fc.assert(
			fc.property(cases, ({ facts, other, asked }) => {
				const collector = collectColumns();
				const { groups, pupils, places, observations, processings, withdrawals } = other;
				for (const doc of [...withdrawals, ...processings, ...observations, ...pupils, ...places, ...groups]) {
					collector.add(doc);
				}
				const { persons, calendars, schools, thresholds } = other;
				for (const doc of [...persons, ...calendars, ...schools, ...thresholds]) collector.add(doc);
				expect(analyseColumns(collector.columns(), asked)).toEqual(analyse({ ...facts, ...asked }));
			}),
		);
	},
);

/** Every cell of a result with the number that stands in it. */
function cellsOf(result: AnalysisResult): [Cell, number][] {
	return [
		[{ kind: 'incidents' }, result.counts.incidents],
		[{ kind: 'green' }, result.counts.green],
		[{ kind: 'noInstigator' }, result.pareto.incidentsWithoutInstigator],
		...result.pareto.instigators.map(({ pupilId, incidents }): [Cell, number] => [
			{ kind: 'instigator', pupilId },
			incidents,
		]),
		...result.counters.flatMap(({ pupilId, ...counter }) =>
			(['reporter', 'instigator', 'victim'] as const).map((role): [Cell, number] => [
				{ kind: 'counter', role, pupilId },
				counter[role],
			]),
		),
		...result.places.flatMap(({ placeId, incidents, hours }): [Cell, number][] => [
			[{ kind: 'place', placeId }, incidents],
			...hours.map((count, hour): [Cell, number] => [{ kind: 'place', placeId, hour }, count]),
		]),
		...result.hours.map((count, hour): [Cell, number] => [{ kind: 'hour', hour }, count]),
		...result.weekdays.map((count, index): [Cell, number] => [{ kind: 'weekday', weekday: index + 1 }, count]),
		...result.months.map(({ month, incidents }): [Cell, number] => [{ kind: 'month', month }, incidents]),
		...result.behaviours.map(({ behaviour, incidents }): [Cell, number] => [
			{ kind: 'behaviour', behaviour },
			incidents,
		]),
		...result.forms.map(({ form, incidents }): [Cell, number] => [{ kind: 'form', form }, incidents]),
		...result.baskets.map(({ basket, incidents }): [Cell, number] => [{ kind: 'basket', basket }, incidents]),
		...result.groups.map(({ groupId, incidents }): [Cell, number] => [{ kind: 'group', groupId }, incidents]),
		...(['violent', 'playground', 'digital', 'outsideSchool'] as const).map((kind): [Cell, number] => [
			{ kind },
			result[kind].incidents,
		]),
	];
}

test(
	'behind every figure stand exactly as many incidents as it says, each of them real, earliest first',
	MANY_SCHOOLS,
	() => {
		fc.assert(
			fc.property(randomFacts, question, (facts, asked) => {
				const columns = buildColumns(facts);
				const order = new Map(foldIncidents(facts).map(({ id }, index) => [id, index]));
				for (const [cell, count] of cellsOf(analyseColumns(columns, asked))) {
					const places = incidentsBehind(columns, asked, cell).map((id) => order.get(id) ?? -1);
					expect([cell, places.length]).toEqual([cell, count]);
					expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
					expect(places).not.toContain(-1);
				}
			}),
			{ numRuns: 40 },
		);
	},
);

describe('rules that docs/analysis.md says in words', () => {
	const empty = { groups: [], pupils: [], places: [], observations: [], withdrawals: [], processings: [] };
	const until = '2026-11-19' as LocalDate;
	const day = (date: string) => ({ occurredAt: `${date}T12:14` as LocalDateTime });
	const by = (...pupils: number[]): Pick<Observation, 'participants'> => ({
		participants: pupils.map((n) => ({ role: 'instigator', pupilId: anId('pupil', n) })),
	});
	const of = (observations: Observation[], asked: Partial<Question> = {}) =>
		analyse({ ...empty, observations, until, ...asked });

	test('an empty school has zeros everywhere and nothing to compare with chance', () => {
		const result = of([]);
		expect(result.counts).toEqual({ observations: 0, incidents: 0, unprocessed: 0, green: 0 });
		expect(result.pareto).toMatchObject({ pairs: 0, pupilsAt80: 0, chance: null, top10: { pupils: 0, share: 0 } });
		expect(result.period.from).toBe('2025-11-20');
		expect(result.months).toHaveLength(13);
	});

	test('a period that ends before it starts is empty', () => {
		const result = of([anObservation(1)], { from: '2026-12-01' as LocalDate });
		expect(result.counts.incidents).toBe(0);
		expect(result.months).toEqual([]);
	});

	test('365 days count, the first and the last of them too', () => {
		const dates = ['2025-11-19', '2025-11-20', '2026-11-19', '2026-11-20'];
		const result = of(dates.map((date, n) => anObservation(n, day(date))));
		expect(result.counts.incidents).toBe(2);
		expect(result.counters.map((counter) => counter.instigator)).toEqual([2, 0]);
	});

	test('change counts what came after the day of the round, not on it', () => {
		const dates = ['2026-04-09', '2026-04-10', '2026-04-11', '2026-11-19'];
		const [first] = of(
			dates.map((date, n) => anObservation(n, day(date))),
			{ since: '2026-04-10' as LocalDate },
		).counters;
		expect(first).toMatchObject({ instigator: 4, change: { instigator: 2 } });
	});

	test('counters keep their 365 days and the whole school when a period or a group is asked for', () => {
		const result = analyse({
			...empty,
			pupils: [aPupil(1, 'Daan', 6), aPupil(2, 'Noor', 8)],
			observations: [
				anObservation(1, { ...day('2026-02-02'), participants: [{ role: 'instigator', pupilId: anId('pupil', 1) }] }),
			],
			until,
			from: '2026-10-01' as LocalDate,
			groupId: anId('group', 6),
		});
		expect(result.counts.incidents).toBe(0);
		expect(result.counters).toMatchObject([{ pupilId: anId('pupil', 1), instigator: 1 }]);
	});

	test('the fewest pupils at 80 %: exactly four of five is enough, equal ones stand in the order of their ids', () => {
		const result = of([...[2, 2, 1, 1].map((pupil, n) => anObservation(n, by(pupil))), anObservation(9, by(3))]);
		expect(result.pareto.instigators.map(({ pupilId, cumulative }) => [pupilId, cumulative])).toEqual([
			[anId('pupil', 1), 2],
			[anId('pupil', 2), 4],
			[anId('pupil', 3), 5],
		]);
		expect(result.pareto.pupilsAt80).toBe(2);
	});

	test('several instigators each make a pair; one who is known in words only makes none', () => {
		const unknown = anObservation(2, { participants: [{ role: 'instigator', description: 'red coat' }] });
		const { pareto } = of([anObservation(1, by(1, 2)), unknown]);
		expect(pareto).toMatchObject({ pairs: 2, incidentsWithoutInstigator: 1 });
	});

	test('a child with two roles in one incident counts in both', () => {
		const both = anObservation(1, {
			participants: [
				{ role: 'instigator', pupilId: anId('pupil', 1) },
				{ role: 'victim', pupilId: anId('pupil', 1) },
			],
		});
		expect(of([both]).counters).toMatchObject([{ instigator: 1, victim: 1 }]);
	});

	test('two accounts of one incident count once', () => {
		const [first, second] = [anObservation(1), anObservation(2)];
		const merged: Processing = {
			...{ type: 'processing', v: 1, id: processingIdFor(second.id), schoolId: second.schoolId },
			...{ observationId: second.id, incidentId: incidentIdFor(first.id), outcome: 'confirmed', forms: ['physical'] },
			...{ participants: second.participants, victimGroupId: null, behaviours: second.behaviours },
			...{ aggressionFunction: null, basket: second.basket, placeId: second.placeId },
			processedAt: second.notedAt,
		};
		const result = analyse({ ...empty, observations: [first, second], processings: [merged], until });
		expect(result.counts).toMatchObject({ observations: 2, incidents: 1, unprocessed: 1 });
		expect(result.pareto.pairs).toBe(1);
	});

	test('wanted behaviour is counted apart and never as trouble', () => {
		const kind = anObservation(1, {
			...{ basket: 'green', behaviours: ['helping'], toldBy: anId('pupil', 3) },
			participants: [{ role: 'contributor', pupilId: anId('pupil', 1) }],
		});
		const result = of([kind]);
		expect(result.counts).toEqual({ observations: 0, incidents: 0, unprocessed: 0, green: 1 });
		expect(result.counters).toEqual([]);
	});

	test('an incident is of the group of its instigator, of its victim, and of the group it was aimed at', () => {
		const observations = [
			anObservation(1),
			anObservation(2, { ...by(1), victimGroupId: anId('group', 7), behaviours: ['disturbingLesson'] }),
		];
		const pupils = [aPupil(1, 'Daan', 6), aPupil(2, 'Noor', 8)];
		const groups = [6, 7, 8].map((n) => aGroup(n));
		const perGroup = (groupId: GroupId) =>
			analyse({ ...empty, pupils, groups, observations, until, groupId }).counts.incidents;
		expect([6, 7, 8, 5].map((n) => perGroup(anId('group', n)))).toEqual([2, 1, 1, 0]);
	});

	test('weekday and hour are those of the wall clock, also on the days it is changed', () => {
		const spring = anObservation(1, { occurredAt: '2026-03-29T03:30' as LocalDateTime });
		const autumn = anObservation(2, { occurredAt: '2026-10-25T02:30' as LocalDateTime });
		const result = of([spring, autumn]);
		expect(result.weekdays[6]).toBe(2);
		expect([result.hours[2], result.hours[3]]).toEqual([1, 1]);
	});

	test('a place that the roster does not know still counts, without a kind; none at all stands apart', () => {
		const result = analyse({
			...empty,
			places: [aPlace(1, 'plein')],
			observations: [
				anObservation(1),
				anObservation(2, { placeId: anId('place', 5) }),
				anObservation(3, { placeId: null }),
			],
			until,
		});
		expect(result.places.map(({ placeId, kind }) => [placeId, kind])).toEqual([
			[anId('place', 1), 'playground'],
			[anId('place', 5), null],
			[null, null],
		]);
		expect(result.playground).toMatchObject({ incidents: 1, share: 1 / 3 });
	});

	test('one observation, or all of them on one day, says little and says so', () => {
		const one = of([anObservation(1, day('2026-11-19'))]);
		expect(one.counts.incidents).toBe(1);
		expect(one.violent.share).toBe(1);
		expect(one.violent.low).toBeCloseTo(0.025, 9);
		expect(one.concentration.gini).toBe(0);
		expect(one.rhythm.trend.direction).toBe('tooFew');
		expect(one.structural.pyramid).toEqual({ incidental: 1, impulsive: 0, following: 0, leading: 0, open: 0 });

		const sameDay = of(Array.from({ length: 30 }, (_, n) => anObservation(n, day('2026-11-18'))));
		expect(sameDay.structural.pupils).toEqual([]);
		expect(sameDay.pairs).toMatchObject([{ incidents: 30, lastOn: '2026-11-18' }]);
		expect(sameDay.integrity.likelyDoubles).toBe((30 * 29) / 2);
		expect(sameDay.rhythm.trend.direction).toBe('level');
	});

	test('what lies in the future or before the period is counted apart and in no figure', () => {
		const dates = ['2024-01-09', '2026-11-19', '2026-11-20', '2030-01-08'];
		const result = of(dates.map((date, n) => anObservation(n, day(date))));
		expect(result.counts.incidents).toBe(1);
		expect(result.integrity).toMatchObject({ beforePeriod: 1, afterPeriod: 2 });
	});

	test('pupils who left before that day, or whom no roster holds, still count and are pointed out', () => {
		const left = { ...aPupil(1, 'Daan'), leftOn: '2026-11-01' as LocalDate };
		const result = analyse({ ...empty, pupils: [left], observations: [anObservation(1, day('2026-11-18'))], until });
		expect(result.counters.map(({ pupilId }) => pupilId)).toEqual([anId('pupil', 1), anId('pupil', 2)]);
		expect(result.integrity).toMatchObject({ afterLeaving: 1, unknownPupils: [anId('pupil', 2)] });
	});

	test('the rule of the school decides who is structural, and the answer says which rule it was', () => {
		const weekly = ['2026-10-06', '2026-10-13', '2026-11-03', '2026-11-10'].map((date, n) =>
			anObservation(n, day(date)),
		);
		expect(of(weekly).structural.pupils).toMatchObject([
			{ pupilId: anId('pupil', 1), incidents: 4, weeks: 4, victims: 1, firstOn: '2026-10-06', lastOn: '2026-11-10' },
		]);
		const own: Thresholds = {
			...{
				type: 'thresholds',
				v: 1,
				id: anId('thresholds', 1),
				schoolId: anId('school', 1),
				madeBy: anId('person', 3),
			},
			...{ structural: { incidents: 5, weeks: 1, victims: 0 }, warning: { at: 5, before: 1 }, madeAt: NOTED_AT },
		};
		const bySchool = analyse({ ...empty, observations: weekly, thresholds: [own], until });
		expect(bySchool.structural).toMatchObject({ rule: own.structural, pupils: [] });
		const structuralRule = { incidents: 4, weeks: 3, victims: 2 };
		const stricter = of(weekly, { structuralRule });
		expect(stricter.structural).toMatchObject({ rule: structuralRule, pupils: [], incidental: { incidents: 4 } });
	});

	test('the time since a round stands beside as long before it, per school day', () => {
		const dates = ['2026-10-06', '2026-11-05', '2026-11-06', '2026-11-10', '2026-11-17', '2026-11-18', '2026-11-19'];
		const { sinceRound } = of(
			dates.map((date, n) => anObservation(n, day(date))),
			{ since: '2026-11-09' as LocalDate },
		);
		expect(sinceRound).toMatchObject({
			before: { from: '2026-10-31', until: '2026-11-09', incidents: 2, schoolDays: 6 },
			after: { from: '2026-11-10', until: '2026-11-19', incidents: 4, schoolDays: 8 },
			couldBeChance: true,
		});
		expect(sinceRound?.change?.ratio).toBeCloseTo(4 / 8 / (2 / 6), 12);
	});
});
