import { derivedId } from '#domain/derived-id.ts';
import type { CaseId, FollowUpId, PupilId } from '#domain/id.ts';
import type { Clock } from '#domain/protocols/protocol.ts';
import { dayNumber, type LocalDate } from '#domain/time/local-time.ts';
import type { Case } from './case.ts';
import { outcomesOf, type CaseHistory } from './case-history.ts';
import type { CaseTask, TaskContext } from './case-tasks.ts';
import { foldOutcomes, NOTHING_TOLD, type Told } from './fold-follow-up.ts';
import { answeredBy, type Resolution } from './resolution.ts';
import type { CaseRun, Turn } from './run-case.ts';
import type { StepState, StepStatus, Trigger } from './step-state.ts';
import type { TargetState } from './step-targets.ts';
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
	// What belongs to an earlier turn was answered by the next.
	for (const turn of context.openOnly ? [run.turn] : run.turns) {
		for (const state of turn.steps) {
			const { clock } = state.step;
			if (!clock || state.openedOn === null || state.carried) continue;
			if (!context.openOnly || !isAnswered(state, run)) addTasksOf(tasks, state, clock, state.openedOn, turn, all);
		}
	}
}

/** Whatever was said about its tasks, none is open: so it is with most steps of most cases. */
function isAnswered({ step, status }: StepState, run: CaseRun): boolean {
	if (status === 'refused') return true;
	if (run.closed && !step.lookBack) return true;
	return (status === 'done' || status === 'skipped') && !step.again;
}

const NONE_PLANNED: readonly PlannedLook[] = [];

function addTasksOf(
	tasks: CaseTask[],
	state: StepState,
	clock: Clock,
	openedOn: number,
	turn: Turn,
	all: CaseInHand,
): void {
	const { step, triggers } = state;
	const { unlessPlannedAfter, again } = step;
	const replacing =
		unlessPlannedAfter === undefined || all.planned.length === 0
			? NONE_PLANNED
			: all.planned.filter((each) => each.turn === turn.number && each.day >= openedOn + unlessPlannedAfter);
	const ended = again !== undefined && turn.steps.find((each) => each.step.key === again.until)?.doneOn != null;
	const of: StepInHand = { state, clock, turn, replacing, ended, all };
	// Most steps come once; some once for each time another was taken, some so many times.
	for (const trigger of triggers) addTasksAt(tasks, of, trigger.day, 0, trigger);
	if (triggers.length > 0) return;
	for (let time = 0; time < (again?.times ?? 1); time++) addTasksAt(tasks, of, openedOn, time, null);
}

/** What the tasks of one step have in common. */
interface StepInHand {
	readonly state: StepState;
	readonly clock: Clock;
	readonly turn: Turn;
	/** What a person planned takes its place, with the child it was planned for. */
	readonly replacing: readonly PlannedLook[];
	/** The step it came back until was done. */
	readonly ended: boolean;
	readonly all: CaseInHand;
}

/** With each child once: counted from the day `since`, the time-th time (from 0), after the taking of another step. */
function addTasksAt(
	tasks: CaseTask[],
	{ state, clock, turn, replacing, ended, all }: StepInHand,
	since: number,
	time: number,
	trigger: Trigger | null,
): void {
	const { step, targets, status } = state;
	const { subject, history, run, context } = all;
	const first = clockWindow(clock, time * (step.again?.every ?? 0), since, context.days);
	for (const each of targets) {
		const done = trigger?.answered ?? (step.again ? takenSince(each, first.from) : each.done);
		// Nearly everything a case ever had is done: who only asks what is open need not make an id of it.
		if (done && context.openOnly) continue;
		const { target } = each;
		const id = stepFollowUpId(subject.id, turn.number, step.key, target?.pupilId, trigger?.id, time);
		const told = history.outcomes.length > 0 ? foldOutcomes(outcomesOf(history, id)) : NOTHING_TOLD;
		const { from, until } = told.movedTo === null ? first : windowFor(told.movedTo, context.days);
		const replaced = replacing.some(({ pupilId }) => target === null || target.pupilId === pupilId);
		const resolved =
			resolutionOf(status, done, told, replaced) ??
			(ended ? 'closed' : answeredBy(run, turn.number, from, step.lookBack === true));
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
