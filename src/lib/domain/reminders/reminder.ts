import * as z from 'zod/mini';
import { CaseId, FollowUpId, PersonId, ReminderId, SchoolId } from '#domain/id.ts';
import { LocalDate } from '#domain/time/local-time.ts';

/** Written by the server's worker under an id derived from the follow-up, so that a second run changes nothing. */
export const Reminder = z.strictObject({
	type: z.literal('reminder'),
	v: z.literal(1),
	id: ReminderId,
	schoolId: SchoolId,
	reason: z.literal('followUp'),
	caseId: CaseId,
	followUpId: FollowUpId,
	ownerId: PersonId,
	/** First and last day on which it can well be done; both are school days. */
	from: LocalDate,
	until: LocalDate,
	resolved: z.boolean(),
});
export type Reminder = z.infer<typeof Reminder>;
