import type { PupilId } from '#domain/id.ts';
import type { CompiledProtocol, CompiledStep } from '#domain/protocols/compile-protocol.ts';
import type { Step } from '#domain/protocols/protocol.ts';
import type { CasePupil } from './case.ts';
import { byMoment, type Taken } from './case-history.ts';
import { consentTo, type ConsentFound, type ConsentState } from './consent-state.ts';
import type { Consent } from './step-record.ts';

/**
 * `waiting`: what it waits for has not come; `open`: can be taken now; `refused`: consent was refused, so it is not taken;
 * `notNeeded`: there is nobody to take it with.
 */
export type StepStatus = 'waiting' | 'open' | 'done' | 'skipped' | 'refused' | 'notNeeded';

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

export interface StepFacts {
	readonly beganAt: readonly string[];
	readonly startedOn: number;
	/** Of this turn, oldest first. */
	readonly taken: readonly Taken[];
	readonly consents: readonly Consent[];
	readonly pupils: readonly CasePupil[];
	/** How the steps stood in the turn before; null in the first. */
	readonly before: readonly StepState[] | null;
	/** Of this turn and those before it: who was chosen stays chosen. */
	readonly chosenBy: readonly Taken[];
}

const ONCE: readonly null[] = [null];
const NOTHING: readonly Taken[] = [];
const NO_TARGETS: readonly TargetState[] = [];
const NO_TRIGGERS: readonly Trigger[] = [];
const NOTHING_BY_STEP: ReadonlyMap<string, readonly Taken[]> = new Map();

/**
 * Every step of a turn, in the order of the protocol. Runs for thousands of cases at a time, so a step that nothing happened
 * in costs next to nothing.
 */
export function stepStatesOf(compiled: CompiledProtocol, facts: StepFacts): readonly StepState[] {
	const byStep = facts.taken.length === 0 ? NOTHING_BY_STEP : groupByStep(facts.taken);
	const states = new Array<StepState>(compiled.inOrder.length);
	const anew = facts.before && compiled.from(facts.beganAt);
	for (const each of compiled.inOrder) {
		const { key } = each.step;
		const taken = byStep.get(key) ?? NOTHING;
		const earlier = anew && taken.length === 0 && !anew.has(key) ? facts.before?.[each.rank] : undefined;
		states[each.rank] = earlier
			? { ...earlier, carried: true }
			: stateOf(each, openingOf(each, states, taken, byStep, facts), taken, compiled, facts);
	}
	return states;
}

function groupByStep(taken: readonly Taken[]): Map<string, Taken[]> {
	const byStep = new Map<string, Taken[]>();
	for (const each of taken) {
		if (each.step === null) continue;
		const list = byStep.get(each.step);
		if (list) list.push(each);
		else byStep.set(each.step, [each]);
	}
	return byStep;
}

interface Opening {
	readonly on: number | null;
	readonly triggers: readonly Trigger[];
}

function openingOf(
	{ step, follows, after }: CompiledStep,
	states: readonly StepState[],
	own: readonly Taken[],
	byStep: ReadonlyMap<string, readonly Taken[]>,
	facts: StepFacts,
): Opening {
	if (follows !== null) {
		const last = own.at(-1);
		const triggers = (byStep.get(follows) ?? NOTHING).map((each) => ({
			id: each.id,
			day: each.day,
			answered: last !== undefined && byMoment(last, each) > 0,
		}));
		return { on: (triggers.find(({ answered }) => !answered) ?? triggers.at(-1))?.day ?? null, triggers };
	}
	let on = facts.beganAt.includes(step.key) ? facts.startedOn : null;
	for (const alternative of after) {
		let met: number | null = facts.startedOn;
		for (const { rank, outcome } of alternative) {
			const before = states[rank];
			if (!before || before.doneOn === null || (outcome !== null && before.outcome !== outcome)) {
				met = null;
				break;
			}
			if (before.doneOn > met) met = before.doneOn;
		}
		if (met !== null && (on === null || met < on)) on = met;
	}
	return { on, triggers: NO_TRIGGERS };
}

function stateOf(
	{ step, follows }: CompiledStep,
	{ on: openedOn, triggers }: Opening,
	taken: readonly Taken[],
	compiled: CompiledProtocol,
	facts: StepFacts,
): StepState {
	const idle = openedOn === null && taken.length === 0;
	if (idle && !step.consents) return untouched(step);
	const outcome = idle ? null : outcomeOf(step, taken);
	const consent = consentTo(step, compiled.protocol, facts);
	const targets = idle ? NO_TARGETS : targetStates(step, taken, outcome, facts);
	const { status, doneOn } = idle
		? WAITING
		: follows === null
			? standing(step, openedOn, taken, targets, outcome, consent)
			: followed(openedOn, taken, triggers);
	return {
		step,
		status,
		openedOn,
		doneOn,
		triggers,
		targets,
		taken,
		outcome,
		consent: consent.state,
		carried: false,
		outOfOrder: taken.some(({ day }) => openedOn === null || (follows === null && day < openedOn)),
		withoutConsent:
			(consent.state === 'open' || consent.state === 'refused') &&
			taken.some(({ skipped, document }) => !skipped && document.type === 'stepRecord'),
	};
}

