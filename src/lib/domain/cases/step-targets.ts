import type { PupilId } from '#domain/id.ts';
import type { CompiledStep } from '#domain/protocols/compile-protocol.ts';
import type { About } from '#domain/protocols/protocol.ts';
import type { CasePupil } from './case.ts';
import { byMoment, type Taken } from './case-history.ts';
import { countsAsDone } from './step-done.ts';

/** With whom a step is taken. A supporter is a child who was asked to help (MEL-09). */
export interface Target {
	readonly pupilId: PupilId;
	readonly role: CasePupil['role'] | 'supporter';
}

export interface TargetState {
	/** Null when the step is taken once for the case. */
	readonly target: Target | null;
	readonly done: boolean;
	/** Oldest first. */
	readonly taken: readonly Taken[];
}

export interface TargetFacts {
	readonly pupils: readonly CasePupil[];
	/** Of this turn and those before it: who was chosen stays chosen. */
	readonly chosenBy: readonly Taken[];
}

/** With whom steps are taken: the same for every step of a turn, so each list is made once. */
export type TargetLists = { -readonly [A in About]?: readonly TargetState[] };

const NOTHING_TAKEN: readonly Taken[] = [];
export const NO_TARGETS: readonly TargetState[] = [];
/** Once for the case, and not taken yet. */
export const ONCE: readonly TargetState[] = [{ target: null, taken: NOTHING_TAKEN, done: false }];

/** How a step stands with each child it is taken with, or with the case as a whole. */
export function targetStates(
	step: CompiledStep,
	taken: readonly Taken[],
	outcome: string | null,
	facts: TargetFacts,
	lists: TargetLists,
): readonly TargetState[] {
	if (step.about === 'case') return taken.length === 0 ? ONCE : [targetState(null, step, taken, outcome)];
	const untaken = step.about === 'chosen' ? chosen(step, facts) : (lists[step.about] ??= listOf(step.about, facts));
	return taken.length === 0 ? untaken : withEach(untaken, step, taken, outcome);
}

function withEach(
	untaken: readonly TargetState[],
	step: CompiledStep,
	taken: readonly Taken[],
	outcome: string | null,
): readonly TargetState[] {
	return untaken.map(({ target }) => targetState(target, step, target ? takenWith(target, taken) : taken, outcome));
}

function targetState(
	target: Target | null,
	step: CompiledStep,
	taken: readonly Taken[],
	outcome: string | null,
): TargetState {
	return { target, taken, done: countsAsDone(step, taken, outcome) };
}

/** A record that names no child counts for all of them. */
function takenWith({ pupilId: own }: Target, taken: readonly Taken[]): readonly Taken[] {
	return isAllWith(own, taken) ? taken : taken.filter(({ pupilId }) => pupilId === null || pupilId === own);
}

function isAllWith(own: PupilId, taken: readonly Taken[]): boolean {
	for (const { pupilId } of taken) if (pupilId !== null && pupilId !== own) return false;
	return true;
}

function listOf(about: 'victims' | 'instigators' | 'pupils', { pupils }: TargetFacts): readonly TargetState[] {
	if (about === 'pupils') return pupils.map(untaken);
	return about === 'victims' ? withRole('victim', pupils) : withRole('instigator', pupils);
}

function withRole(role: CasePupil['role'], pupils: readonly CasePupil[]): readonly TargetState[] {
	return pupils.filter((each) => each.role === role).map(untaken);
}

function chosen({ chosenIn }: CompiledStep, { chosenBy }: TargetFacts): readonly TargetState[] {
	if (!chosenIn) return NO_TARGETS;
	return chosenPupils(chosenIn, chosenBy).map((pupilId) => untaken({ pupilId, role: 'supporter' }));
}

function untaken(target: Target): TargetState {
	return { target, taken: NOTHING_TAKEN, done: false };
}

/** Picked in the latest answer to that question. */
function chosenPupils(
	{ step, field }: NonNullable<CompiledStep['chosenIn']>,
	taken: readonly Taken[],
): readonly PupilId[] {
	let last: { by: Taken; pupils: readonly PupilId[] } | null = null;
	for (const by of taken) {
		if (by.step !== step || by.document.type !== 'stepRecord') continue;
		const value = by.document.answers?.find((each) => each.field === field)?.value;
		if (!Array.isArray(value) || (last && byMoment(last.by, by) > 0)) continue;
		last = { by, pupils: value.filter((each): each is PupilId => typeof each === 'string') };
	}
	return [...new Set(last?.pupils)];
}
