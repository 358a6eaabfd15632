import * as z from 'zod/mini';
import { CaseId, FollowUpId, PersonId, PupilId, ReminderId, SchoolId } from '#domain/id.ts';
import { Key } from '#domain/protocols/protocol.ts';
import { LocalDate } from '#domain/time/local-time.ts';

/**
 * Written by the server's worker under an id derived from the follow-up, so that a second run changes nothing. Which day
 * it is makes no difference to it; what a day brings is `dueReminders`'.
 */
export const Reminder = z.strictObject({
	type: z.literal('reminder'),
	v: z.literal(1),
	id: ReminderId,
	schoolId: SchoolId,
	/** `followUp`: a look back that somebody planned; `step`: follows from a clock of the protocol. */
	reason: z.enum(['followUp', 'step']),
	caseId: CaseId,
	followUpId: FollowUpId,
	turn: z.optional(z.int().check(z.gte(1))),
	step: z.optional(Key),
	about: z.optional(z.strictObject({ pupilId: PupilId, role: z.enum(['instigator', 'victim', 'supporter']) })),
	ownerId: PersonId,
	/** First and last day on which it can well be done; both are school days. */
	from: LocalDate,
	until: LocalDate,
	resolved: z.boolean(),
	because: z.optional(
		z.enum(['done', 'cancelled', 'nextTurn', 'closed', 'refused', 'planned', 'pupilLeft', 'pupilErased', 'withdrawn']),
	),
});
export type Reminder = z.infer<typeof Reminder>;
