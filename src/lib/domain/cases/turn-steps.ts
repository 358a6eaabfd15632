import type { Beginning, CompiledProtocol, CompiledStep } from '#domain/protocols/compile-protocol.ts';
import { byMoment, type Taken } from './case-history.ts';
import { consentTo } from './consent-state.ts';
import { dayDone, outcomeOf, statusOf } from './step-done.ts';
import type { StepState, StepStatus, Trigger } from './step-state.ts';
import { NO_TARGETS, targetStates, type TargetFacts, type TargetLists } from './step-targets.ts';
import type { Consent } from './step-record.ts';
import { untouchedStepsOf } from './untouched-steps.ts';

interface TurnFacts extends TargetFacts {
	readonly beginning: Beginning;
	readonly startedOn: number;
	/** Of this turn, oldest first. */
	readonly taken: readonly Taken[];
	readonly consents: readonly Consent[];
	/** How the steps stood in the turn before; null in the first. */
	readonly before: readonly StepState[] | null;
}

const NOTHING_TAKEN: readonly Taken[] = [];
const NO_TRIGGERS: readonly Trigger[] = [];

/**
 * Every step of a turn, in the order of the protocol. Runs for thousands of cases at a time, so a step that nothing happened
 * in costs next to nothing.
 */
export function turnSteps(compiled: CompiledProtocol, facts: TurnFacts): readonly StepState[] {
	const byRank = groupByRank(compiled, facts.taken);
	const states = new Array<StepState>(compiled.inOrder.length);
	const untouched = untouchedStepsOf(compiled);
	const lists: TargetLists = {};
	for (const each of compiled.inOrder) {
		const { rank, follows } = each;
		const taken = byRank?.[rank] ?? NOTHING_TAKEN;
		const earlier = taken.length === 0 && !facts.beginning.isAnew[rank] ? facts.before?.[rank] : undefined;
		if (earlier) {
			states[rank] = earlier.carried ? earlier : { ...earlier, carried: true };
			continue;
		}
		const triggers = follows === null ? NO_TRIGGERS : triggersOf(byRank?.[follows] ?? NOTHING_TAKEN, taken);
		const on = follows === null ? openedOn(each, states, facts) : followedOn(triggers);
		const isUntouched = taken.length === 0 && each.consents === null;
		if (isUntouched && on === null) states[rank] = untouched.waiting[rank] as StepState;
		else if (isUntouched && on !== null && each.about === 'case' && follows === null)
			states[rank] = untouched.openSince(each, on);
		else states[rank] = stateOf(each, on, triggers, taken, facts, lists);
	}
	return states;
}

/** What was taken, by the place of its step in the protocol; null when nothing was. */
function groupByRank(
	{ byKey, inOrder }: CompiledProtocol,
	taken: readonly Taken[],
): readonly (readonly Taken[] | undefined)[] | null {
	if (taken.length === 0) return null;
	const byRank = new Array<Taken[] | undefined>(inOrder.length);
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
	if (followed.length === 0) return NO_TRIGGERS;
	const last = own.at(-1);
	return followed.map((each) => ({
		id: each.id,
		day: each.day,
		answered: last !== undefined && byMoment(last, each) > 0,
	}));
}

/** The earliest time the other step was taken that was not answered yet; answered each time, the last. */
function followedOn(triggers: readonly Trigger[]): number | null {
	return (triggers.find(({ answered }) => !answered) ?? triggers.at(-1))?.day ?? null;
}

/** The day its condition was met: of alternatives the earliest, of what must all hold the latest. */
function openedOn({ rank: own, after }: CompiledStep, states: readonly StepState[], facts: TurnFacts): number | null {
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
	step: CompiledStep,
	openedOn: number | null,
	triggers: readonly Trigger[],
	taken: readonly Taken[],
	facts: TurnFacts,
	lists: TargetLists,
): StepState {
	const { follows } = step;
	const isIdle = openedOn === null && taken.length === 0;
	const outcome = isIdle ? null : outcomeOf(step, taken);
	const consent = consentTo(step, facts);
	const targets = isIdle ? NO_TARGETS : targetStates(step, taken, outcome, facts, lists);
	const status =
		follows === null ? statusOf(openedOn, taken, targets, outcome, consent) : statusAfter(isIdle, triggers);
	const lastDay = status === 'done' ? (taken.at(-1)?.day ?? openedOn) : null;
	return {
		step: step.step,
		status,
		openedOn,
		doneOn: follows === null ? dayDone(status, step, openedOn, targets, outcome, consent) : lastDay,
		triggers,
		targets,
		taken,
		outcome,
		consent: consent.state,
		carried: false,
		outOfOrder: openedOn === null ? taken.length > 0 : follows === null && isTakenBefore(openedOn, taken),
		withoutConsent: (consent.state === 'open' || consent.state === 'refused') && taken.some(isRecordOfTaking),
	};
}

function isTakenBefore(day: number, taken: readonly Taken[]): boolean {
	for (const each of taken) if (each.day < day) return true;
	return false;
}

function isRecordOfTaking({ skipped, document }: Taken): boolean {
	return !skipped && document.type === 'stepRecord';
}

/** A step that comes again each time another was taken: open as long as one of those was not answered. */
function statusAfter(isIdle: boolean, triggers: readonly Trigger[]): StepStatus {
	if (isIdle) return 'waiting';
	return triggers.some(({ answered }) => !answered) ? 'open' : 'done';
}
