import { addSchoolDays, schoolDaysBetween, schoolDayUntil, type SchoolDays } from '#domain/calendar/school-days.ts';
import type { Incident } from '#domain/incident/incidents.ts';
import { addDays, dateOf, type LocalDate } from '#domain/time/local-time.ts';
import type { CasePupil } from './case.ts';

/** Four school weeks: long enough to see a change, short enough to be about now. */
const LONGEST_PERIOD_SCHOOL_DAYS = 20;

/** One school week: before that, "now" says nothing yet. */
const SHORTEST_PERIOD_SCHOOL_DAYS = 5;

/** Below this together, a difference between two periods can well be chance (D9). */
const SMALL_TOGETHER = 6;

export interface CaseFigures {
	/** Both periods have this many school days, so that a holiday makes nothing look better. */
	readonly schoolDays: number;
	/** Incidents in this role just before the start of the turn. */
	readonly before: number;
	/** In the last days, today included. */
	readonly now: number;
	/** Every one since the start. */
	readonly sinceStart: number;
	/** How it stood at the start: over the longest period before it. */
	readonly atStart: { readonly count: number; readonly schoolDays: number };
	/** The turn began less than a school week ago, so there is no "now" to compare with. */
	readonly tooSoon: boolean;
	/** So few that the difference could be chance. */
	readonly small: boolean;
}

/** The figures of the start of a turn beside those of now (5B-07), for one pupil in the role of the case. */
export function caseFigures(
	{ pupilId, role }: CasePupil,
	incidents: Iterable<Incident>,
	{ start, today, days }: { readonly start: LocalDate; readonly today: LocalDate; readonly days: SchoolDays },
): CaseFigures {
	const passed = schoolDaysBetween(days, start, today);
	const schoolDays = Math.min(Math.max(passed, 1), LONGEST_PERIOD_SCHOOL_DAYS);
	const nowFrom = addSchoolDays(days, schoolDayUntil(days, today), 1 - schoolDays);
	const beforeUntil = addDays(start, -1);
	const beforeStart = (length: number) => addSchoolDays(days, schoolDayUntil(days, beforeUntil), 1 - length);
	const dates = [...incidents]
		.filter(
			({ basket, participants }) =>
				basket !== 'green' &&
				participants.some((each) => 'pupilId' in each && each.pupilId === pupilId && each.role === role),
		)
		.map(({ occurredAt }) => dateOf(occurredAt));
	const count = (from: LocalDate, until: LocalDate) => dates.filter((each) => from <= each && each <= until).length;
	const before = count(beforeStart(schoolDays), beforeUntil);
	const now = count(later(nowFrom, start), today);
	return {
		schoolDays,
		before,
		now,
		sinceStart: count(start, today),
		atStart: {
			count: count(beforeStart(LONGEST_PERIOD_SCHOOL_DAYS), beforeUntil),
			schoolDays: LONGEST_PERIOD_SCHOOL_DAYS,
		},
		tooSoon: passed < SHORTEST_PERIOD_SCHOOL_DAYS,
		small: before + now < SMALL_TOGETHER,
	};
}

function later(a: LocalDate, b: LocalDate): LocalDate {
	return a > b ? a : b;
}
