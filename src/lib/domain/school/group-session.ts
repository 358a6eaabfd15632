import * as z from 'zod/mini';
import { GroupId, GroupSessionId, PersonId, SchoolId } from '#domain/id.ts';
import { Instant, LocalDate } from '#domain/time/local-time.ts';

/** Reviews of each group in a school year (DUK-08). */
export const REVIEWS_A_YEAR = 3;

/**
 * What was said about a group and agreed: in the review three times a year (DUK-08), or for the teacher who takes over
 * (MEL-08). Appended, never changed; it names children, so it is kept as long as what it is about.
 */
export const GroupSession = z.strictObject({
	type: z.literal('groupSession'),
	v: z.literal(1),
	id: GroupSessionId,
	schoolId: SchoolId,
	groupId: GroupId,
	kind: z.enum(['review', 'handover']),
	on: LocalDate,
	text: z.string().check(z.trim(), z.minLength(1), z.maxLength(4000)),
	/** Who takes over, and reads it whichever groups are theirs; `null` in a review. */
	forPersonId: z.nullable(PersonId),
	writtenBy: PersonId,
	writtenAt: Instant,
});
export type GroupSession = z.infer<typeof GroupSession>;

/** Of this group and kind from a day on, the last one first. */
export function sessionsOf(
	all: Iterable<GroupSession>,
	groupId: string,
	kind: GroupSession['kind'],
	from: LocalDate,
): GroupSession[] {
	return [...all]
		.filter((each) => each.groupId === groupId && each.kind === kind && each.on >= from)
		.sort((a, b) => Date.parse(b.writtenAt) - Date.parse(a.writtenAt) || (a.id < b.id ? 1 : -1));
}

/** On how many days the group was reviewed: what two people write in one meeting is one review. */
export function reviewsHeld(reviews: readonly GroupSession[]): number {
	return new Set(reviews.map(({ on }) => on)).size;
}
