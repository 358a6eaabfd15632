import { dateOf, toLocalDateTime, type TimeZone } from '#domain/time/local-time.ts';
import type { FollowUpState } from './fold-follow-up.ts';
import type { Course } from './verdicts.ts';

/**
 * Whether nothing is left to do about a follow-up: it was done or cancelled, or a judgement answered it. "Not stopped" ends every
 * follow-up of its turn, for the next turn sets its own; "stopped" ends those planned until that day and leaves the
 * later ones standing, because children often say it stopped and are victims again later (5B-07).
 */
export function isAnswered(state: FollowUpState, course: Course, zone: TimeZone): boolean {
	if (state.done || state.cancelled) return true;
	const { turn } = state.followUp;
	if (turn < course.turn) return true;
	if (!course.closedBy || turn > course.turn) return false;
	return state.plannedOn <= dateOf(toLocalDateTime(new Date(course.closedBy.judgedAt), zone));
}