const untouchedSteps = new WeakMap<Step, StepState>();

/** Most steps of most cases: one object for all of them. */
function untouched(step: Step): StepState {
	let state = untouchedSteps.get(step);
	if (!state) {
		state = {
			...{ step, status: 'waiting', openedOn: null, doneOn: null, triggers: NO_TRIGGERS, targets: NO_TARGETS },
			...{ taken: NOTHING, outcome: null, consent: 'notAskedFor', carried: false },
			...{ outOfOrder: false, withoutConsent: false },
		};
		untouchedSteps.set(step, state);
	}
	return state;
}

type Standing = Pick<StepState, 'status' | 'doneOn'>;

const WAITING: Standing = { status: 'waiting', doneOn: null };
const OPEN: Standing = { status: 'open', doneOn: null };

/** A step that comes again each time another was taken: open as long as one of those was not answered. */
function followed(openedOn: number | null, taken: readonly Taken[], triggers: readonly Trigger[]): Standing {
	if (triggers.some(({ answered }) => !answered)) return OPEN;
	return { status: 'done', doneOn: taken.at(-1)?.day ?? openedOn };
}

function standing(
	step: Step,
	openedOn: number | null,
	taken: readonly Taken[],
	targets: readonly TargetState[],
	outcome: string | null,
	consent: ConsentFound,
): Standing {
	if (targets.length === 0) return openedOn === null ? WAITING : { status: 'notNeeded', doneOn: openedOn };
	if (targets.every(({ done }) => done)) {
		const skipped = outcome === null && taken.every((each) => each.skipped);
		return { status: skipped ? 'skipped' : 'done', doneOn: lastDone(step, targets, outcome) };
	}
	if (openedOn === null) return WAITING;
	if (consent.state !== 'refused') return OPEN;
	return { status: 'refused', doneOn: step.optional ? Math.max(openedOn, consent.day ?? openedOn) : null };
}

function targetStates(
	step: Step,
	taken: readonly Taken[],
	outcome: string | null,
	facts: StepFacts,
): readonly TargetState[] {
	return targetsOf(step, facts).map((target) => {
		const own = target === null ? taken : taken.filter(({ pupilId }) => pupilId === null || pupilId === target.pupilId);
		return { target, taken: own, done: countsAsDone(step, own, outcome) };
	});
}

/** With the last child: what follows begins when it was done with all. */
function lastDone(step: Step, targets: readonly TargetState[], outcome: string | null): number | null {
	let last: number | null = null;
	for (const { taken } of targets) {
		const day = dayDone(step, taken, outcome);
		if (day !== null && (last === null || day > last)) last = day;
	}
	return last;
}

/** The last word of those that decide; what was only written down decides nothing. */
function outcomeOf({ outcomes }: Step, taken: readonly Taken[]): string | null {
	if (!outcomes) return null;
	for (let index = taken.length - 1; index >= 0; index--) {
		const word = taken[index]?.outcome ?? null;
		if (word !== null && outcomes.some(({ key }) => key === word)) return word;
	}
	return null;
}

/** A step in which something is decided is done by deciding, or by leaving it out; any other by taking it. */
function countsAsDone({ outcomes }: Step, taken: readonly Taken[], outcome: string | null): boolean {
	return outcomes ? outcome !== null || taken.some(({ skipped }) => skipped) : taken.length > 0;
}

/** The first day: talking once more does not put off what follows. */
function dayDone(step: Step, taken: readonly Taken[], outcome: string | null): number | null {
	let first: number | null = null;
	for (const each of taken) {
		const counts = !step.outcomes || (outcome === null ? each.skipped : each.outcome === outcome);
		if (counts && (first === null || each.day < first)) first = each.day;
	}
	return first;
}

function targetsOf({ about, chosenIn }: Step, { pupils, chosenBy }: StepFacts): readonly (Target | null)[] {
	switch (about) {
		case 'case':
			return ONCE;
		case 'pupils':
			return pupils;
		case 'victims':
			return pupils.filter(({ role }) => role === 'victim');
		case 'instigators':
			return pupils.filter(({ role }) => role === 'instigator');
		case 'chosen':
			return chosenIn ? chosenPupils(chosenIn, chosenBy).map((pupilId) => ({ pupilId, role: 'supporter' })) : [];
	}
}

/** Picked in the latest answer to that question. */
function chosenPupils({ step, field }: NonNullable<Step['chosenIn']>, taken: readonly Taken[]): readonly PupilId[] {
	let last: { by: Taken; pupils: readonly PupilId[] } | null = null;
	for (const by of taken) {
		if (by.step !== step || by.document.type !== 'stepRecord') continue;
		const value = by.document.answers?.find((each) => each.field === field)?.value;
		if (!Array.isArray(value) || (last && byMoment(last.by, by) > 0)) continue;
		last = { by, pupils: value.filter((each): each is PupilId => typeof each === 'string') };
	}
	return [...new Set(last?.pupils)];
}
