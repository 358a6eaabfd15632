import * as z from 'zod/mini';
import { PersonId, PupilId, SchoolId, StatusDecisionId } from '#domain/id.ts';
import { Instant, LocalDate } from '#domain/time/local-time.ts';

/**
 * Where a pupil stands (M5-11). As instigator: A0 addressed in general, A1 by name and stops by own strength, A2 by name and
 * with help, N normalised, N+ normalised under closer watch. As victim: S1 informal support, S2 external help, SN normalised.
 * Pupils are never told.
 */
export const PupilStatus = z.enum(['A0', 'A1', 'A2', 'N', 'N+', 'S1', 'S2', 'SN']);
export type PupilStatus = z.infer<typeof PupilStatus>;

const Count = z.int().check(z.gte(0));

/** What the counters said when it was decided, so that a later reader sees why (M5-08). */
const StatusEvidence = z.strictObject({
	/** Last day of the 365 that were counted. */
	until: LocalDate,
	reporter: Count,
	instigator: Count,
	victim: Count,
	/** The round before it, and what came after that day as instigator and as victim; `null` without one. */
	since: z.nullable(LocalDate),
	instigatorIncrease: z.nullable(Count),
	victimIncrease: z.nullable(Count),
});

/** A person decides (D9): the program shows and proposes. Appended, never changed: together they are the history. */
export const StatusDecision = z.strictObject({
	type: z.literal('statusDecision'),
	v: z.literal(1),
	id: StatusDecisionId,
	schoolId: SchoolId,
	pupilId: PupilId,
	status: PupilStatus,
	/** First day it holds. */
	from: LocalDate,
	reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(2000)),
	evidence: StatusEvidence,
	decidedBy: PersonId,
	decidedAt: Instant,
});
export type StatusDecision = z.infer<typeof StatusDecision>;
