import type { CompiledStep } from '#domain/protocols/compile-protocol.ts';
import type { Taken } from './case-history.ts';
import type { ConsentFound } from './consent-state.ts';
import type { StepStatus } from './step-state.ts';
import type { TargetState } from './step-targets.ts';

/** The last word of those that decide; what was only written down decides nothing. */
export function outcomeOf({ outcomes }: CompiledStep, taken: readonly Taken[]): string | null {
	if (!outcomes) return null;
	for (let index = taken.length - 1; index >= 0; index--) {
		const word = taken[index]?.outcome ?? null;
		if (word !== null && outcomes.has(word)) return word;
	}
	return null;
}

/** A step in which something is decided is done by deciding, or by leaving it out; any other by taking it. */
export function countsAsDone({ outcomes }: CompiledStep, taken: readonly Taken[], outcome: string | null): boolean {
	return outcomes ? outcome !== null || taken.some(isSkipped) : taken.length > 0;
}

function isSkipped({ skipped }: Taken): boolean {
	return skipped;
}

function isDone({ done }: TargetState): boolean {
	return done;
}

/** How a step stands that is taken with these, once with each. */
export function statusOf(
	openedOn: number | null,
	taken: readonly Taken[],
	targets: readonly TargetState[],
	outcome: string | null,
	consent: ConsentFound,
): StepStatus {
	if (targets.length === 0) return openedOn === null ? 'waiting' : 'notNeeded';
	if (targets.every(isDone)) return outcome === null && taken.every(isSkipped) ? 'skipped' : 'done';
	if (openedOn === null) return 'waiting';
	return consent.state === 'refused' ? 'refused' : 'open';
}

/** The day that clocks after it count from, since 1970-01-01; null while it is not done. */
export function dayDone(
	status: StepStatus,
	step: CompiledStep,
	openedOn: number | null,
	targets: readonly TargetState[],
	outcome: string | null,
	consent: ConsentFound,
): number | null {
	if (status === 'notNeeded') return openedOn;
	if (status === 'done' || status === 'skipped') return lastDone(step, targets, outcome);
	// Refused, only what is not needed lets on.
	return status === 'refused' && step.optional && openedOn !== null
		? Math.max(openedOn, consent.day ?? openedOn)
		: null;
}

/** With the last child: what follows begins when it was done with all. */
function lastDone(step: CompiledStep, targets: readonly TargetState[], outcome: string | null): number | null {
	let last: number | null = null;
	for (const { taken } of targets) {
		const day = firstDone(step, taken, outcome);
		if (day !== null && (last === null || day > last)) last = day;
	}
	return last;
}

/** With one child, the first day: talking once more does not put off what follows. */
function firstDone(step: CompiledStep, taken: readonly Taken[], outcome: string | null): number | null {
	let first: number | null = null;
	for (const each of taken) {
		const counts = !step.outcomes || (outcome === null ? each.skipped : each.outcome === outcome);
		if (counts && (first === null || each.day < first)) first = each.day;
	}
	return first;
}
