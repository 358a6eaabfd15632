import * as z from 'zod/mini';
import { GroupId, IncidentId, ObservationId, PersonId, PlaceId, ProcessingId, SchoolId } from '#domain/id.ts';
import { Basket } from '#domain/observation/basket.ts';
import { Behaviour, Form } from '#domain/observation/behaviour.ts';
import { Participant } from '#domain/observation/observation.ts';
import { Instant } from '#domain/time/local-time.ts';
import { RegisterBetween, RegisterType } from './register.ts';

/** Why someone goes too far (M5-03): never guessed, so it stays open until a teacher's questionnaire says. */
export const AggressionFunction = z.enum(['reactive', 'proactive']);
export type AggressionFunction = z.infer<typeof AggressionFunction>;

/**
 * `open`: put back to process, after an undo; the observation then counts as it was told, and only
 * `incidentId` still holds. A fact once written is not deleted, so undoing is a revision too.
 */
export const ProcessingOutcome = z.enum(['confirmed', 'setAside', 'open']);
export type ProcessingOutcome = z.infer<typeof ProcessingOutcome>;

/**
 * What the coordinator makes of one observation (M5-07): persons checked, classified, merged into an
 * incident, confirmed or set aside. A document of its own, so the reporter's account stays as it was told.
 */
export const Processing = z.strictObject({
	type: z.literal('processing'),
	v: z.literal(1),
	id: ProcessingId,
	schoolId: SchoolId,
	observationId: ObservationId,
	/** Observations with the same incident tell of one event and count once. */
	incidentId: IncidentId,
	outcome: ProcessingOutcome,
	participants: z.array(Participant).check(z.maxLength(40)),
	victimGroupId: z.nullable(GroupId),
	behaviours: z.array(Behaviour).check(z.minLength(1), z.maxLength(12)),
	forms: z.array(Form).check(z.maxLength(4)),
	aggressionFunction: z.nullable(AggressionFunction),
	basket: Basket,
	placeId: z.nullable(PlaceId),
	/** In the register for the inspectorate (DUK-01); left out: not in it. */
	registerTypes: z.optional(z.array(RegisterType).check(z.minLength(1), z.maxLength(RegisterType.options.length))),
	registerBetween: z.optional(RegisterBetween),
	note: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(2000))),
	/** Missing, like the note, where the reader is not a coordinator. */
	processedBy: z.optional(PersonId),
	processedAt: Instant,
});
export type Processing = z.infer<typeof Processing>;
