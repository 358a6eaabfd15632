import * as z from 'zod/mini';
import { CaseId, PersonId, PupilId, SchoolId, StepInvitationId } from '#domain/id.ts';
import { Key, ProtocolName } from '#domain/protocols/protocol.ts';
import { Instant, LocalDate } from '#domain/time/local-time.ts';
import type { StepRecord } from './step-record.ts';

/**
 * Somebody who does not work on a case is asked to do one step of it (D7). It holds all that person gets to see: what is
 * asked, about which children, and nobody's role; neither the case nor anything else of it travels.
 */
export const StepInvitation = z.strictObject({
	type: z.literal('stepInvitation'),
	v: z.literal(1),
	id: StepInvitationId,
	schoolId: SchoolId,
	caseId: CaseId,
	turn: z.int().check(z.gte(1), z.lte(99)),
	protocol: ProtocolName,
	step: Key,
	personId: PersonId,
	/** Whom it is about; only those who have to be named for it. */
	pupilIds: z.array(PupilId).check(z.minLength(1), z.maxLength(20)),
	/** What is asked, in the words of who asks. */
	text: z.string().check(z.trim(), z.minLength(1), z.maxLength(1000)),
	until: z.optional(LocalDate),
	invitedBy: PersonId,
	invitedAt: Instant,
});
export type StepInvitation = z.infer<typeof StepInvitation>;

/** What was written in answer: the latest record of that person in that step and turn; undefined while it is open. */
export function answerTo(invitation: StepInvitation, records: Iterable<StepRecord>): StepRecord | undefined {
	let answer: StepRecord | undefined;
	for (const each of records) {
		const fits = each.caseId === invitation.caseId && each.step === invitation.step && each.turn === invitation.turn;
		if (!fits || each.recordedBy !== invitation.personId) continue;
		if (Date.parse(each.recordedAt) < Date.parse(invitation.invitedAt)) continue;
		if (!answer || each.id > answer.id) answer = each;
	}
	return answer;
}

/** What is asked of this person and not answered yet, what has to be done first on top. */
export function openInvitations(
	personId: PersonId,
	invitations: Iterable<StepInvitation>,
	records: readonly StepRecord[],
): StepInvitation[] {
	return [...invitations]
		.filter((each) => each.personId === personId && !answerTo(each, records))
		.sort((a, b) => compare(a.until ?? '9999', b.until ?? '9999') || compare(a.id, b.id));
}

function compare(a: string, b: string): number {
	if (a === b) return 0;
	return a < b ? -1 : 1;
}
