import * as z from 'zod/mini';
import { KeyFiguresId, PersonId, SchoolId, type PupilId } from '#domain/id.ts';
import type { Observation, Withdrawal } from '#domain/observation/observation.ts';
import type { Person, Pupil } from '#domain/school/roster.ts';
import { standingsOn } from '#domain/status/standing.ts';
import type { PupilStatus, StatusDecision } from '#domain/status/status-decision.ts';
import { dateOf, Instant, LocalDate } from '#domain/time/local-time.ts';

const Count = z.int().check(z.gte(0));

/** Pupils by sex; `unknown` where the school does not keep it. */
export const PupilCount = z.strictObject({ boys: Count, girls: Count, unknown: Count });
export type PupilCount = z.infer<typeof PupilCount>;

/** One school on one day, in numbers only (M5-15): what a fact sheet and the yearly key figures are made of. */
export const KeyFigures = z.strictObject({
	type: z.literal('keyFigures'),
	v: z.literal(1),
	id: KeyFiguresId,
	schoolId: SchoolId,
	on: LocalDate,
	/** Pupils and adults together. */
	users: Count,
	pupils: Count,
	/** Observations since the start, those taken back left out. */
	observations: Count,
	/** A0, A1, A2 · N, N+ · S1, S2 · SN (M5-11). */
	instigators: PupilCount,
	stopped: PupilCount,
	victims: PupilCount,
	/** `null`: not counted then. */
	victimsNoMore: z.nullable(PupilCount),
	madeBy: PersonId,
	madeAt: Instant,
});
export type KeyFigures = z.infer<typeof KeyFigures>;

export interface KeyFigureFacts {
	readonly pupils: readonly Pupil[];
	readonly persons: readonly Person[];
	readonly observations: readonly Observation[];
	readonly withdrawals: readonly Withdrawal[];
	readonly decisions: readonly StatusDecision[];
}

type Counted = Omit<KeyFigures, 'type' | 'v' | 'id' | 'schoolId' | 'on' | 'madeBy' | 'madeAt'>;

/** The key figures of a school as its documents stand on a day: statuses by that day, observations that occurred up to it. */
export function keyFiguresOn(facts: KeyFigureFacts, on: LocalDate): Counted {
	const { pupils, persons, observations, withdrawals, decisions } = facts;
	const here = pupils.filter(({ leftOn }) => leftOn === undefined || leftOn >= on);
	const sexOf = new Map(pupils.map(({ id, sex }) => [id, sex]));
	const standings = [...standingsOn(decisions, on)];
	const withdrawn = new Set(withdrawals.map(({ observationId }) => observationId));
	const count = (...statuses: readonly PupilStatus[]): PupilCount => {
		const counted = { boys: 0, girls: 0, unknown: 0 };
		for (const [pupilId, { instigator, victim }] of standings) {
			const stands = [instigator, victim].some((each) => each !== null && statuses.includes(each.status));
			if (stands) counted[partOf(sexOf, pupilId)]++;
		}
		return counted;
	};
	return {
		users: here.length + persons.length,
		pupils: here.length,
		observations: observations.filter(({ id, occurredAt }) => dateOf(occurredAt) <= on && !withdrawn.has(id)).length,
		instigators: count('A0', 'A1', 'A2'),
		stopped: count('N', 'N+'),
		victims: count('S1', 'S2'),
		victimsNoMore: count('SN'),
	};
}

function partOf(sexOf: ReadonlyMap<PupilId, Pupil['sex']>, pupilId: PupilId): keyof PupilCount {
	const sex = sexOf.get(pupilId);
	if (sex === 'boy') return 'boys';
	return sex === 'girl' ? 'girls' : 'unknown';
}
