import fc from 'fast-check';
import type { AnalysisFacts } from '#domain/analysis/columns.ts';
import type { Calendar } from '#domain/calendar/calendar.ts';
import { incidentIdFor, processingIdFor } from '#domain/id.ts';
import type { Processing } from '#domain/incident/processing.ts';
import { BASKETS } from '#domain/observation/basket.ts';
import { BEHAVIOUR_IDS, Form } from '#domain/observation/behaviour.ts';
import { Handling, ParticipantRole, type Observation, type Participant } from '#domain/observation/observation.ts';
import { PlaceKind, type Person, type School } from '#domain/school/roster.ts';
import type { Thresholds } from '#domain/status/school-thresholds.ts';
import { addDays, type Instant, type LocalDate, type LocalDateTime, type LocalTime } from '#domain/time/local-time.ts';
import { anId } from './school.ts';

/** Days that random observations fall on and around: a change of the clock and of the year among them. */
const FIRST_DAY = '2025-12-20' as LocalDate;
const DAYS = 480;
const GROUPS = 3;
const PUPILS = 7;
const PLACES = 3;

const groupId = fc.integer({ min: 1, max: GROUPS + 1 }).map((n) => anId('group', n));
/** One more than the roster holds, so that some are unknown. */
const pupilId = fc.integer({ min: 1, max: PUPILS + 1 }).map((n) => anId('pupil', n));
const placeId = fc.integer({ min: 1, max: PLACES + 1 }).map((n) => anId('place', n));
const personId = fc.integer({ min: 1, max: 3 }).map((n) => anId('person', n));

