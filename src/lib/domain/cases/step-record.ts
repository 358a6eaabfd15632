import * as z from 'zod/mini';
import { CaseId, ConsentId, PersonId, PupilId, SchoolId, StepRecordId } from '#domain/id.ts';
import { Key } from '#domain/protocols/protocol.ts';
import { Instant, LocalDate } from '#domain/time/local-time.ts';

const Text = z.string().check(z.trim(), z.minLength(1), z.maxLength(4000));

/** A line of a plan: what, by whom, before which day (5B-04). */
const PlanLine = z.strictObject({
	text: Text,
	ownerId: z.optional(PersonId),
	until: z.optional(LocalDate),
});
export type PlanLine = z.infer<typeof PlanLine>;

/** What was answered to a question of a step; which shape fits follows from the question's kind. */
const Answer = z.strictObject({
	field: Key,
	value: z.union([
		z.string().check(z.maxLength(4000)),
		z.boolean(),
		z.array(PlanLine).check(z.minLength(1), z.maxLength(40)),
		z.array(z.string().check(z.maxLength(200))).check(z.maxLength(40)),
	]),
});
export type Answer = z.infer<typeof Answer>;

/** A step of the protocol that somebody took, or left out and said why. Appended; the engine makes the state of it. */
export const StepRecord = z.strictObject({
	type: z.literal('stepRecord'),
	v: z.literal(1),
	id: StepRecordId,
	schoolId: SchoolId,
	caseId: CaseId,
	turn: z.int().check(z.gte(1), z.lte(99)),
	step: Key,
	/** With which child, in a step that is taken with each. */
	pupilId: z.optional(PupilId),
	result: z.enum(['done', 'skipped']),
	/** The day it was done; may be earlier than the day it was written down. */
	on: LocalDate,
	outcome: z.optional(Key),
	answers: z.optional(z.array(Answer).check(z.maxLength(30))),
	checked: z.optional(z.array(Key).check(z.maxLength(60))),
	note: z.optional(Text),
	recordedBy: PersonId,
	recordedAt: Instant,
});
export type StepRecord = z.infer<typeof StepRecord>;

/** What somebody said when asked to agree to a step (MEL-10). The last word counts. */
export const Consent = z.strictObject({
	type: z.literal('consent'),
	v: z.literal(1),
	id: ConsentId,
	schoolId: SchoolId,
	caseId: CaseId,
	consent: Key,
	/** Whose; left out for parents. */
	pupilId: z.optional(PupilId),
	given: z.enum(['yes', 'no', 'withdrawn']),
	on: LocalDate,
	note: z.optional(Text),
	recordedBy: PersonId,
	recordedAt: Instant,
});
export type Consent = z.infer<typeof Consent>;
