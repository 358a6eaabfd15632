import type { PupilId } from '#domain/id.ts';
import type { Beginning, CompiledProtocol, CompiledStep } from '#domain/protocols/compile-protocol.ts';
import type { About, Step } from '#domain/protocols/protocol.ts';
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
	readonly beginning: Beginning;
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

/** With whom steps are taken: the same for every step of a turn, so each list is made once. */
type TargetLists = { -readonly [A in About]?: readonly TargetState[] };

const NOTHING: readonly Taken[] = [];
const NO_TARGETS: readonly TargetState[] = [];
const NO_TRIGGERS: readonly Trigger[] = [];
const ONCE: readonly TargetState[] = [{ target: null, taken: NOTHING, done: false }];

/**
 * Every step of a turn, in the order of the protocol. Runs for thousands of cases at a time, so a step that nothing happened
 * in costs next to nothing.
 */
export function stepStatesOf(compiled: CompiledProtocol, facts: StepFacts): readonly StepState[] {
	const byRank = groupByRank(compiled, facts.taken);
	const states = new Array<StepState>(compiled.inOrder.length);
	const untouched = untouchedStepsOf(compiled);
	const lists: TargetLists = {};
	for (const each of compiled.inOrder) {
		const { rank, follows, step } = each;
		const taken = byRank?.[rank] ?? NOTHING;
		const earlier = taken.length === 0 && !facts.beginning.isAnew[rank] ? facts.before?.[rank] : undefined;
		if (earlier) {
			states[rank] = earlier.carried ? earlier : { ...earlier, carried: true };
			continue;
		}
		const triggers = follows === null ? NO_TRIGGERS : triggersOf(byRank?.[follows] ?? NOTHING, taken);
		const on = follows === null ? openedOn(each, states, facts) : followedOn(triggers);
		const isUntouched = taken.length === 0 && !step.consents;
		if (isUntouched && on === null) states[rank] = untouched.waiting[rank] as StepState;
		else if (isUntouched && on !== null && step.about === 'case' && follows === null)
			states[rank] = untouched.openSince(each, on);
		else states[rank] = stateOf(each, on, triggers, taken, compiled, facts, lists);
	}
	return states;
}

/** The earliest time the other step was taken that was not answered yet; answered each time, the last. */
function followedOn(triggers: readonly Trigger[]): number | null {
	return (triggers.find(({ answered }) => !answered) ?? triggers.at(-1))?.day ?? null;
}

/** What was taken, by the place of its step in the protocol; null when nothing was. */
function groupByRank({ byKey }: CompiledProtocol, taken: readonly Taken[]): (Taken[] | undefined)[] | null {
	if (taken.length === 0) return null;
	const byRank: (Taken[] | undefined)[] = [];
	for (const each of taken) {
		const rank = each.step === null ? undefined : byKey.get(each.step)?.rank;
		if (rank === undefined) continue;
		const list = byRank[rank];
		if (list) list.push(each);
		else byRank[rank] = [each];
	}
	return byRank;
}

/** Each time the other step was taken; answered by taking this one after it. */
function triggersOf(followed: readonly Taken[], own: readonly Taken[]): readonly Trigger[] {
	const last = own.at(-1);
	return followed.map((each) => ({
		id: each.id,
		day: each.day,
		answered: last !== undefined && byMoment(last, each) > 0,
	}));
}

/** The day its condition was met: of alternatives the earliest, of what must all hold the latest. */
function openedOn({ rank: own, after }: CompiledStep, states: readonly StepState[], facts: StepFacts): number | null {
	let on = facts.beginning.isAt[own] === true ? facts.startedOn : null;
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
	return on;
}

