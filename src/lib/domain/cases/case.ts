import * as z from 'zod/mini';
import {
	CaseEntryId,
	CaseId,
	CaseVerdictId,
	FollowUpId,
	FollowUpOutcomeId,
	IncidentId,
	NonContractId,
	PersonId,
	ProtocolId,
	PupilId,
	SchoolId,
} from '#domain/id.ts';
import { Key, ProtocolName, TaskRole } from '#domain/protocols/protocol.ts';
import { Instant, LocalDate } from '#domain/time/local-time.ts';

/** The five B's (5B-01), in order: see, understand, decide, adjust, judge. Proper names of the method. */
export const FiveBStep = z.enum(['bekijken', 'begrijpen', 'beslissen', 'bijsturen', 'beoordelen']);
export type FiveBStep = z.infer<typeof FiveBStep>;

const Text = z.string().check(z.trim(), z.minLength(1), z.maxLength(4000));

export const CasePupil = z.strictObject({ pupilId: PupilId, role: z.enum(['instigator', 'victim']) });
export type CasePupil = z.infer<typeof CasePupil>;

/** A protocol that is followed for some pupils. Its state is folded from the facts appended to it (`foldCase`). */
export const Case = z.strictObject({
	type: z.literal('case'),
	v: z.literal(1),
	id: CaseId,
	schoolId: SchoolId,
	protocol: ProtocolName,
	/** The school's own version of that protocol; without it, the one that comes with Pleinwacht. */
	protocolId: z.optional(ProtocolId),
	pupils: z.array(CasePupil).check(z.minLength(1), z.maxLength(20)),
	/** What made somebody open it. */
	incidentIds: z.array(IncidentId).check(z.maxLength(200)),
	openedBy: PersonId,
	openedAt: Instant,
	/** Who works on it and may read it, beside the coordinator. */
	memberIds: z.array(PersonId).check(z.minLength(1), z.maxLength(20)),
	/** Who takes the steps of a role; otherwise the first member who has that role, or else who opened it. */
	assigned: z.optional(
		z.array(z.strictObject({ role: TaskRole, personId: PersonId })).check(z.maxLength(TaskRole.options.length)),
	),
});
export type Case = z.infer<typeof Case>;

/** A text written in a step. `turn` counts from 1: not stopped means again from see (5B-01). */
export const CaseEntry = z.strictObject({
	type: z.literal('caseEntry'),
	v: z.literal(1),
	id: CaseEntryId,
	schoolId: SchoolId,
	caseId: CaseId,
	turn: z.int().check(z.gte(1), z.lte(99)),
	step: Key,
	text: Text,
	writtenBy: PersonId,
	writtenAt: Instant,
});
export type CaseEntry = z.infer<typeof CaseEntry>;

/** A planned look back with one child (5B-04, 5B-07). */
export const FollowUp = z.strictObject({
	type: z.literal('followUp'),
	v: z.literal(1),
	id: FollowUpId,
	schoolId: SchoolId,
	caseId: CaseId,
	turn: z.int().check(z.gte(1), z.lte(99)),
	about: CasePupil,
	/** The day meant; the reminder's window shifts it off days without school. */
	plannedOn: LocalDate,
	ownerId: PersonId,
	/** The evaluation of a child's own agreement (MEL-09): it takes the place of no other look back. */
	nonContractId: z.optional(NonContractId),
	setBy: PersonId,
	setAt: Instant,
});
export type FollowUp = z.infer<typeof FollowUp>;

/**
 * What came of a follow-up, one that a person planned or one that follows from a clock of the protocol. `moved` and
 * `handedOver` keep it open under the new date or owner.
 */
export const FollowUpOutcome = z.strictObject({
	type: z.literal('followUpOutcome'),
	v: z.literal(1),
	id: FollowUpOutcomeId,
	schoolId: SchoolId,
	caseId: CaseId,
	followUpId: FollowUpId,
	outcome: z.discriminatedUnion('kind', [
		z.strictObject({ kind: z.literal('done'), stopped: z.enum(['yes', 'partly', 'no']) }),
		z.strictObject({ kind: z.literal('moved'), plannedOn: LocalDate }),
		z.strictObject({ kind: z.literal('handedOver'), ownerId: PersonId }),
		/** Not needed any more; the note says why. */
		z.strictObject({ kind: z.literal('cancelled') }),
	]),
	note: z.optional(Text),
	recordedBy: PersonId,
	recordedAt: Instant,
});
export type FollowUpOutcome = z.infer<typeof FollowUpOutcome>;

/** The judgement that ends a turn (5B-07): stopped closes the case, not stopped starts the next turn. */
export const CaseVerdict = z.strictObject({
	type: z.literal('caseVerdict'),
	v: z.literal(1),
	id: CaseVerdictId,
	schoolId: SchoolId,
	caseId: CaseId,
	turn: z.int().check(z.gte(1), z.lte(99)),
	verdict: z.enum(['stopped', 'notStopped']),
	text: Text,
	judgedBy: PersonId,
	judgedAt: Instant,
});
export type CaseVerdict = z.infer<typeof CaseVerdict>;
