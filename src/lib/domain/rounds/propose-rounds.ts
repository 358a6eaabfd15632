import type { SchoolDays } from '#domain/calendar/school-days.ts';
import { addDays, dayNumber, type LocalDate } from '#domain/time/local-time.ts';

/** Rounds are six to eight a year, about every six weeks of school (M5-13). */
const SCHOOL_DAYS_APART = 30;
const MOST_ROUNDS = 8;

/**
 * First days for rounds, every sixth week with school: the first after so many school days from `from` (the last round, or the
 * first day of the year), none after `until`. Days without school do not count.
 */
export function proposeRounds(days: SchoolDays, from: LocalDate, until: LocalDate): LocalDate[] {
	const proposed: LocalDate[] = [];
	let schoolDays = 0;
	for (let day = addDays(from, 1); day <= until && proposed.length < MOST_ROUNDS; day = addDays(day, 1)) {
		if (!days.isOpen(dayNumber(day))) continue;
		if (++schoolDays % SCHOOL_DAYS_APART === 0) proposed.push(day);
	}
	return proposed;
}
