import { dayNumber, type LocalDate } from '#domain/time/local-time.ts';
import type { CaseRun } from './run-case.ts';

/**
 * Why nothing is left to do. `planned`: a look back that a person planned takes its place; `nextTurn`: not stopped, and the
 * next turn has its own; `closed`: the judgement answered it.
 */
export type Resolution =
	'done' | 'cancelled' | 'nextTurn' | 'closed' | 'refused' | 'planned' | 'pupilLeft' | 'pupilErased';

/**
 * "Not stopped" answers everything of its turn, for the next turn has its own. Closing answers what was planned until that
 * day, and leaves later look backs standing: children often say it stopped and are victims again later (5B-07).
 */
export function answeredBy(run: CaseRun, turn: number, plannedOn: LocalDate, lookBack: boolean): Resolution | null {
	if (turn < run.turn.number) return 'nextTurn';
	if (!run.closed || turn > run.turn.number) return null;
	return !lookBack || dayNumber(plannedOn) <= run.closed.by.day ? 'closed' : null;
}
