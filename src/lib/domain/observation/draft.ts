import * as z from 'zod/mini';
import { GroupId, ObservationId, PlaceId, PupilId } from '#domain/id.ts';
import type { RosterIndex } from '#domain/school/roster-index.ts';
import { Basket } from './basket.ts';
import { Behaviour, proposedBasket, traitsOf } from './behaviour.ts';
import { Handling, Means, Participant } from './observation.ts';
import { When } from './when.ts';

/** What a child was in it while the account is being made; a green one is turned round when it is finished. */
export type DraftRole = 'instigator' | 'victim' | 'bystander';

/** The words of the sentence that a draft can still lack. */
export type OpenSlot = 'who' | 'victim' | 'what' | 'place';

export const NOTE_LENGTH = 2000;
export const MOTIVE_LENGTH = 500;
export const DESCRIPTION_LENGTH = 200;
const MAX_PARTICIPANTS = 40;
const MAX_BEHAVIOURS = 12;

/** An account in the making: everything a reporter chose, nothing that follows from it. Survives a reload as it is. */
export const ObservationDraft = z.strictObject({
	v: z.literal(1),
	/** Fixed from the start: saving twice after a fault saves the same observation. */
	id: ObservationId,
	/** A correction keeps the id of what it corrects. */
	corrects: z.boolean(),
	participants: z.array(Participant),
	/** Nobody saw who did it. */
	instigatorUnseen: z.boolean(),
	/** It was aimed at nobody. */
	nobodyAimedAt: z.boolean(),
	/** Chosen by the reporter; a proposed group is worked out by `victimGroupOf`. */
	victimGroupId: z.nullable(GroupId),
	behaviours: z.array(Behaviour),
	/** Chosen by the reporter; until then the behaviours propose one. */
	basket: z.nullable(Basket),
	digital: z.boolean(),
	placeId: z.nullable(PlaceId),
	outsideSchool: z.boolean(),
	when: When,
	handling: z.array(Handling),
	means: z.array(Means),
	motive: z.string(),
	note: z.string(),
	toldBy: z.nullable(PupilId),
});
export type ObservationDraft = z.infer<typeof ObservationDraft>;

type RosterForDraft = Pick<RosterIndex, 'groupOf' | 'place' | 'places'>;
export type DraftChild = { readonly pupilId: PupilId } | { readonly description: string };

export function emptyDraft(start: { id: ObservationId; placeId: PlaceId | null; when: When }): ObservationDraft {
	return {
		v: 1,
		corrects: false,
		participants: [],
		instigatorUnseen: false,
		nobodyAimedAt: false,
		victimGroupId: null,
		behaviours: [],
		basket: null,
		digital: false,
		outsideSchool: false,
		handling: [],
		means: [],
		motive: '',
		note: '',
		toldBy: null,
		...start,
	};
}

/**
 * A pupil has one part in a draft: a tap in another part moves it, a tap in the same part takes it out. Two
 * unknown children may look alike, so the same words in another part are another child.
 */
export function toggleChild(draft: ObservationDraft, child: DraftChild, role: DraftRole): ObservationDraft {
	const had = draft.participants.find((each) => sameChild(each, child) && ('pupilId' in each || each.role === role));
	const others = draft.participants.filter((participant) => participant !== had);
	if (had?.role === role) return { ...draft, participants: others };
	if (others.length >= MAX_PARTICIPANTS) return draft;
	return {
		...draft,
		participants: [...others, { role, ...child }],
		instigatorUnseen: role === 'instigator' ? false : draft.instigatorUnseen,
		nobodyAimedAt: role === 'victim' ? false : draft.nobodyAimedAt,
	};
}

/** A child whose name the reporter does not know, in words (M5-01). Empty words change nothing. */
export function describeChild(draft: ObservationDraft, description: string, role: DraftRole): ObservationDraft {
	const words = description.trim().slice(0, DESCRIPTION_LENGTH);
	if (words === '' || draft.participants.some((each) => each.role === role && sameChild(each, { description: words })))
		return draft;
	return toggleChild(draft, { description: words }, role);
}

export function toggleInstigatorUnseen(draft: ObservationDraft): ObservationDraft {
	const instigatorUnseen = !draft.instigatorUnseen;
	return {
		...draft,
		instigatorUnseen,
		participants: instigatorUnseen
			? draft.participants.filter((each) => each.role !== 'instigator')
			: draft.participants,
	};
}

export function toggleNobodyAimedAt(draft: ObservationDraft): ObservationDraft {
	const nobodyAimedAt = !draft.nobodyAimedAt;
	if (!nobodyAimedAt) return { ...draft, nobodyAimedAt };
	const participants = draft.participants.filter((each) => each.role !== 'victim');
	return { ...draft, nobodyAimedAt, victimGroupId: null, participants };
}

/** The whole group it was aimed at (M5-02). */
export function toggleVictimGroup(draft: ObservationDraft, groupId: GroupId): ObservationDraft {
	if (draft.victimGroupId === groupId) return { ...draft, victimGroupId: null };
	return { ...draft, victimGroupId: groupId, nobodyAimedAt: false };
}

