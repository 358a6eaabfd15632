import { processingIdFor, type GroupId, type IncidentId, type PersonId, type PlaceId } from '#domain/id.ts';
import type { Basket } from '#domain/observation/basket.ts';
import { formsOf, type Behaviour, type Form } from '#domain/observation/behaviour.ts';
import type { Observation, Participant, ParticipantRole } from '#domain/observation/observation.ts';
import { ok, refuse, type Result } from '#domain/result.ts';
import type { Instant } from '#domain/time/local-time.ts';
import type { InboxItem } from './inbox-items.ts';
import type { AggressionFunction, Processing, ProcessingOutcome } from './processing.ts';
import type { RegisterBetween, RegisterType } from './register.ts';

/** What the coordinator is making of one observation, before it is said (M5-07). */
export interface ProcessingDraft {
	readonly incidentId: IncidentId;
	readonly participants: readonly Participant[];
	readonly victimGroupId: GroupId | null;
	readonly behaviours: readonly Behaviour[];
	readonly forms: readonly Form[];
	/** Stays open until somebody answers it: never guessed (M5-03). */
	readonly aggressionFunction: AggressionFunction | null;
	readonly basket: Basket;
	readonly placeId: PlaceId | null;
	/** In the register for the inspectorate (DUK-01); empty: not in it. */
	readonly registerTypes: readonly RegisterType[];
	/** Null: between pupils. */
	readonly registerBetween: RegisterBetween | null;
	readonly note: string;
}

export type DraftProblem =
	{ readonly kind: 'noBehaviour' } | { readonly kind: 'greenWithInstigator' } | { readonly kind: 'noteTooLong' };

/** Who decides, and when. */
export interface ProcessingStamp {
	readonly by: PersonId;
	readonly at: Instant;
}

/** The limit of the document's own note. */
export const MAX_NOTE_LENGTH = 2000;

/** Starts from what was decided before, or else from the observation as it was told. */
export function draftOf(item: InboxItem): ProcessingDraft {
	const { processing } = item;
	if (!processing || processing.outcome === 'open') return draftAsTold(item);
	const { incidentId, participants, victimGroupId, behaviours, forms, aggressionFunction, basket, placeId } =
		processing;
	const { registerTypes = [], registerBetween = null, note = '' } = processing;
	return {
		...{ incidentId, participants, victimGroupId, behaviours, forms, aggressionFunction, basket, placeId },
		...{ registerTypes, registerBetween, note },
	};
}

function draftAsTold({ observation, incidentId }: InboxItem): ProcessingDraft {
	const { participants, victimGroupId, behaviours, basket, placeId } = observation;
	return {
		incidentId,
		participants,
		victimGroupId,
		behaviours,
		forms: formsOf(behaviours),
		aggressionFunction: null,
		basket,
		placeId,
		registerTypes: [],
		registerBetween: null,
		note: '',
	};
}

export function problemOf(draft: ProcessingDraft): DraftProblem | null {
	if (draft.behaviours.length === 0) return { kind: 'noBehaviour' };
	if (draft.basket === 'green' && draft.participants.some(({ role }) => role === 'instigator')) {
		return { kind: 'greenWithInstigator' };
	}
	return draft.note.trim().length > MAX_NOTE_LENGTH ? { kind: 'noteTooLong' } : null;
}

/** The document that says it: confirmed (it counts as corrected) or set aside (it does not count). */
export function decide(
	observation: Observation,
	draft: ProcessingDraft,
	outcome: Exclude<ProcessingOutcome, 'open'>,
	stamp: ProcessingStamp,
): Result<Processing, DraftProblem> {
	const problem = problemOf(draft);
	if (problem) return refuse(problem);
	return ok(processingOf(observation, draft, outcome, stamp));
}

/**
 * Undoes the last decision on an observation by writing what stood before: the earlier processing, or, when
 * there was none, one that says "still to process".
 */
export function revert(before: InboxItem, stamp: ProcessingStamp): Processing {
	const outcome = before.processing?.outcome ?? 'open';
	return processingOf(before.observation, draftOf(before), outcome, stamp);
}

export function processingOf(
	observation: Observation,
	draft: ProcessingDraft,
	outcome: ProcessingOutcome,
	stamp: ProcessingStamp,
): Processing {
	const { note, registerTypes, registerBetween, ...decided } = draft;
	return {
		type: 'processing',
		v: 1,
		id: processingIdFor(observation.id),
		schoolId: observation.schoolId,
		observationId: observation.id,
		outcome,
		...decided,
		participants: distinct(draft.participants),
		behaviours: [...draft.behaviours],
		forms: [...draft.forms],
		...(registerTypes.length > 0 && { registerTypes: [...registerTypes], ...(registerBetween && { registerBetween }) }),
		...(note.trim() ? { note: note.trim() } : {}),
		processedBy: stamp.by,
		processedAt: stamp.at,
	};
}

/** The same child in the same role counts once; the same child in two roles is kept: both can be true in a fight. */
function distinct(participants: readonly Participant[]): Participant[] {
	const seen = new Set<string>();
	return participants.filter((each) => {
		const key = `${each.role} ${'pupilId' in each ? each.pupilId : `"${each.description}`}`;
		return !seen.has(key) && seen.add(key);
	});
}

/** Roles to offer: in something good nobody is an instigator or a victim. */
export function rolesIn(basket: Basket): readonly ParticipantRole[] {
	return basket === 'green'
		? ['contributor', 'beneficiary', 'bystander']
		: ['instigator', 'victim', 'bystander', 'contributor'];
}

const GREEN_ROLE: Readonly<Partial<Record<ParticipantRole, ParticipantRole>>> = {
	instigator: 'contributor',
	victim: 'beneficiary',
};
const UNWANTED_ROLE: Readonly<Partial<Record<ParticipantRole, ParticipantRole>>> = {
	contributor: 'instigator',
	beneficiary: 'victim',
};

/** Moving to or from green turns the roles along, so that nobody who did good is left an instigator, or the other way. */
export function withBasket(draft: ProcessingDraft, basket: Basket): ProcessingDraft {
	if ((basket === 'green') === (draft.basket === 'green')) return { ...draft, basket };
	const turned = basket === 'green' ? GREEN_ROLE : UNWANTED_ROLE;
	const participants = draft.participants.map((each) => ({ ...each, role: turned[each.role] ?? each.role }));
	return { ...draft, basket, participants: distinct(participants) };
}

/** A picked behaviour brings its form; one taken away takes its form along when nothing else gives it. */
export function withBehaviour(draft: ProcessingDraft, behaviour: Behaviour, present: boolean): ProcessingDraft {
	const others = draft.behaviours.filter((each) => each !== behaviour);
	const behaviours = present ? [...others, behaviour] : others;
	const dropped = formsOf([behaviour]).filter((form) => !formsOf(others).includes(form));
	const forms = present
		? [...new Set([...draft.forms, ...formsOf([behaviour])])]
		: draft.forms.filter((form) => !dropped.includes(form));
	return { ...draft, behaviours, forms };
}

export function withParticipant(draft: ProcessingDraft, participant: Participant): ProcessingDraft {
	return { ...draft, participants: distinct([...draft.participants, participant]) };
}

/** Puts another participant where one stood: a new role, or the name of a child who was only described. */
export function replaceParticipant(draft: ProcessingDraft, index: number, participant: Participant): ProcessingDraft {
	return { ...draft, participants: distinct(draft.participants.with(index, participant)) };
}

export function withoutParticipant(draft: ProcessingDraft, index: number): ProcessingDraft {
	return { ...draft, participants: draft.participants.toSpliced(index, 1) };
}
