import type { Calendar } from '#domain/calendar/calendar.ts';
import { dateOfDayNumber, dayNumber, isoWeekday, type LocalDate } from '#domain/time/local-time.ts';
import { isClosed } from './demo-calendar.ts';

/** Days before `today` that the demo covers; today itself stays empty, so nothing lies in the future. */
export const COURSE_DAYS = 364;

export interface CourseDay {
	readonly date: LocalDate;
	readonly isSchoolDay: boolean;
	readonly observations: number;
}

const RISE_DAYS = 91;
const FALL_DAYS = 182;
const START_LEVEL = 0.45;
const PEAK_LEVEL = 1.7;
const HELD_LEVEL = 0.7;
/** A holiday is a stretch of at least this many days without school. */
const HOLIDAY_DAYS = 7;
const DAYS_OF_PEAK_AFTER_HOLIDAY = 7;
const PEAK_AFTER_HOLIDAY = 1.4;
/** Monday first; the end of the week is the busiest. */
const WEEKDAY_LEVEL = [0.95, 1, 0.95, 1.05, 1.15, 0, 0];
/** What happens outside school and is told later (M5-04). */
const WEEKEND_LEVEL = 0.02;

/**
 * How many observations fall on which day: rising for three months, falling for three, then level with a small
 * peak after each holiday (domain figures). The counts add up to `observations` exactly.
 */
export function courseOf(observations: number, today: LocalDate, calendars: readonly Calendar[]): CourseDay[] {
	const first = dayNumber(today) - COURSE_DAYS;
	const closures = calendars.flatMap((calendar) => calendar.closures);
	let closedDays = 0;
	let daysSinceHoliday = Infinity;
	const levels = Array.from({ length: COURSE_DAYS }, (_, index) => {
		const date = dateOfDayNumber(first + index);
		const closed = isClosed(date, closures);
		if (closed) closedDays++;
		else {
			if (closedDays >= HOLIDAY_DAYS) daysSinceHoliday = 0;
			closedDays = 0;
			daysSinceHoliday++;
		}
		const weekday = isoWeekday(date);
		if (closed) return { date, isSchoolDay: false, level: weekday > 5 && closedDays <= 2 ? WEEKEND_LEVEL : 0 };
		const peak = daysSinceHoliday <= DAYS_OF_PEAK_AFTER_HOLIDAY - 2 ? PEAK_AFTER_HOLIDAY : 1;
		return { date, isSchoolDay: true, level: trend(index) * peak * (WEEKDAY_LEVEL[weekday - 1] ?? 0) };
	});

	const total = levels.reduce((sum, { level }) => sum + level, 0);
	let level = 0;
	let given = 0;
	return levels.map((each) => {
		level += each.level;
		const upToHere = Math.round((level / total) * observations);
		const count = upToHere - given;
		given = upToHere;
		return { date: each.date, isSchoolDay: each.isSchoolDay, observations: count };
	});
}

function trend(index: number): number {
	if (index < RISE_DAYS) return START_LEVEL + ((PEAK_LEVEL - START_LEVEL) * index) / RISE_DAYS;
	if (index < FALL_DAYS) {
		return PEAK_LEVEL - ((PEAK_LEVEL - HELD_LEVEL) * (index - RISE_DAYS)) / (FALL_DAYS - RISE_DAYS);
	}
	return HELD_LEVEL;
}
