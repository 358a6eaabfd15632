import type { Step } from '#domain/protocols/protocol.ts';
import type { Taken } from './case-history.ts';
import type { ConsentState } from './consent-state.ts';
import type { TargetState } from './step-targets.ts';

/**
 * `waiting`: what it waits for has not come; `open`: can be taken now; `refused`: consent was refused, so it is not taken;
 * `notNeeded`: there is nobody to take it with.
 */
export type StepStatus = 'waiting' | 'open' | 'done' | 'skipped' | 'refused' | 'notNeeded';

/** A step was taken that another one follows each time. */
export interface Trigger {
	readonly id: string;
	readonly day: number;
	/** The step that follows was taken since. */
	readonly answered: boolean;
}

/** How a step stands in one turn. Days count from 1970-01-01. */
export interface StepState {
	readonly step: Step;
	readonly status: StepStatus;
	/** The day its condition was met; null while it was not. */
	readonly openedOn: number | null;
	/** The day it was done, which the clocks after it count from; null while it is not. */
	readonly doneOn: number | null;
	/** Each time the step was taken that this one follows; empty for a step that follows none. */
	readonly triggers: readonly Trigger[];
	readonly targets: readonly TargetState[];
	/** Oldest first. */
	readonly taken: readonly Taken[];
	/** The way on that was decided. */
	readonly outcome: string | null;
	readonly consent: ConsentState;
	/** As it stood in the turn before: the restart began after it. */
	readonly carried: boolean;
	/** Taken before its turn: it counts, and is marked. */
	readonly outOfOrder: boolean;
	/** Taken though consent was not given (MEL-10): marked for the coordinator. */
	readonly withoutConsent: boolean;
}
