import { addSchoolDays, schoolDayFrom, schoolDayUntil, type SchoolDays } from '#domain/calendar/school-days.ts';
import { derivedUlid } from '#domain/derived-ulid.ts';
import { idOf, type CaseId, type FollowUpId, type PersonId, type PupilId } from '#domain/id.ts';
import type { Clock, TaskRole } from '#domain/protocols/protocol.ts';
import { dateOfDayNumber, dayNumber, type LocalDate } from '#domain/time/local-time.ts';
import type { Case, FollowUp, FollowUpOutcome } from './case.ts';
import { outcomesOf, type CaseHistory } from './case-history.ts';
import { foldFollowUp } from './fold-follow-up.ts';
import type { CaseRun, Turn } from './run-case.ts';
import type { StepState, Target, TargetState } from './step-state.ts';

/** One school week: a talk with a child need not be on the very day, and a window of a week can be kept. */
const WINDOW_SCHOOL_DAYS = 5;

/**
 * Why nothing is left to do. `planned`: a look back that a person planned takes its place; `nextTurn`: not stopped, and the
 * next turn has its own; `closed`: the judgement answered it.
 */
export type Resolution =
	'done' | 'cancelled' | 'nextTurn' | 'closed' | 'refused' | 'planned' | 'pupilLeft' | 'pupilErased';

/** Something with a date in a case: a look back that somebody planned, or a step with a clock. */
export interface CaseTask {
	/** Of the planned look back; of a step it follows from case, turn, step and child. */
	readonly followUpId: FollowUpId;
	readonly turn: number;
	/** Null for a look back that somebody planned. */
	readonly step: string | null;
	readonly about: Target | null;
	/** After hand-overs, before anybody stands in. */
	readonly ownerId: PersonId;
	/** First and last day on which it can well be done; both are school days. */
	readonly from: LocalDate;
	readonly until: LocalDate;
	readonly resolved: Resolution | null;
	readonly followUp: FollowUp | null;
}

export interface TaskContext {
	readonly days: SchoolDays;
	readonly ownerOf: (role: TaskRole) => PersonId;
	/** Leave out what is resolved. */
	readonly openOnly?: boolean;
}

/** Everything with a date that a case ever had, what is done included. */
export function caseTasks(subject: Case, history: CaseHistory, run: CaseRun, context: TaskContext): CaseTask[] {
	const tasks: CaseTask[] = [];
	const planned: Planned[] = [];
	for (const followUp of history.followUps) {
		const task = plannedTask(followUp, history, run, context.days);
		if (followUp.nonContractId === undefined)
			planned.push({ turn: followUp.turn, day: dayNumber(task.plannedOn), pupilId: followUp.about.pupilId });
		if (task.task.resolved === null || !context.openOnly) tasks.push(task.task);
	}
	const all = { subject, history, run, context, planned };
	// What belongs to an earlier turn was answered by the next.
	for (const turn of context.openOnly ? [run.turn] : run.turns) {
		for (const state of turn.steps) {
			const { clock } = state.step;
			if (!clock || state.openedOn === null || state.carried) continue;
			if (!context.openOnly || !isAnswered(state, run)) addStepTasks(tasks, state, clock, turn, all);
		}
	}
	return tasks;
}

/** Whatever was said about its tasks, none is open: so it is with most steps of most cases. */
function isAnswered({ step, status }: StepState, run: CaseRun): boolean {
	if (status === 'refused') return true;
	if (run.closed && !step.lookBack) return true;
	return (status === 'done' || status === 'skipped') && !step.again;
}

/** First and last day of the window of a look back that a person planned: a school week. Both are school days. */
export function windowFor(plannedOn: LocalDate, days: SchoolDays): Window {
	let known = schoolWeeks.get(days);
	if (!known) schoolWeeks.set(days, (known = new Map<LocalDate, Window>()));
	let window = known.get(plannedOn);
	if (!window) {
		const from = schoolDayFrom(days, plannedOn);
		known.set(plannedOn, (window = { from, until: addSchoolDays(days, from, WINDOW_SCHOOL_DAYS - 1) }));
	}
	return window;
}

/** Thousands of look backs are planned on the same few days. */
const schoolWeeks = new WeakMap<SchoolDays, Map<LocalDate, Window>>();

/**
 * The window of a clock. Its first day moves on to a school day, its last day back to one; when a holiday takes the whole
 * window, it becomes the first school week after it.
 */
