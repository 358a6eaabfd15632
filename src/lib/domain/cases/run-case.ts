import { compileProtocol, type Beginning, type CompiledProtocol } from '#domain/protocols/compile-protocol.ts';
import type { Outcome, Protocol } from '#domain/protocols/protocol.ts';
import { localDayNumber } from '#domain/time/local-day.ts';
import type { TimeZone } from '#domain/time/local-time.ts';
import type { Case } from './case.ts';
import type { CaseHistory, Taken } from './case-history.ts';
import type { StepState } from './step-state.ts';
import { turnSteps } from './turn-steps.ts';

/** Once through the protocol, or the part of it that a restart begins at. Days count from 1970-01-01. */
export interface Turn {
	/** From 1. */
	readonly number: number;
	readonly startedOn: number;
	/** In the order of the protocol. */
	readonly steps: readonly StepState[];
	/** What ended it, or closed the case. */
	readonly endedBy: Taken | null;
}

export interface Closing {
	readonly by: Taken;
	readonly as: 'stopped' | 'notStopped' | 'settled';
}

/** Where a case stands in its protocol. */
export interface CaseRun {
	readonly protocol: Protocol;
	/** The last one is being worked on, or closed the case. At least one. */
	readonly turns: readonly [Turn, ...Turn[]];
	readonly turn: Turn;
	readonly closed: Closing | null;
}

interface TurnFrame {
	readonly number: number;
	readonly startedOn: number;
	readonly beginning: Beginning;
	readonly endedBy: Taken | null;
}

/**
 * Runs a protocol over what was appended to a case. Depends on nothing else, and not on the order of the facts.
 *
 * - A step may be taken before its condition was met: it counts, what follows it begins, and it is marked.
 * - In each turn the last decision that was written down counts, so a closed case is taken up again by deciding anew, and of
 *   two people who close and go on at once the later word stands; both stay in the story.
 * - What was written in a turn that never came belongs to the present one, without what it decided.
 * - A day before the start of the case, or of its turn, counts as that start.
 */
export function runCase(subject: Case, history: CaseHistory, protocol: Protocol, zone: TimeZone): CaseRun {
	const compiled = compileProtocol(protocol);
	const taken = history.taken.some(isUnnamed) ? history.taken.map((each) => named(each, compiled)) : history.taken;
	const { frames, closed } = framesOf(compiled, taken, localDayNumber(subject.openedAt, zone));
	const of: CaseInHand = { subject, history, compiled, taken, present: frames.length };
	const [first, ...later] = frames;
	let turn = turnOf(first, null, of);
	const turns: [Turn, ...Turn[]] = [turn];
	for (const frame of later) turns.push((turn = turnOf(frame, turn.steps, of)));
	return { protocol, turns, turn, closed };
}

function isUnnamed({ step }: Taken): boolean {
	return step === null;
}

/** A judgement of the five B's belongs to the step that decides between these words. */
function named(taken: Taken, { protocol }: CompiledProtocol): Taken {
	if (taken.step !== null) return taken;
	const judging = protocol.steps.find(({ outcomes }) => outcomes?.some(({ key }) => key === taken.outcome));
	return { ...taken, step: judging?.key ?? null };
}

/** The turns that its decisions make of a case, and whether the last of them closed it. */
function framesOf(
	compiled: CompiledProtocol,
	taken: readonly Taken[],
	openedOn: number,
): { readonly frames: readonly [TurnFrame, ...TurnFrame[]]; readonly closed: Closing | null } {
	let decision = lastDecision(taken, 1, compiled);
	let startedOn = openedOn;
	const frames: [TurnFrame, ...TurnFrame[]] = [
		{ number: 1, startedOn, beginning: compiled.start, endedBy: decision?.by ?? null },
	];
	for (let number = 1; decision; number++) {
		const { by, then } = decision;
		if (then.kind === 'close') return { frames, closed: { by, as: then.as } };
		if (then.mostTurns !== undefined && number >= then.mostTurns) return { frames, closed: { by, as: 'notStopped' } };
		startedOn = Math.max(startedOn, by.day);
		const beginning = compiled.restartAt(then.at);
		decision = lastDecision(taken, number + 1, compiled);
		frames.push({ number: number + 1, startedOn, beginning, endedBy: decision?.by ?? null });
	}
	return { frames, closed: null };
}

/** Of all that decides in one turn, what was written down last; null when that leads on within the turn. */
function lastDecision(
	taken: readonly Taken[],
	turn: number,
	{ byKey }: CompiledProtocol,
): { readonly by: Taken; readonly then: NonNullable<Outcome['then']> } | null {
	for (let index = taken.length - 1; index >= 0; index--) {
		const by = taken[index];
		if (!by || by.turn !== turn || by.outcome === null || by.step === null) continue;
		const outcome = byKey.get(by.step)?.outcomes?.get(by.outcome);
		if (outcome) return outcome.then ? { by, then: outcome.then } : null;
	}
	return null;
}

interface CaseInHand {
	readonly subject: Case;
	readonly history: CaseHistory;
	readonly compiled: CompiledProtocol;
	readonly taken: readonly Taken[];
	/** The number of the turn that is being worked on. */
	readonly present: number;
}

function turnOf(
	{ number, startedOn, beginning, endedBy }: TurnFrame,
	before: readonly StepState[] | null,
	{ subject, history, compiled, taken, present }: CaseInHand,
): Turn {
	const steps = turnSteps(compiled, {
		beginning,
		startedOn,
		taken: takenIn(number, startedOn, taken, present),
		consents: history.consents,
		pupils: subject.pupils,
		before,
		chosenBy: number === present ? taken : taken.filter(({ turn }) => turn <= number),
	});
	return { number, startedOn, steps, endedBy };
}

/** What was taken in one turn, oldest first; the very list it was given when all of it was, as in most cases. */
function takenIn(number: number, startedOn: number, taken: readonly Taken[], present: number): readonly Taken[] {
	for (const { turn, day } of taken)
		if (turn !== number || day < startedOn) return taken.flatMap((each) => asTakenIn(each, number, startedOn, present));
	return taken;
}

function asTakenIn(taken: Taken, number: number, startedOn: number, present: number): readonly Taken[] {
	const isAhead = taken.turn > present;
	if ((isAhead ? present : taken.turn) !== number) return [];
	if (!isAhead && taken.day >= startedOn) return [taken];
	return [{ ...taken, day: Math.max(taken.day, startedOn), outcome: isAhead ? null : taken.outcome }];
}
