import { roundDaysBefore, type RoundFacts } from '#domain/rounds/round-state.ts';
import { addDays, type LocalDate } from '#domain/time/local-time.ts';
import type { PupilCourse } from './pupil-course.ts';

/** Rounds are about every six weeks (M5-13): what to look back to when there was none yet. */
const ROUND_DAYS = 42;

/** Fewer incidents than this in a year are part of growing up: stopping is no change then. */
const OFTEN = 3;

/** The day of the last class round before today, or about as long ago as rounds are apart. */
export function sinceLastRound(facts: RoundFacts, today: LocalDate): LocalDate {
	return roundDaysBefore(facts, today).at(-1) ?? addDays(today, -ROUND_DAYS);
}

/** Went too far several times this year, and not once since then: that deserves a compliment (M5-14). */
export function deservesCompliment(course: PupilCourse, since: LocalDate): boolean {
	return course.instigator >= OFTEN && course.lastAsInstigator !== null && course.lastAsInstigator < since;
}
