import * as z from 'zod/mini';
import { derivedId } from '#domain/derived-id.ts';
import {
	GroupId,
	PersonId,
	PupilId,
	RoundEntryId,
	RoundId,
	RoundSnapshotId,
	SchoolId,
	SiteId,
	type Id,
} from '#domain/id.ts';
import type { PupilStatus } from '#domain/status/status-decision.ts';
import { Instant, LocalDate } from '#domain/time/local-time.ts';

/** A round that was planned in the app, beside those that came with the school's calendar (M5-13). */
export const Round = z.strictObject({
	type: z.literal('round'),
	v: z.literal(1),
	id: RoundId,
	schoolId: SchoolId,
	/** `null`: every site. */
	siteId: z.nullable(SiteId),
	/** First and last day of the walk past the groups. Change is measured from one round's first day to the next. */
	on: LocalDate,
	until: LocalDate,
	plannedBy: PersonId,
	plannedAt: Instant,
});
export type Round = z.infer<typeof Round>;

/** A round of the school's calendar is no document: every device gives it the same id, so that all write about one. */
export function calendarRoundId(schoolId: SchoolId, on: LocalDate): Id<'round'> {
	return derivedId('round', `round ${schoolId} ${on}`);
}

const Text = z.string().check(z.trim(), z.minLength(1), z.maxLength(4000));

const MARKS = [
	z.strictObject({ kind: z.literal('talked'), pupilId: PupilId, done: z.boolean() }),
	z.strictObject({ kind: z.literal('complimented'), pupilId: PupilId, done: z.boolean() }),
	/** The parents of an A1 pupil are called, of an A2 pupil invited, before that pupil goes home (M5-13). */
	z.strictObject({ kind: z.literal('parentsCalled'), pupilId: PupilId, done: z.boolean() }),
	z.strictObject({ kind: z.literal('parentsInvited'), pupilId: PupilId, done: z.boolean() }),
	z.strictObject({ kind: z.literal('prepared'), groupId: GroupId, done: z.boolean() }),
	z.strictObject({ kind: z.literal('visited'), groupId: GroupId, done: z.boolean() }),
] as const;

/** Something one taps on the walk, and can take back: the last tap counts. */
export type RoundMark = z.infer<(typeof MARKS)[number]>;

const RoundEvent = z.discriminatedUnion('kind', [
	...MARKS,
	/** What the session of the team said; of one group or of the whole school. */
	z.strictObject({ kind: z.literal('note'), groupId: z.nullable(GroupId), text: Text }),
	z.strictObject({ kind: z.literal('moved'), on: LocalDate, until: LocalDate }),
	z.strictObject({ kind: z.literal('cancelled') }),
	z.strictObject({ kind: z.literal('closed') }),
]);
export type RoundEvent = z.infer<typeof RoundEvent>;

/** One thing that was done or said in a round: appended, so two phones on one walk never stand in each other's way. */
export const RoundEntry = z.strictObject({
	type: z.literal('roundEntry'),
	v: z.literal(1),
	id: RoundEntryId,
	schoolId: SchoolId,
	roundId: RoundId,
	what: RoundEvent,
	writtenBy: PersonId,
	writtenAt: Instant,
});
export type RoundEntry = z.infer<typeof RoundEntry>;

const Count = z.int().check(z.gte(0));

/** Each by name: a record of an enum would bring half a kilobyte of parser to every phone. */
const StatusCounts = z.strictObject({
	...{ A0: Count, A1: Count, A2: Count, N: Count, 'N+': Count },
	...{ S1: Count, S2: Count, SN: Count },
} satisfies Record<PupilStatus, typeof Count>);

const PupilAtRound = z.strictObject({
	pupilId: PupilId,
	/** Over the 365 days up to the round (M5-08). */
	instigator: Count,
	victim: Count,
	/** Of those, after the round before; `null` without one. */
	instigatorIncrease: z.nullable(Count),
	victimIncrease: z.nullable(Count),
});
export type PupilAtRound = z.infer<typeof PupilAtRound>;

/** How a site stood at a round. Kept as it was, so that change between rounds does not move afterwards. */
export const RoundSnapshot = z.strictObject({
	type: z.literal('roundSnapshot'),
	v: z.literal(1),
	id: RoundSnapshotId,
	schoolId: SchoolId,
	roundId: RoundId,
	siteId: SiteId,
	/** Last day that was counted: the first day of the round. */
	on: LocalDate,
	/** The round before it; `null` without one. */
	since: z.nullable(LocalDate),
	/** Over the 365 days up to `on`. */
	incidents: Count,
	/** After `since`, and the school days of that time; `null` without a round before. */
	incidentsSince: z.nullable(Count),
	schoolDaysSince: z.nullable(Count),
	/** Pupils who are structural by the school's rule (M5-09). */
	structural: Count,
	/** How many pupils stood where, by the decisions that held on the last day of the round. */
	statuses: StatusCounts,
	/** Of the site's pupils with a count. Left out after a year, and for who may see figures only. */
	pupils: z.optional(z.array(PupilAtRound).check(z.maxLength(5000))),
	madeBy: PersonId,
	madeAt: Instant,
});
export type RoundSnapshot = z.infer<typeof RoundSnapshot>;