/**
 * An observation tells of good behaviour or of behaviour that went too far, never of both: whoever did something
 * good must not be counted as an instigator. Picking from the other side starts that side afresh.
 */
export function toggleBehaviour(draft: ObservationDraft, behaviour: Behaviour): ObservationDraft {
	if (draft.behaviours.includes(behaviour))
		return { ...draft, behaviours: draft.behaviours.filter((each) => each !== behaviour) };
	const good = isGoodBehaviour(behaviour);
	const kept = draft.behaviours.filter((each) => isGoodBehaviour(each) === good);
	if (kept.length >= MAX_BEHAVIOURS) return draft;
	const basketFits = draft.basket === null || (draft.basket === 'green') === good;
	return { ...draft, behaviours: [...kept, behaviour], basket: basketFits ? draft.basket : null };
}

/** A basket across the line between good and too far asks for another behaviour. */
export function chooseBasket(draft: ObservationDraft, basket: Basket): ObservationDraft {
	const good = basket === 'green';
	return { ...draft, basket, behaviours: draft.behaviours.filter((each) => isGoodBehaviour(each) === good) };
}

export function toggleHandling(draft: ObservationDraft, handling: Handling): ObservationDraft {
	const without = draft.handling.filter((each) => each !== handling && each !== 'none');
	if (draft.handling.includes(handling)) return { ...draft, handling: without };
	return { ...draft, handling: handling === 'none' ? ['none'] : [...without, handling] };
}

export function toggleMeans(draft: ObservationDraft, means: Means): ObservationDraft {
	const without = draft.means.filter((each) => each !== means);
	return { ...draft, means: draft.means.includes(means) ? without : [...without, means] };
}

/** What is chosen with no rule behind it. */
export type PlainChoice = Partial<
	Pick<ObservationDraft, 'placeId' | 'outsideSchool' | 'when' | 'digital' | 'motive' | 'note' | 'toldBy'>
>;

export function choose(draft: ObservationDraft, choice: PlainChoice): ObservationDraft {
	return {
		...draft,
		...choice,
		motive: (choice.motive ?? draft.motive).slice(0, MOTIVE_LENGTH),
		note: (choice.note ?? draft.note).slice(0, NOTE_LENGTH),
	};
}

export function isGood(draft: Pick<ObservationDraft, 'behaviours' | 'basket'>): boolean {
	const [first] = draft.behaviours;
	return first ? isGoodBehaviour(first) : draft.basket === 'green';
}

export function basketOf(draft: Pick<ObservationDraft, 'behaviours' | 'basket'>): Basket | null {
	return draft.basket ?? proposedBasket(draft.behaviours);
}

export function childrenIn(draft: { readonly participants: readonly Participant[] }, role: DraftRole): Participant[] {
	return draft.participants.filter((participant) => participant.role === role);
}

/** Behaviour against the group or its lesson proposes the instigator's own group as victim (M5-02). */
export function victimGroupOf(draft: ObservationDraft, roster: Pick<RosterIndex, 'groupOf'>): GroupId | null {
	if (draft.victimGroupId || draft.nobodyAimedAt || childrenIn(draft, 'victim').length > 0) return draft.victimGroupId;
	if (!draft.behaviours.some((behaviour) => traitsOf(behaviour).aim === 'group')) return null;
	const [instigator] = childrenIn(draft, 'instigator').flatMap((child) => ('pupilId' in child ? child.pupilId : []));
	return (instigator && roster.groupOf(instigator)?.id) ?? null;
}

export function isDigital(draft: ObservationDraft, roster: Pick<RosterIndex, 'place'>): boolean {
	return draft.digital || roster.place(draft.placeId ?? '')?.kind === 'online';
}

/** What the sentence still lacks, in the order of the screen. Good behaviour needs nobody it was aimed at. */
export function openSlots(draft: ObservationDraft, roster: RosterForDraft): OpenSlot[] {
	const open: OpenSlot[] = [];
	if (!draft.instigatorUnseen && childrenIn(draft, 'instigator').length === 0) open.push('who');
	const aimed = draft.nobodyAimedAt || childrenIn(draft, 'victim').length > 0 || victimGroupOf(draft, roster) !== null;
	if (!aimed && !isGood(draft)) open.push('victim');
	if (draft.behaviours.length === 0) open.push('what');
	if (!draft.placeId && !draft.outsideSchool && roster.places.length > 0) open.push('place');
	return open;
}

/** Whether there is anything in it that a reporter would miss. */
export function isUntouched(draft: ObservationDraft): boolean {
	return (
		draft.participants.length === 0 &&
		draft.behaviours.length === 0 &&
		draft.handling.length === 0 &&
		draft.means.length === 0 &&
		!draft.instigatorUnseen &&
		!draft.nobodyAimedAt &&
		!draft.victimGroupId &&
		!draft.basket &&
		!draft.toldBy &&
		draft.note.trim() === '' &&
		draft.motive.trim() === ''
	);
}

export function sameChild(one: DraftChild, other: DraftChild): boolean {
	if ('pupilId' in one) return 'pupilId' in other && one.pupilId === other.pupilId;
	return 'description' in other && one.description === other.description;
}

function isGoodBehaviour(behaviour: Behaviour): boolean {
	return traitsOf(behaviour).aim === 'good';
}