function clockWindow(clock: Clock, shift: number, since: number, days: SchoolDays): Window {
	const known = windowsOf(clock, days);
	const key = since * MOST_SHIFT + shift;
	let window = known.get(key);
	if (!window) {
		const { unit, from, until } = clock;
		const reckon = unit === 'days' ? dayWindow : schoolDayWindow;
		known.set(key, (window = reckon(since, from + shift, until + shift, days)));
	}
	return window;
}

interface Window {
	readonly from: LocalDate;
	readonly until: LocalDate;
}

/** More than any clock is shifted by its repetitions: at most 40 times 60. */
const MOST_SHIFT = 4096;

const windows = new WeakMap<SchoolDays, Map<Clock, Map<number, Window>>>();

/** Thousands of cases ask for the same few windows. */
function windowsOf(clock: Clock, days: SchoolDays): Map<number, Window> {
	let byClock = windows.get(days);
	if (!byClock) windows.set(days, (byClock = new Map<Clock, Map<number, Window>>()));
	let known = byClock.get(clock);
	if (!known) byClock.set(clock, (known = new Map<number, Window>()));
	return known;
}

function schoolDayWindow(since: number, from: number, until: number, days: SchoolDays): Window {
	const start = schoolDayFrom(days, dateOfDayNumber(since));
	return { from: addSchoolDays(days, start, from), until: addSchoolDays(days, start, until) };
}

function dayWindow(since: number, from: number, until: number, days: SchoolDays): Window {
	const first = schoolDayFrom(days, dateOfDayNumber(since + from));
	const last = schoolDayUntil(days, dateOfDayNumber(since + until));
	return { from: first, until: last < first ? windowFor(first, days).until : last };
}

interface StepTaskName extends Pick<Occurrence, 'trigger' | 'time'> {
	readonly turn: number;
	readonly step: string;
	readonly pupilId: PupilId | null;
}

/** The id of the follow-up that a clock makes: the same on every device. */
function stepFollowUpId(caseId: CaseId, { turn, step, pupilId, trigger, time }: StepTaskName): FollowUpId {
	return idOf('followUp', derivedUlid(caseId, String(turn), step, pupilId ?? '', trigger ?? '', String(time)));
}

function plannedTask(followUp: FollowUp, history: CaseHistory, run: CaseRun, days: SchoolDays) {
	const state = foldFollowUp(followUp, outcomesOf(history, followUp.id));
	const task: CaseTask = {
		followUpId: followUp.id,
		turn: followUp.turn,
		step: null,
		about: followUp.about,
		ownerId: state.ownerId,
		...windowFor(state.plannedOn, days),
		resolved: state.done
			? 'done'
			: state.cancelled
				? 'cancelled'
				: answeredBy(run, followUp.turn, state.plannedOn, true),
		followUp,
	};
	return { task, plannedOn: state.plannedOn };
}

/**
 * "Not stopped" answers everything of its turn, for the next turn has its own. Closing answers what was planned until that
 * day, and leaves later look backs standing: children often say it stopped and are victims again later (5B-07).
 */
function answeredBy(run: CaseRun, turn: number, plannedOn: LocalDate, lookBack: boolean): Resolution | null {
	if (turn < run.turn.number) return 'nextTurn';
	if (!run.closed || turn > run.turn.number) return null;
	return !lookBack || dayNumber(plannedOn) <= run.closed.by.day ? 'closed' : null;
}

const NONE_PLANNED: readonly Planned[] = [];

interface StepTasksContext {
	readonly subject: Case;
	readonly history: CaseHistory;
	readonly run: CaseRun;
	readonly context: TaskContext;
	readonly planned: readonly Planned[];
}

/** A look back that somebody planned. */
interface Planned {
	readonly turn: number;
	/** After moves. */
	readonly day: number;
	readonly pupilId: PupilId;
}

function addStepTasks(tasks: CaseTask[], state: StepState, clock: Clock, turn: Turn, all: StepTasksContext): void {
	const { step, openedOn, triggers } = state;
	if (openedOn === null) return;
	const { unlessPlannedAfter, again } = step;
	const replacing =
		unlessPlannedAfter === undefined || all.planned.length === 0
			? NONE_PLANNED
			: all.planned.filter((each) => each.turn === turn.number && each.day >= openedOn + unlessPlannedAfter);
	const ended = again !== undefined && turn.steps.find((each) => each.step.key === again.until)?.doneOn != null;
	const of: StepTasks = { state, clock, turn, replacing, ended, all };
	// Most steps come once; some once for each time another was taken, some so many times.
	for (const { id, day, answered } of triggers)
		addOccurrence(tasks, of, { since: day, trigger: id, time: 0, answered });
	if (triggers.length > 0) return;
	for (let time = 0; time < (again?.times ?? 1); time++)
		addOccurrence(tasks, of, { since: openedOn, trigger: null, time, answered: null });
}

