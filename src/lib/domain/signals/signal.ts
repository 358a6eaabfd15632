import * as z from 'zod/mini';
import { PersonId, PupilId, SchoolId, SignalId, SignalReviewId } from '#domain/id.ts';
import { Instant, LocalDate } from '#domain/time/local-time.ts';

const Text = z.string().check(z.trim(), z.minLength(1), z.maxLength(1000));

/**
 * What somebody notices about a child without anything having happened (MEL-04): of the child, then of the others around
 * it. Behaviour only: complaints of the body are health, which is not kept (M5-18).
 */
export const SignalKind = z.enum([
	'withdrawn',
	'alone',
	'notToSchool',
	'sad',
	'tense',
	'irritable',
	'workDeclines',
	'thingsGone',
	'nearAdults',
	'joked',
	'blamed',
	'leftOut',
	'lastInFirstOut',
	'worry',
]);
export type SignalKind = z.infer<typeof SignalKind>;

export const SignalSource = z.enum(['seen', 'pupil', 'otherPupil', 'parent', 'colleague']);
export type SignalSource = z.infer<typeof SignalSource>;

/** A concern about a pupil without an incident (MEL-04, DUK-06). It counts in no analysis: nothing was done to anybody. */
export const Signal = z.strictObject({
	type: z.literal('signal'),
	v: z.literal(1),
	id: SignalId,
	schoolId: SchoolId,
	pupilId: PupilId,
	kinds: z.array(SignalKind).check(z.minLength(1), z.maxLength(SignalKind.options.length)),
	/** How it came to whoever noted it. */
	from: SignalSource,
	on: LocalDate,
	note: z.optional(Text),
	/** Missing where the reader is neither a coordinator nor who noted it (M5-06). */
	notedBy: z.optional(PersonId),
	notedAt: Instant,
});
export type Signal = z.infer<typeof Signal>;

/** Somebody looked at the signals about a pupil: nothing is asked again until another one comes. */
export const SignalReview = z.strictObject({
	type: z.literal('signalReview'),
	v: z.literal(1),
	id: SignalReviewId,
	schoolId: SchoolId,
	pupilId: PupilId,
	/** Those that were seen: what was noted elsewhere and arrives later asks again. */
	signalIds: z.array(SignalId).check(z.minLength(1), z.maxLength(200)),
	note: z.optional(Text),
	reviewedBy: PersonId,
	reviewedAt: Instant,
});
export type SignalReview = z.infer<typeof SignalReview>;
