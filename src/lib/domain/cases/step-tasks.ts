import { derivedId } from '#domain/derived-id.ts';
import type { CaseId, FollowUpId, PupilId } from '#domain/id.ts';
import { compileProtocol, type CompiledProtocol, type CompiledStep } from '#domain/protocols/compile-protocol.ts';
import type { Clock } from '#domain/protocols/protocol.ts';
import { dayNumber, type LocalDate } from '#domain/time/local-time.ts';
import type { Case } from './case.ts';
import { outcomesOf, type CaseHistory } from './case-history.ts';
import type { CaseTask, TaskContext } from './case-tasks.ts';
import { foldOutcomes, NOTHING_TOLD, type Told } from './fold-follow-up.ts';
import { answeredBy, type Resolution } from './resolution.ts';
import type { CaseRun, Turn } from './run-case.ts';
import type { StepState, StepStatus, Trigger } from './step-state.ts';
import type { Target, TargetState } from './step-targets.ts';
import { clockWindow, windowFor } from './task-window.ts';

/** A look back that somebody planned. */
export interface PlannedLook {
	readonly turn: number;
	/** After moves; days since 1970-01-01. */
	readonly day: number;
	readonly pupilId: PupilId;
}

interface CaseInHand {
	readonly subject: Case;
	readonly history: CaseHistory;
	readonly run: CaseRun;
	readonly context: TaskContext;
	readonly planned: readonly PlannedLook[];
}

/** Adds what the clocks of its steps make of a case: a task per step, child and time. */
export function addStepTasks(tasks: CaseTask[], all: CaseInHand): void {
	const { run, context } = all;
	const { withClock } = compileProtocol(run.protocol);
	// What belongs to an earlier turn was answered by the next.
	if (context.openOnly) addTurnTasks(tasks, run.turn, withClock, all);
	else for (const turn of run.turns) addTurnTasks(tasks, turn, withClock, all);
}

function addTurnTasks(tasks: CaseTask[], turn: Turn, steps: CompiledProtocol['withClock'], all: CaseInHand): void {
	for (const step of steps) {
		const state = turn.steps[step.rank];
		if (!state || state.openedOn === null || state.carried) continue;
		if (all.context.openOnly && isAnswered(step, state.status, all.run)) continue;
		addTasksOf(tasks, { step, state, clock: step.clock, openedOn: state.openedOn, turn, all });
	}
}

/** Whatever was said about its tasks, none is open: so it is with most steps of most cases. */
function isAnswered({ lookBack, again }: CompiledStep, status: StepStatus, run: CaseRun): boolean {
	if (status === 'refused') return true;
	if (run.closed && !lookBack) return true;
	return (status === 'done' || status === 'skipped') && !again;
}

interface StepInHand {
	readonly step: CompiledStep;
	readonly state: StepState;
	readonly clock: Clock;
	readonly openedOn: number;
	readonly turn: Turn;
	readonly all: CaseInHand;
}

/** Most steps come once; some once for each time another was taken, some so many times. */
function addTasksOf(tasks: CaseTask[], of: StepInHand): void {
	const { triggers } = of.state;
	if (triggers.length > 0) {
		for (const trigger of triggers) addTasksAt(tasks, of, trigger.day, 0, trigger);
		return;
	}
	const times = of.step.again?.times ?? 1;
	for (let time = 0; time < times; time++) addTasksAt(tasks, of, of.openedOn, time, null);
}

/** With each child once: counted from the day `since`, the time-th time (from 0), after the taking of another step. */
function addTasksAt(tasks: CaseTask[], of: StepInHand, since: number, time: number, trigger: Trigger | null): void {
	const { step, state, clock, turn, all } = of;
	const { subject, history, run, context } = all;
	const first = clockWindow(clock, time * (step.again?.every ?? 0), since, context.days);
	for (const each of state.targets) {
		const done = trigger?.answered ?? (step.again ? takenSince(each, first.from) : each.done);
		// Nearly everything a case ever had is done: who only asks what is open need not make an id of it.
		if (done && context.openOnly) continue;
		const { target } = each;
		const id = stepFollowUpId(subject.id, turn.number, step.key, target?.pupilId, trigger?.id, time);
		const told = history.outcomes.length > 0 ? foldOutcomes(outcomesOf(history, id)) : NOTHING_TOLD;
		const { from, until } = told.movedTo === null ? first : windowFor(told.movedTo, context.days);
		const resolved =
			resolutionOf(state.status, done, told, isReplaced(of, target)) ??
			(isEnded(of) ? 'closed' : answeredBy(run, turn.number, from, step.lookBack));
		if (resolved !== null && context.openOnly) continue;
		tasks.push({
			followUpId: id,
			turn: turn.number,
			step: step.key,
			about: target,
			ownerId: told.handedTo ?? context.ownerOf(step.by),
			from,
			until,
			resolved,
			followUp: null,
		});
	}
}

/** What a person planned, late enough and with this child, takes its place. */
function isReplaced({ step, openedOn, turn, all }: StepInHand, target: Target | null): boolean {
	const { unlessPlannedAfter } = step;
	if (unlessPlannedAfter === null) return false;
	for (const each of all.planned) {
		const isLate = each.turn === turn.number && each.day >= openedOn + unlessPlannedAfter;
		if (isLate && (target === null || target.pupilId === each.pupilId)) return true;
	}
	return false;
}

/** The step it came back until was done. */
function isEnded({ step, turn }: StepInHand): boolean {
	const until = step.again?.until ?? null;
	return until !== null && turn.steps[until]?.doneOn != null;
}

/** The id of the follow-up that a clock makes: the same on every device. */
function stepFollowUpId(
	caseId: CaseId,
	turn: number,
	step: string,
	pupilId: PupilId | undefined,
	trigger: string | undefined,
	time: number,
): FollowUpId {
	return derivedId('followUp', caseId, String(turn), step, pupilId ?? '', trigger ?? '', String(time));
}

/** Somebody took it on the first day of this time's window or later. */
function takenSince({ taken }: TargetState, from: LocalDate): boolean {
	const day = dayNumber(from);
	return taken.some((each) => each.day >= day);
}

function resolutionOf(status: StepStatus, done: boolean, told: Told, replaced: boolean): Resolution | null {
	if (done || told.done) return 'done';
	if (status === 'refused') return 'refused';
	if (told.cancelled) return 'cancelled';
	return replaced ? 'planned' : null;
}