/** What the tasks of one step have in common. */
interface StepTasks {
	readonly state: StepState;
	readonly clock: Clock;
	readonly turn: Turn;
	/** What a person planned takes its place, with the child it was planned for. */
	readonly replacing: readonly Planned[];
	/** The step it came back until was done. */
	readonly ended: boolean;
	readonly all: StepTasksContext;
}

interface Occurrence {
	readonly since: number;
	/** The taking of another step that it follows. */
	readonly trigger: string | null;
	/** From 0. */
	readonly time: number;
	/** Null: whether it was done depends on the child, or on the day. */
	readonly answered: boolean | null;
}

function addOccurrence(
	tasks: CaseTask[],
	{ state, clock, turn, replacing, ended, all }: StepTasks,
	{ since, trigger, time, answered }: Occurrence,
): void {
	const { step, targets, status } = state;
	const { subject, history, run, context } = all;
	const window = clockWindow(clock, time * (step.again?.every ?? 0), since, context.days);
	for (const each of targets) {
		const done = answered ?? (step.again ? takenSince(each, window.from) : each.done);
		// Nearly everything a case ever had is done: who only asks what is open need not make an id of it.
		if (done && context.openOnly) continue;
		const name = { turn: turn.number, step: step.key, pupilId: each.target?.pupilId ?? null, trigger, time };
		const id = history.outcomes.length > 0 ? stepFollowUpId(subject.id, name) : null;
		const changed = id ? afterChanges(history, id, window, context.days) : unchanged(window);
		const replaced = replacing.some(({ pupilId }) => each.target === null || each.target.pupilId === pupilId);
		const resolved =
			resolutionOf(status, done, changed, replaced) ??
			(ended ? 'closed' : answeredBy(run, turn.number, changed.from, step.lookBack === true));
		if (resolved !== null && context.openOnly) continue;
		tasks.push({
			followUpId: id ?? stepFollowUpId(subject.id, name),
			turn: turn.number,
			step: step.key,
			about: each.target,
			ownerId: changed.ownerId ?? context.ownerOf(step.by),
			from: changed.from,
			until: changed.until,
			resolved,
			followUp: null,
		});
	}
}

/** Somebody took it on the first day of this time's window or later. */
function takenSince({ taken }: TargetState, from: LocalDate): boolean {
	const day = dayNumber(from);
	return taken.some((each) => each.day >= day);
}

function resolutionOf(
	status: StepState['status'],
	done: boolean,
	changed: Changed,
	replaced: boolean,
): Resolution | null {
	if (done || changed.done) return 'done';
	if (status === 'refused') return 'refused';
	if (changed.cancelled) return 'cancelled';
	return replaced ? 'planned' : null;
}

interface Changed {
	readonly from: LocalDate;
	readonly until: LocalDate;
	readonly ownerId: PersonId | null;
	readonly done: boolean;
	readonly cancelled: boolean;
}

/** Moved to another day, it gets that school week; the last word counts. */
function afterChanges(history: CaseHistory, id: FollowUpId, window: Window, days: SchoolDays): Changed {
	const outcomes = outcomesOf(history, id);
	if (outcomes.length === 0) return unchanged(window);
	const moves = outcomes.filter(({ outcome }) => outcome.kind !== 'handedOver').toSorted(byRecorded);
	const last = moves.at(-1)?.outcome;
	const moved = moves.findLast(({ outcome }) => outcome.kind === 'moved')?.outcome;
	const handed = outcomes
		.filter(({ outcome }) => outcome.kind === 'handedOver')
		.toSorted(byRecorded)
		.at(-1)?.outcome;
	return {
		...(moved?.kind === 'moved' ? windowFor(moved.plannedOn, days) : window),
		ownerId: handed?.kind === 'handedOver' ? handed.ownerId : null,
		done: moves.some(({ outcome }) => outcome.kind === 'done'),
		cancelled: last?.kind === 'cancelled',
	};
}

function unchanged({ from, until }: Window): Changed {
	return { from, until, ownerId: null, done: false, cancelled: false };
}

function byRecorded(a: FollowUpOutcome, b: FollowUpOutcome): number {
	return Date.parse(a.recordedAt) - Date.parse(b.recordedAt) || (a.id < b.id ? -1 : 1);
}
