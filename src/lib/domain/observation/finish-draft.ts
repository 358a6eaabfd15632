import type { ObservationId, PersonId, SchoolId } from '#domain/id.ts';
import { refuse, ok, type Result } from '#domain/result.ts';
import type { RosterIndex } from '#domain/school/roster-index.ts';
import type { Instant, LocalDateTime, TimeZone } from '#domain/time/local-time.ts';
import { proposedBasket } from './behaviour.ts';
import {
	basketOf,
	isDigital,
	isGood,
	openSlots,
	victimGroupOf,
	type ObservationDraft,
	type OpenSlot,
} from './draft.ts';
import type { Observation, Participant, ParticipantRole } from './observation.ts';
import { whenAt, type When } from './when.ts';

export interface DraftContext {
	readonly schoolId: SchoolId;
	readonly reporterId: PersonId;
	readonly zone: TimeZone;
	/** The wall clock at school. */
	readonly now: LocalDateTime;
	readonly notedAt: Instant;
	readonly roster: Pick<RosterIndex, 'groupOf' | 'place' | 'places'>;
}

export type DraftProblem =
	{ readonly kind: 'open'; readonly slots: readonly OpenSlot[] } | { readonly kind: 'inFuture' };

const GOOD_ROLE = { instigator: 'contributor', victim: 'beneficiary' } as const;
const DRAFT_ROLE = { contributor: 'instigator', beneficiary: 'victim' } as const;

/** Makes the observation, or says what is still open. Nobody who did something good leaves here as an instigator. */
export function toObservation(draft: ObservationDraft, context: DraftContext): Result<Observation, DraftProblem> {
	const { roster } = context;
	const basket = basketOf(draft);
	const slots = openSlots(draft, roster);
	if (slots.length > 0 || !basket) return refuse({ kind: 'open', slots });
	if (draft.when.at > context.now) return refuse({ kind: 'inFuture' });
	const motive = draft.motive.trim();
	const note = draft.note.trim();
	return ok({
		type: 'observation',
		v: 1,
		id: draft.id,
		schoolId: context.schoolId,
		reporterId: context.reporterId,
		...(draft.toldBy && { toldBy: draft.toldBy }),
		occurredAt: draft.when.at,
		zone: context.zone,
		precision: draft.when.precision,
		notedAt: context.notedAt,
		placeId: draft.placeId,
		outsideSchool: draft.outsideSchool,
		participants: isGood(draft) ? draft.participants.map((each) => inRole(each, GOOD_ROLE)) : draft.participants,
		victimGroupId: victimGroupOf(draft, roster),
		behaviours: draft.behaviours,
		digital: isDigital(draft, roster),
		basket,
		handling: draft.handling,
		means: draft.means,
		...(motive && { motive }),
		...(note && { note }),
	});
}

/** Opens an observation again, to correct it: the same id, every word as it was. */
export function draftOf(observation: Observation, now: LocalDateTime): ObservationDraft {
	const participants = observation.participants.map((each) => inRole(each, DRAFT_ROLE));
	const has = (role: ParticipantRole) => participants.some((each) => each.role === role);
	return {
		v: 1,
		id: observation.id,
		corrects: true,
		participants,
		instigatorUnseen: !has('instigator'),
		nobodyAimedAt: !has('victim') && !observation.victimGroupId,
		victimGroupId: observation.victimGroupId,
		behaviours: observation.behaviours,
		basket: observation.basket === proposedBasket(observation.behaviours) ? null : observation.basket,
		digital: observation.digital,
		placeId: observation.placeId,
		outsideSchool: observation.outsideSchool,
		when: whenAt(observation.occurredAt, now, observation.precision),
		handling: observation.handling,
		means: observation.means,
		motive: observation.motive ?? '',
		note: observation.note ?? '',
		toldBy: observation.toldBy ?? null,
	};
}

/** "The same again": who, what and where as before, at another moment. Words that belonged to the first stay with it. */
export function sameAgain(observation: Observation, start: { id: ObservationId; when: When }): ObservationDraft {
	const before = draftOf(observation, start.when.saidAt);
	return { ...before, ...start, corrects: false, motive: '', note: '', toldBy: null };
}

function inRole(
	participant: Participant,
	roles: Readonly<Partial<Record<ParticipantRole, ParticipantRole>>>,
): Participant {
	return { ...participant, role: roles[participant.role] ?? participant.role };
}
