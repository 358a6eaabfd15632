import { compileProtocol, type Beginning, type CompiledProtocol } from '#domain/protocols/compile-protocol.ts';
import type { Outcome, Protocol } from '#domain/protocols/protocol.ts';
import { localDayNumber } from '#domain/time/local-day.ts';
import type { TimeZone } from '#domain/time/local-time.ts';
import type { Case } from './case.ts';
import { byMoment, type CaseHistory, type Taken } from './case-history.ts';
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
	const unnamed = history.taken.some(({ step }) => step === null);
	const taken = unnamed ? history.taken.map((each) => named(each, compiled)) : history.taken;
	const frames: TurnFrame[] = [];
	let closed: Closing | null = null;
	let beginning = compiled.start;
	let startedOn = localDayNumber(subject.openedAt, zone);
	for (let number = 1; ; number++) {
		const decision = lastDecision(taken, number, compiled);
		const then = decision?.outcome.then;
		frames.push({ number, startedOn, beginning, endedBy: decision && then ? decision.by : null });
		if (!decision || !then) break;
		if (then.kind === 'close' || (then.mostTurns !== undefined && number >= then.mostTurns)) {
			closed = { by: decision.by, as: then.kind === 'close' ? then.as : 'notStopped' };
			break;
		}
		startedOn = Math.max(startedOn, decision.by.day);
		beginning = compiled.restartAt(then.at);
	}
	const present = frames.length;
	const turns: Turn[] = [];
	for (const each of frames)
		turns.push(turnOf(each, { subject, history, compiled, taken, present, before: turns.at(-1)?.steps ?? null }));
	const turn = turns.at(-1);
	if (!hasFirst(turns) || !turn) throw new Error('A case has a first turn');
	return { protocol, turns, turn, closed };
}

function hasFirst(turns: readonly Turn[]): turns is readonly [Turn, ...Turn[]] {
	return turns.length > 0;
}

/** A judgement of the five B's belongs to the step that decides between these words. */
function named(taken: Taken, { protocol }: CompiledProtocol): Taken {
	if (taken.step !== null) return taken;
	const judging = protocol.steps.find(({ outcomes }) => outcomes?.some(({ key }) => key === taken.outcome));
	return { ...taken, step: judging?.key ?? null };
}

/** Of all that decides in one turn, what was written down last. */
function lastDecision(
	taken: readonly Taken[],
	turn: number,
	{ byKey }: CompiledProtocol,
): { readonly by: Taken; readonly outcome: Outcome } | null {
	let last: { by: Taken; outcome: Outcome } | null = null;
	for (const by of taken) {
		if (by.turn !== turn || by.outcome === null || by.step === null) continue;
		const outcome = byKey.get(by.step)?.step.outcomes?.find(({ key }) => key === by.outcome);
		if (outcome && (!last || byMoment(last.by, by) < 0)) last = { by, outcome };
	}
	return last;
}

interface Subject {
	readonly subject: Case;
	readonly history: CaseHistory;
	readonly compiled: CompiledProtocol;
	readonly taken: readonly Taken[];
	/** The number of the turn that is being worked on. */
	readonly present: number;
	readonly before: readonly StepState[] | null;
}

function turnOf(frame: TurnFrame, { subject, history, compiled, taken, present, before }: Subject): Turn {
	const steps = turnSteps(compiled, {
		beginning: frame.beginning,
		startedOn: frame.startedOn,
		taken: takenIn(frame, taken, present),
		consents: history.consents,
		pupils: subject.pupils,
		before,
		chosenBy: frame.number === present ? taken : taken.filter(({ turn }) => turn <= frame.number),
	});
	return { number: frame.number, startedOn: frame.startedOn, steps, endedBy: frame.endedBy };
}

/** What was taken in one turn, oldest first; the very list it was given when all of it was, as in most cases. */
function takenIn({ number, startedOn }: TurnFrame, taken: readonly Taken[], present: number): readonly Taken[] {
	const isAll = taken.every(({ turn, day }) => turn === number && day >= startedOn);
	const own = isAll ? taken : taken.flatMap((each) => asTakenIn(each, number, startedOn, present));
	return isOldestFirst(own) ? own : own.toSorted(byMoment);
}

function asTakenIn(taken: Taken, number: number, startedOn: number, present: number): readonly Taken[] {
	const isAhead = taken.turn > present;
	if ((isAhead ? present : taken.turn) !== number) return [];
	if (!isAhead && taken.day >= startedOn) return [taken];
	return [{ ...taken, day: Math.max(taken.day, startedOn), outcome: isAhead ? null : taken.outcome }];
}

function isOldestFirst(taken: readonly Taken[]): boolean {
	return taken.every((each, index) => index === 0 || byMoment(taken[index - 1] ?? each, each) <= 0);
}
