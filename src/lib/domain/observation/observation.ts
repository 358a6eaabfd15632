import * as z from 'zod/mini';
import { GroupId, ObservationId, PersonId, PlaceId, PupilId, SchoolId, WithdrawalId } from '#domain/id.ts';
import { Instant, LocalDateTime, TimeZone } from '#domain/time/local-time.ts';
import { Basket } from './basket.ts';
import { Behaviour } from './behaviour.ts';

/**
 * What a child was in it. A green observation has a contributor and perhaps a beneficiary; nobody who did
 * something good is ever stored as an instigator.
 */
export const ParticipantRole = z.enum(['instigator', 'victim', 'bystander', 'contributor', 'beneficiary']);
export type ParticipantRole = z.infer<typeof ParticipantRole>;

/** A child by id, or in words when the reporter did not know the name. */
export const Participant = z.union([
	z.strictObject({ role: ParticipantRole, pupilId: PupilId }),
	z.strictObject({ role: ParticipantRole, description: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)) }),
]);
export type Participant = z.infer<typeof Participant>;

/** How it was handled on the spot (M5-01, DUK-04). */
export const Handling = z.enum([
	'spoken',
	'separated',
	'comforted',
	'repaired',
	'bookmark',
	'timeOut',
	'passedOn',
	'compliment',
	'none',
]);
export type Handling = z.infer<typeof Handling>;

/** With what (M5-01): things and digital systems. */
export const Means = z.enum([
	'ball',
	'stick',
	'stone',
	'sandOrSnow',
	'clothing',
	'bag',
	'bicycle',
	'phone',
	'chat',
	'game',
	'socialMedia',
	'photoOrVideo',
	'other',
]);
export type Means = z.infer<typeof Means>;

const ShortText = z.string().check(z.trim(), z.minLength(1), z.maxLength(500));
const LongText = z.string().check(z.trim(), z.minLength(1), z.maxLength(2000));

/**
 * One account of what happened, as its reporter saw it (M5-01, seven questions). Only its reporter may
 * correct it. A document the gateway hands to a teacher lacks `reporterId` and `toldBy` (M5-06).
 */
export const Observation = z.strictObject({
	type: z.literal('observation'),
	v: z.literal(1),
	id: ObservationId,
	schoolId: SchoolId,
	/** Who logged it. Missing where the reader may not know. */
	reporterId: z.optional(PersonId),
	/** The pupil who told the adult, if that is how it came in: counts as this pupil's reporter figure (M5-08). */
	toldBy: z.optional(PupilId),
	occurredAt: LocalDateTime,
	zone: TimeZone,
	/** `about`: the reporter picked "ten minutes ago" or "yesterday at lunch". */
	precision: z.enum(['exact', 'about']),
	/** The device's clock when it was saved; the server's receipt stands in the envelope. */
	notedAt: Instant,
	placeId: z.nullable(PlaceId),
	/** Outside school or school hours counts too (M5-04). */
	outsideSchool: z.boolean(),
	participants: z.array(Participant).check(z.maxLength(40)),
	/** The whole group it was aimed at, as victim (M5-02). */
	victimGroupId: z.nullable(GroupId),
	behaviours: z.array(Behaviour).check(z.minLength(1), z.maxLength(12)),
	/** By way of a digital system (M5-03). */
	digital: z.boolean(),
	basket: Basket,
	handling: z.array(Handling).check(z.maxLength(9)),
	means: z.array(Means).check(z.maxLength(13)),
	motive: z.optional(ShortText),
	note: z.optional(LongText),
});
export type Observation = z.infer<typeof Observation>;

/** The reporter takes an observation back. The account itself stays, so nothing that was written is lost. */
export const Withdrawal = z.strictObject({
	type: z.literal('withdrawal'),
	v: z.literal(1),
	id: WithdrawalId,
	schoolId: SchoolId,
	observationId: ObservationId,
	/** Missing where the reader may not know who reported (M5-06). */
	withdrawnBy: z.optional(PersonId),
	withdrawnAt: Instant,
});
export type Withdrawal = z.infer<typeof Withdrawal>;