export const randomDay = fc.integer({ min: 0, max: DAYS }).map((days) => addDays(FIRST_DAY, days));
const two = (n: number) => String(n).padStart(2, '0');
const likelyMoment = fc
	.tuple(randomDay, fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
	.map(([day, hour, minute]) => `${day}T${two(hour)}:${two(minute)}` as LocalDateTime);
/** Years that were mistyped, the hours in which the clock changes, and one day on which much happens. */
const oddMoment = fc.constantFrom(
	...['0026-03-09T12:14', '9999-12-31T23:59', '2026-03-29T02:30', '2026-10-25T02:30', '2026-11-18T12:14'],
) as fc.Arbitrary<LocalDateTime>;
const moment = fc.oneof({ weight: 5, arbitrary: likelyMoment }, { weight: 1, arbitrary: oddMoment });
const instant = fc
	.integer({ min: 0, max: 5 })
	.map((second) => `2026-03-09T11:14:0${second}${second % 2 ? '.250Z' : 'Z'}` as Instant);

const participant: fc.Arbitrary<Participant> = fc.oneof(
	{ weight: 6, arbitrary: fc.record({ role: fc.constantFrom(...ParticipantRole.options), pupilId }) },
	{
		weight: 1,
		arbitrary: fc.record({ role: fc.constantFrom(...ParticipantRole.options), description: fc.constant('red coat') }),
	},
);
const account = fc.record({
	participants: fc.array(participant, { maxLength: 5 }),
	behaviours: fc.array(fc.constantFrom(...BEHAVIOUR_IDS), { minLength: 1, maxLength: 3 }),
	basket: fc.constantFrom(...BASKETS),
	placeId: fc.option(placeId),
	victimGroupId: fc.option(groupId, { freq: 3 }),
});

const draft = fc.record({
	told: fc
		.tuple(
			account,
			fc.record({
				...{ occurredAt: moment, notedAt: instant, digital: fc.boolean(), outsideSchool: fc.boolean() },
				handling: fc.uniqueArray(fc.constantFrom(...Handling.options), { maxLength: 3 }),
			}),
			fc.record({ toldBy: pupilId, reporterId: personId }, { requiredKeys: [] }),
		)
		.map(([what, when, who]) => ({ ...what, ...when, ...who })),
	/** A second document under the same id, as a corrected one is. */
	again: fc.option(fc.tuple(account, moment, instant), { freq: 8 }),
	decided: fc.option(
		fc.record({
			account,
			outcome: fc.constantFrom('confirmed' as const, 'confirmed' as const, 'setAside' as const, 'open' as const),
			aggressionFunction: fc.constantFrom('reactive' as const, 'proactive' as const, null),
			forms: fc.uniqueArray(fc.constantFrom(...Form.options)),
			/** Its own incident, that of another observation, or one that has no observation. */
			incident: fc.option(fc.integer({ min: 1, max: 6 })),
			processedAt: instant,
		}),
	),
	withdrawnBy: fc.option(fc.record({ withdrawnBy: personId }, { requiredKeys: [] }), { freq: 6 }),
});

type Listed<T> = T extends Iterable<infer Each> ? Each[] : never;
/** The facts as arrays, so that tests can shuffle them. */
export type ListedFacts = { [Kind in keyof AnalysisFacts]-?: Listed<NonNullable<AnalysisFacts[Kind]>> };

const time = (hour: number) => `${two(hour)}:15` as LocalTime;

/** Some days in no calendar, some in two; parts of the day that overlap or turn out empty. */
const calendar = fc
	.record({
		start: randomDay,
		days: fc.integer({ min: 0, max: 400 }),
		closures: fc.array(fc.record({ start: randomDay, days: fc.integer({ min: -2, max: 150 }) }), { maxLength: 4 }),
		parts: fc.array(
			fc.record({
				kind: fc.constantFrom(
					'before' as const,
					'lesson' as const,
					'break' as const,
					'lunch' as const,
					'after' as const,
				),
				from: fc.integer({ min: 0, max: 23 }),
				until: fc.integer({ min: 0, max: 23 }),
			}),
			{ maxLength: 5 },
		),
	})
	.map(({ start, days, closures, parts }) => ({
		...{ type: 'calendar' as const, v: 1 as const, schoolId: anId('school', 1), rounds: [] },
		...{ from: start, until: addDays(start, days) },
		closures: closures.map((closure) => ({
			...{ name: 'vrij', kind: 'holiday' as const, from: closure.start, until: addDays(closure.start, closure.days) },
		})),
		dayParts: parts.map(({ kind, from, until }) => ({ name: kind, kind, from: time(from), until: time(until) })),
	}));

/** Two sites: the odd groups and the even ones. */
const siteOf = (id: string) => anId('site', (Number(id.at(-1)) % 2) + 1);

/** A small school with everything that makes counting hard: doubles, unknown children, things taken back. */
export const randomFacts: fc.Arbitrary<ListedFacts> = fc
	.record({
		drafts: fc.array(draft, { maxLength: 25 }),
		kinds: fc.array(fc.constantFrom(...PlaceKind.options), { minLength: PLACES, maxLength: PLACES }),
		left: fc.array(fc.option(randomDay, { freq: 4 }), { minLength: PUPILS, maxLength: PUPILS }),
		groupOf: fc.array(fc.integer({ min: 1, max: GROUPS }), { minLength: PUPILS, maxLength: PUPILS }),
		sexes: fc.array(fc.option(fc.constantFrom('boy' as const, 'girl' as const, 'unknown' as const)), {
			minLength: PUPILS,
			maxLength: PUPILS,
		}),
		supervised: fc.array(fc.option(fc.integer({ min: 1, max: 90 })), { minLength: PLACES, maxLength: PLACES }),
		calendars: fc.array(calendar, { maxLength: 2 }),
		teaches: fc.array(fc.uniqueArray(groupId), { minLength: 2, maxLength: 2 }),
		keepsSex: fc.boolean(),
		rules: fc.array(fc.record({ incidents: fc.integer({ min: 2, max: 4 }), madeAt: instant }), { maxLength: 3 }),
	})
	.map(({ drafts, kinds, left, groupOf, sexes, supervised, calendars, teaches, keepsSex, rules }) => {
		const schoolId = anId('school', 1);
		const observations = drafts.flatMap(({ told, again }, index): Observation[] => {
			const first: Observation = {
				...{ type: 'observation', v: 1, id: anId('observation', index + 1), schoolId },
				...{ zone: 'Europe/Amsterdam', precision: 'exact', means: [] },
				...told,
			};
			if (!again) return [first];
			const [corrected, occurredAt, notedAt] = again;
			return [first, { ...first, ...corrected, occurredAt, notedAt }];
		});
		return {
			groups: groupOf
				.map((n) => anId('group', n))
				.filter((id, index, all) => all.indexOf(id) === index)
				.map((id) => ({
					...{ type: 'group' as const, v: 1 as const, id, schoolId, siteId: siteOf(id) },
					...{ name: id.slice(-2), yearGroups: [5] },
				})),
			pupils: groupOf.map((n, index) => ({
				...{ type: 'pupil' as const, v: 1 as const, id: anId('pupil', index + 1), schoolId },
				...{ groupId: anId('group', n), firstName: 'Noor', lastName: 'Bakker' },
				...(left[index] && { leftOn: left[index] }),
				...(sexes[index] && { sex: sexes[index] }),
			})),
			places: kinds.map((kind, index) => ({
				...{ type: 'place' as const, v: 1 as const, id: anId('place', index + 1), schoolId },
				...{ siteId: anId('site', (index % 2) + 1), name: kind, kind, rank: index },
				...(supervised[index] && { supervisedMinutes: supervised[index] }),
			})),
			persons: teaches.map((groupIds, index): Person => ({
				...{ type: 'person', v: 1, id: anId('person', index + 1), schoolId, name: 'Meester Jan', groupIds },
				roles: index === 0 ? ['teacher'] : ['supervisor'],
			})),
			calendars: calendars.map((each, index): Calendar => ({ ...each, id: anId('calendar', index + 1) })),
			schools: [
				{
					...{ type: 'school', v: 1, id: schoolId, name: 'De Wilg', zone: 'Europe/Amsterdam', region: 'middle' },
					...{ keepsSex, demo: false },
				} satisfies School,
			] as School[],
			thresholds: rules.map(({ incidents, madeAt }, index): Thresholds => ({
				...{ type: 'thresholds', v: 1, id: anId('thresholds', index + 1), schoolId, madeBy: anId('person', 9), madeAt },
				...{ structural: { incidents, weeks: 1, victims: 0 }, warning: { at: 5, before: 1 } },
			})),
			observations,
			processings: drafts.flatMap(({ decided }, index): Processing[] => {
				if (!decided) return [];
				const observationId = anId('observation', index + 1);
				const { account: corrected, incident, ...rest } = decided;
				return [
					{
						...{ type: 'processing', v: 1, id: processingIdFor(observationId), schoolId, observationId },
						incidentId: incident === null ? incidentIdFor(observationId) : anId('incident', incident),
						processedBy: anId('person', 9),
						...corrected,
						...rest,
					},
				];
			}),
			withdrawals: drafts.flatMap(({ withdrawnBy }, index) =>
				withdrawnBy
					? {
							...{ type: 'withdrawal' as const, v: 1 as const, id: anId('withdrawal', index + 1), schoolId },
							...{ observationId: anId('observation', index + 1), withdrawnAt: '2026-03-09T12:00:00Z' as Instant },
							...withdrawnBy,
						}
					: [],
			),
		};
	});