function stateOf(
	{ step, follows }: CompiledStep,
	openedOn: number | null,
	triggers: readonly Trigger[],
	taken: readonly Taken[],
	compiled: CompiledProtocol,
	facts: StepFacts,
	lists: TargetLists,
): StepState {
	const idle = openedOn === null && taken.length === 0;
	const outcome = idle ? null : outcomeOf(step, taken);
	const consent = consentTo(step, compiled.protocol, facts);
	const targets = idle ? NO_TARGETS : targetStates(step, taken, outcome, facts, lists);
	const status =
		follows === null ? standing(step, openedOn, taken, targets, outcome, consent) : followed(idle, triggers);
	return {
		step,
		status,
		openedOn,
		doneOn:
			follows === null
				? doneOn(status, step, openedOn, targets, outcome, consent)
				: status === 'done'
					? (taken.at(-1)?.day ?? openedOn)
					: null,
		triggers,
		targets,
		taken,
		outcome,
		consent: consent.state,
		carried: false,
		outOfOrder: taken.length > 0 && taken.some(({ day }) => openedOn === null || (follows === null && day < openedOn)),
		withoutConsent:
			(consent.state === 'open' || consent.state === 'refused') &&
			taken.some(({ skipped, document }) => !skipped && document.type === 'stepRecord'),
	};
}

/** Most steps of most cases: one object for all of them that wait, and one for all that opened on the same day. */
interface UntouchedSteps {
	/** By the place of the step in the protocol. */
	readonly waiting: readonly StepState[];
	openSince(step: CompiledStep, day: number): StepState;
}

const untouchedSteps = new WeakMap<CompiledProtocol, UntouchedSteps>();

function untouchedStepsOf(compiled: CompiledProtocol): UntouchedSteps {
	let known = untouchedSteps.get(compiled);
	if (!known) untouchedSteps.set(compiled, (known = makeUntouchedSteps(compiled)));
	return known;
}

function makeUntouchedSteps({ protocol: { steps } }: CompiledProtocol): UntouchedSteps {
	const open = new Map(steps.map((step) => [step, new Map<number, StepState>()]));
	return {
		waiting: steps.map((step) => untouched(step, null)),
		openSince({ step }, day) {
			const known = open.get(step)?.get(day);
			if (known) return known;
			const state = untouched(step, day);
			open.get(step)?.set(day, state);
			return state;
		},
	};
}

function untouched(step: Step, openedOn: number | null): StepState {
	const [status, targets] = openedOn === null ? (['waiting', NO_TARGETS] as const) : (['open', ONCE] as const);
	return {
		...{ step, status, openedOn, doneOn: null, triggers: NO_TRIGGERS, targets },
		...{ taken: NOTHING, outcome: null, consent: 'notAskedFor', carried: false },
		...{ outOfOrder: false, withoutConsent: false },
	};
}

/** A step that comes again each time another was taken: open as long as one of those was not answered. */
function followed(idle: boolean, triggers: readonly Trigger[]): StepStatus {
	if (idle) return 'waiting';
	return triggers.some(({ answered }) => !answered) ? 'open' : 'done';
}

function standing(
	step: Step,
	openedOn: number | null,
	taken: readonly Taken[],
	targets: readonly TargetState[],
	outcome: string | null,
	consent: ConsentFound,
): StepStatus {
	if (targets.length === 0) return openedOn === null ? 'waiting' : 'notNeeded';
	if (targets.every(({ done }) => done))
		return outcome === null && taken.every((each) => each.skipped) ? 'skipped' : 'done';
	if (openedOn === null) return 'waiting';
	return consent.state === 'refused' ? 'refused' : 'open';
}

/** The day clocks after it count from. */
function doneOn(
	status: StepStatus,
	step: Step,
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

function targetStates(
	step: Step,
	taken: readonly Taken[],
	outcome: string | null,
	facts: StepFacts,
	lists: TargetLists,
): readonly TargetState[] {
	const untaken = step.about === 'chosen' ? chosen(step, facts) : (lists[step.about] ??= listOf(step.about, facts));
	if (taken.length === 0) return untaken;
	return untaken.map(({ target }) => {
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

function listOf(about: Exclude<About, 'chosen'>, { pupils }: StepFacts): readonly TargetState[] {
	if (about === 'case') return ONCE;
	const role = about === 'victims' ? 'victim' : about === 'instigators' ? 'instigator' : null;
	const targets: TargetState[] = [];
	for (const target of pupils)
		if (role === null || target.role === role) targets.push({ target, taken: NOTHING, done: false });
	return targets;
}

function chosen({ chosenIn }: Step, { chosenBy }: StepFacts): readonly TargetState[] {
	if (!chosenIn) return NO_TARGETS;
	return chosenPupils(chosenIn, chosenBy).map((pupilId) => ({
		target: { pupilId, role: 'supporter' },
		taken: NOTHING,
		done: false,
	}));
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
