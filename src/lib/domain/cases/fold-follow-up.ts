import type { PersonId } from '#domain/id.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import type { FollowUp, FollowUpOutcome } from './case.ts';

type Done = Extract<FollowUpOutcome['outcome'], { kind: 'done' }>;

/** A follow-up as it stands after everything that was recorded about it. */
export interface FollowUpState {
	readonly followUp: FollowUp;
	/** The day meant, after moves. */
	readonly plannedOn: LocalDate;
	/** Whose it is, after handing over. */
	readonly ownerId: PersonId;
	readonly done: (Done & { readonly outcome: FollowUpOutcome }) | null;
	/** Somebody said it is not needed, and nobody moved it since. */
	readonly cancelled: boolean;
	/** Everything recorded about it, oldest first. */
	readonly outcomes: readonly FollowUpOutcome[];
}

/** The order of the outcomes does not matter: the last move and hand-over count, and done stays done. */
export function foldFollowUp(followUp: FollowUp, outcomes: Iterable<FollowUpOutcome>): FollowUpState {
	const sorted = [...outcomes].sort(byMoment);
	let plannedOn = followUp.plannedOn;
	let ownerId = followUp.ownerId;
	let done: FollowUpState['done'] = null;
	let cancelled = false;
	for (const document of sorted) {
		const { outcome } = document;
		if (outcome.kind === 'moved') {
			plannedOn = outcome.plannedOn;
			cancelled = false;
		} else if (outcome.kind === 'handedOver') ownerId = outcome.ownerId;
		else if (outcome.kind === 'cancelled') cancelled = true;
		else done = { ...outcome, outcome: document };
	}
	return { followUp, plannedOn, ownerId, done, cancelled: cancelled && !done, outcomes: sorted };
}

function byMoment(a: FollowUpOutcome, b: FollowUpOutcome): number {
	return Date.parse(a.recordedAt) - Date.parse(b.recordedAt) || (a.id < b.id ? -1 : 1);
}
