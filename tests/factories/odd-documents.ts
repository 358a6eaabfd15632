import type { DomainDocument } from '#domain/document.ts';
import type { Observation } from '#domain/observation/observation.ts';
import type { LocalDate, LocalDateTime } from '#domain/time/local-time.ts';
import { aCalendar } from './cases.ts';
import { anId, anObservation, aPupil } from './school.ts';

export interface OddCase {
	/** As in the table of `docs/analysis.md`. */
	readonly name: string;
	readonly documents: readonly DomainDocument[];
	/** What the analysis up to `ODD_UNTIL` says of it, as far as it is about the oddity. */
	readonly says: object;
}

export const ODD_UNTIL = '2026-11-19' as LocalDate;

const at = (n: number, moment: string, over: Partial<Observation> = {}) =>
	anObservation(n, { occurredAt: moment as LocalDateTime, ...over });
const counted = (n: number, roles: object) => ({ pupilId: anId('pupil', n), ...roles });
const onOneDay = Array.from({ length: 30 }, (_, n) => at(n + 1, `2026-11-18T12:${n + 10}`));

/** What a school’s documents may hold though nobody meant it, and what the analysis makes of it (`docs/analysis.md`). */
export const ODD_CASES: readonly OddCase[] = [
	{
		name: 'a pupil whom no roster holds',
		documents: [aPupil(2, 'Noor'), at(1, '2026-11-18T12:14')],
		says: {
			counts: { incidents: 1 },
			counters: [
				counted(1, { groupId: null, instigator: 1, victim: 0 }),
				counted(2, { groupId: anId('group', 6), victim: 1 }),
			],
			pareto: { pairs: 1, pupils: 2 },
			integrity: { unknownPupils: [anId('pupil', 1)] },
		},
	},
	{
		name: 'a pupil who had left',
		documents: [
			{ ...aPupil(1, 'Daan'), leftOn: '2026-11-01' as LocalDate },
			...[aPupil(2, 'Noor'), at(1, '2026-11-01T12:14'), at(2, '2026-11-18T12:14')],
		],
		says: {
			counters: [counted(1, { instigator: 2 }), counted(2, { victim: 2 })],
			integrity: { afterLeaving: 1, unknownPupils: [] },
		},
	},
	{
		name: 'two roles for one child in one observation',
		documents: [
			aPupil(1, 'Daan'),
			at(1, '2026-11-18T12:14', {
				participants: [
					{ role: 'instigator', pupilId: anId('pupil', 1) },
					{ role: 'victim', pupilId: anId('pupil', 1) },
				],
			}),
		],
		says: {
			counts: { incidents: 1 },
			counters: [counted(1, { instigator: 1, victim: 1 })],
			pairs: [],
			integrity: { withTwoRoles: 1 },
		},
	},
	{
		name: 'the same child twice in one role',
		documents: [
			aPupil(1, 'Daan'),
			at(1, '2026-11-18T12:14', {
				participants: [1, 1].map((n) => ({ role: 'instigator', pupilId: anId('pupil', n) })),
			}),
		],
		says: { counters: [counted(1, { instigator: 1 })], pareto: { pairs: 1 }, integrity: { withTwoRoles: 0 } },
	},
	{
		name: 'nobody named',
		documents: [at(1, '2026-11-18T12:14', { participants: [] })],
		says: {
			counts: { incidents: 1 },
			...{ counters: [], structural: { unknown: { incidents: 1 } } },
			pareto: { pairs: 0, incidentsWithoutInstigator: 1, chance: null },
		},
	},
	{
		name: 'the future',
		documents: [at(1, '2026-11-19T23:59'), at(2, '2026-11-20T00:00'), at(3, '2030-01-08T12:14')],
		says: { counts: { incidents: 1 }, integrity: { afterPeriod: 2 } },
	},
	{
		name: 'a mistyped year',
		documents: [at(1, '2026-11-18T12:14'), at(2, '0026-11-18T12:14'), at(3, '9999-12-31T23:59')],
		says: { counts: { incidents: 1 }, integrity: { beforePeriod: 1, afterPeriod: 1 } },
	},
	{
		name: 'before the school year',
		// A Wednesday in the summer that no calendar holds, and a day of last year.
		documents: [aCalendar(), at(1, '2026-07-15T12:14'), at(2, '2025-11-19T12:14')],
		says: { counts: { incidents: 1 }, integrity: { beforePeriod: 1, onFreeDays: 0 } },
	},
	{
		name: 'the hours in which the clock changes',
		documents: [at(1, '2026-03-29T02:30'), at(2, '2026-10-25T02:30'), at(3, '2026-10-25T02:30')],
		says: {
			counts: { incidents: 3 },
			hours: Array.from({ length: 24 }, (_, hour) => (hour === 2 ? 3 : 0)),
			weekdays: [0, 0, 0, 0, 0, 0, 3],
		},
	},
	{
		name: 'an empty school',
		documents: [],
		says: {
			counts: { observations: 0, incidents: 0, unprocessed: 0, green: 0 },
			pareto: { pairs: 0, pupilsAt80: 0, pupils: 0, chance: null },
			...{ counters: [], precision: null, sinceRound: null, rhythm: { trend: { direction: 'tooFew' } } },
		},
	},
	{
		name: 'one observation',
		documents: [at(1, '2026-11-18T12:14')],
		says: {
			violent: { incidents: 1, share: 1, high: 1 },
			structural: { pupils: [], pyramid: { incidental: 1 } },
			rhythm: { trend: { direction: 'tooFew' } },
		},
	},
	{
		name: 'all on one day',
		documents: onOneDay,
		says: {
			counts: { incidents: 30 },
			structural: { pupils: [] },
			integrity: { likelyDoubles: (30 * 29) / 2 },
			rhythm: { trend: { direction: 'level' } },
		},
	},
];
