import type { PersonId } from '#domain/id.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import type { FollowUp, FollowUpOutcome } from './case.ts';

type Done = Extract<FollowUpOutcome['outcome'], { kind: 'done' }>;

/** What became of a follow-up, whether a person planned it or it follows from a clock. */
export interface Told {
	/** The day it was moved to; null when it was not. */
	readonly movedTo: LocalDate | null;
	/** Who it was handed over to; null when it was not. */
	readonly handedTo: PersonId | null;
	readonly done: (Done & { readonly outcome: FollowUpOutcome }) | null;
	/** Somebody said it is not needed, and nobody moved it since. */
	readonly cancelled: boolean;
	/** Everything recorded about it, oldest first. */
	readonly outcomes: readonly FollowUpOutcome[];
}

export const NOTHING_TOLD: Told = { movedTo: null, handedTo: null, done: null, cancelled: false, outcomes: [] };

/** The order of the outcomes does not matter: the last move and hand-over count, and done stays done. */
export function foldOutcomes(outcomes: Iterable<FollowUpOutcome>): Told {
	const sorted = [...outcomes].sort(byMoment);
	if (sorted.length === 0) return NOTHING_TOLD;
	let movedTo: LocalDate | null = null;
	let handedTo: PersonId | null = null;
	let done: Told['done'] = null;
	let cancelled = false;
	for (const document of sorted) {
		const { outcome } = document;
		if (outcome.kind === 'moved') {
			movedTo = outcome.plannedOn;
			cancelled = false;
		} else if (outcome.kind === 'handedOver') handedTo = outcome.ownerId;
		else if (outcome.kind === 'cancelled') cancelled = true;
		else done = { ...outcome, outcome: document };
	}
	return { movedTo, handedTo, done, cancelled: cancelled && !done, outcomes: sorted };
}

/** A look back that a person planned, as it stands after everything that was recorded about it. */
export interface FollowUpState extends Pick<Told, 'done' | 'cancelled' | 'outcomes'> {
	readonly followUp: FollowUp;
	/** The day meant, after moves. */
	readonly plannedOn: LocalDate;
	/** Whose it is, after handing over. */
	readonly ownerId: PersonId;
}

export function foldFollowUp(followUp: FollowUp, outcomes: Iterable<FollowUpOutcome>): FollowUpState {
	const { movedTo, handedTo, done, cancelled, outcomes: sorted } = foldOutcomes(outcomes);
	return {
		followUp,
		plannedOn: movedTo ?? followUp.plannedOn,
		ownerId: handedTo ?? followUp.ownerId,
		...{ done, cancelled, outcomes: sorted },
	};
}

function byMoment(a: FollowUpOutcome, b: FollowUpOutcome): number {
	return Date.parse(a.recordedAt) - Date.parse(b.recordedAt) || (a.id < b.id ? -1 : 1);
}
