import type { Calendar } from '#domain/calendar/calendar.ts';
import { addDays, type LocalDate } from '#domain/time/local-time.ts';
import type { PupilCourse } from './pupil-course.ts';

/** Rounds are about every six weeks (M5-13): what to look back to when the calendar has none behind us. */
const ROUND_DAYS = 42;

/** Fewer incidents than this in a year are part of growing up: stopping is no change then. */
const OFTEN = 3;

/** The day of the last class round before today, or about as long ago as rounds are apart. */
export function sinceLastRound(calendars: Iterable<Calendar>, today: LocalDate): LocalDate {
	const rounds = [...calendars].flatMap((each) => each.rounds).filter((each) => each < today);
	return rounds.sort().at(-1) ?? addDays(today, -ROUND_DAYS);
}

/** Went too far several times this year, and not once since then: that deserves a compliment (M5-14). */
export function deservesCompliment(course: PupilCourse, since: LocalDate): boolean {
	return course.instigator >= OFTEN && course.lastAsInstigator !== null && course.lastAsInstigator < since;
}
