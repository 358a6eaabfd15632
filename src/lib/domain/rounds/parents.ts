import type { Calendar } from '#domain/calendar/calendar.ts';
import type { PupilId } from '#domain/id.ts';
import type { Pupil } from '#domain/school/roster.ts';
import { standingsOn } from '#domain/status/standing.ts';
import type { PupilStatus, StatusDecision } from '#domain/status/status-decision.ts';
import {
	dateOf,
	toLocalDateTime,
	type LocalDate,
	type LocalDateTime,
	type LocalTime,
	type TimeZone,
} from '#domain/time/local-time.ts';
import type { RoundState } from './round-state.ts';

/** What the parents get: a call for A1, an invitation for A2 (M5-13). */
export const PARENTS = { A1: 'parentsCalled', A2: 'parentsInvited' } as const satisfies Partial<
	Record<PupilStatus, string>
>;
export type ParentsTask = (typeof PARENTS)[keyof typeof PARENTS];

/** When it is at school, and when school is out. */
export interface SchoolMoment {
	readonly now: LocalDateTime;
	readonly zone: TimeZone;
	readonly calendars: readonly Calendar[];
}

/** Somebody was spoken to, and the parents do not know yet. */
export interface WaitingParents {
	readonly pupilId: PupilId;
	readonly task: ParentsTask;
	/** The pupil went home that day, or an earlier one, before the parents knew. */
	readonly isLate: boolean;
}

/**
 * Whose parents are to be told still: before that pupil goes home (M5-13). It follows from what was ticked and from the
 * statuses alone, so that nobody drops off the list because a figure moved. Those who are late first, then by when they
 * were spoken to.
 */
export function parentsWaiting(
	{ until, done }: Pick<RoundState, 'until' | 'done'>,
	pupils: readonly Pupil[],
	decisions: readonly StatusDecision[],
	{ now, zone, calendars }: SchoolMoment,
): WaitingParents[] {
	const standings = standingsOn(decisions, until);
	return pupils
		.flatMap(({ id: pupilId }) => {
			const spoken = done.get(`talked ${pupilId}`);
			const status = standings.get(pupilId)?.instigator?.status;
			if (!spoken || (status !== 'A1' && status !== 'A2')) return [];
			const task = PARENTS[status];
			if (done.has(`${task} ${pupilId}`)) return [];
			const day = dateOf(toLocalDateTime(new Date(spoken.at), zone));
			return { pupilId, task, isLate: isOver(day, now, calendars), at: Date.parse(spoken.at) };
		})
		.sort((a, b) => Number(b.isLate) - Number(a.isLate) || a.at - b.at)
		.map(({ at: _, ...waiting }) => waiting);
}

/** When the last lesson of a day ends; `null` where the calendar does not say. */
export function homeTime(calendars: readonly Calendar[], day: LocalDate): LocalTime | null {
	const year = calendars.find(({ from, until }) => from <= day && day <= until);
	const ends = year?.dayParts.filter(({ kind }) => kind === 'lesson').map(({ until }) => until) ?? [];
	return ends.sort().at(-1) ?? null;
}

function isOver(day: LocalDate, now: LocalDateTime, calendars: readonly Calendar[]): boolean {
	if (day !== dateOf(now)) return day < dateOf(now);
	const home = homeTime(calendars, day);
	return home !== null && now.slice(11) >= home;
}
