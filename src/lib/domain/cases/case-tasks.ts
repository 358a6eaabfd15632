import type { SchoolDays } from '#domain/calendar/school-days.ts';
import type { FollowUpId, PersonId } from '#domain/id.ts';
import type { TaskRole } from '#domain/protocols/protocol.ts';
import { dayNumber } from '#domain/time/local-time.ts';
import type { Case, FollowUp } from './case.ts';
import { outcomesOf, type CaseHistory } from './case-history.ts';
import { foldFollowUp } from './fold-follow-up.ts';
import { answeredBy, type Resolution } from './resolution.ts';
import type { CaseRun } from './run-case.ts';
import { addStepTasks, type PlannedLook } from './step-tasks.ts';
import type { Target } from './step-targets.ts';
import { windowFor, type TaskWindow } from './task-window.ts';

/** Something with a date in a case: a look back that somebody planned, or a step with a clock. */
export interface CaseTask extends TaskWindow {
	/** Of the planned look back; of a step it follows from case, turn, step and child. */
	readonly followUpId: FollowUpId;
	readonly turn: number;
	/** Null for a look back that somebody planned. */
	readonly step: string | null;
	readonly about: Target | null;
	/** After hand-overs, before anybody stands in. */
	readonly ownerId: PersonId;
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
	const planned: PlannedLook[] = [];
	for (const followUp of history.followUps) {
		const { task, plannedOn } = plannedTask(followUp, history, run, context.days);
		if (followUp.nonContractId === undefined)
			planned.push({ turn: followUp.turn, day: dayNumber(plannedOn), pupilId: followUp.about.pupilId });
		if (task.resolved === null || !context.openOnly) tasks.push(task);
	}
	addStepTasks(tasks, { subject, history, run, context, planned });
	return tasks;
}

function plannedTask(followUp: FollowUp, history: CaseHistory, run: CaseRun, days: SchoolDays) {
	const { done, cancelled, plannedOn, ownerId } = foldFollowUp(followUp, outcomesOf(history, followUp.id));
	const { from, until } = windowFor(plannedOn, days);
	const task: CaseTask = {
		followUpId: followUp.id,
		turn: followUp.turn,
		step: null,
		about: followUp.about,
		ownerId,
		from,
		until,
		resolved: done ? 'done' : cancelled ? 'cancelled' : answeredBy(run, followUp.turn, plannedOn, true),
		followUp,
	};
	return { task, plannedOn };
}
