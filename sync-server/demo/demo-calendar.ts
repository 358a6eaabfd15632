import type { Calendar, Closure } from '#domain/calendar/calendar.ts';
import { USUAL_DAY } from '#domain/calendar/usual-day.ts';
import { idOf, type SchoolId } from '#domain/id.ts';
import { addDays, dateOfDayNumber, dayNumber, isoWeekday, type LocalDate } from '#domain/time/local-time.ts';
import { diceFor } from './random.ts';
import { seededUlid } from './seeded-ulid.ts';

/** A school year runs from 1 August to 31 July. */
const FIRST_MONTH = 8;

/** A term of six weeks between class rounds, 6 to 8 a year (M5-13). */
const ROUND_EVERY_WEEKS = 6;

/** The calendars of every school year that touches the days from `from` to `until`. */
export function demoCalendars(schoolId: SchoolId, from: LocalDate, until: LocalDate): Calendar[] {
	const calendars: Calendar[] = [];
	for (let year = schoolYearOf(from); year <= schoolYearOf(until); year++) calendars.push(calendarOf(schoolId, year));
	return calendars;
}

function schoolYearOf(date: LocalDate): number {
	const year = Number(date.slice(0, 4));
	return Number(date.slice(5, 7)) >= FIRST_MONTH ? year : year - 1;
}

function calendarOf(schoolId: SchoolId, year: number): Calendar {
	const closures = closuresOf(year);
	const from = day(year, FIRST_MONTH, 1);
	const until = day(year + 1, FIRST_MONTH - 1, 31);
	return {
		type: 'calendar',
		v: 1,
		id: idOf('calendar', seededUlid(dayNumber(from) * 86_400_000, diceFor(year, 'calendar'))),
		schoolId,
		from,
		until,
		closures,
		dayParts: [...USUAL_DAY],
		rounds: roundsOf(from, until, closures),
	};
}

/**
 * Holidays where the middle region usually has them: each starts on the Saturday nearest to a fixed day, which
 * gives the official dates of 2025-2026 and 2026-2027 and goes on to work in any year.
 */
function closuresOf(year: number): Closure[] {
	const easter = easterOf(year + 1);
	const closures: Closure[] = [
		{
			kind: 'holiday',
			name: 'Zomervakantie',
			from: day(year, FIRST_MONTH, 1),
			until: addDays(saturdayNear(year, 7, 18), 43),
		},
		holiday('Herfstvakantie', saturdayNear(year, 10, 18), 9),
		{
			kind: 'studyDay',
			name: 'Studiedag',
			from: addDays(saturdayNear(year, 11, 14), 4),
			until: addDays(saturdayNear(year, 11, 14), 4),
		},
		holiday('Kerstvakantie', saturdayNear(year, 12, 20), 16),
		holiday('Voorjaarsvakantie', saturdayNear(year + 1, 2, 17), 9),
		{
			kind: 'studyDay',
			name: 'Studiedag',
			from: addDays(saturdayNear(year + 1, 3, 14), 6),
			until: addDays(saturdayNear(year + 1, 3, 14), 6),
		},
		holiday('Tweede paasdag', addDays(easter, 1), 1),
		holiday('Meivakantie', saturdayNear(year + 1, 4, 25), 9),
		holiday('Hemelvaart', addDays(easter, 39), 2),
		holiday('Tweede pinksterdag', addDays(easter, 50), 1),
		holiday('Zomervakantie', saturdayNear(year + 1, 7, 18), 44),
	];
	return closures.sort((a, b) => (a.from < b.from ? -1 : 1));
}

function holiday(name: string, from: LocalDate, days: number): Closure {
	return { kind: 'holiday', name, from, until: addDays(from, days - 1) };
}

/** Every sixth week, on a Tuesday with school. */
function roundsOf(from: LocalDate, until: LocalDate, closures: readonly Closure[]): LocalDate[] {
	const rounds: LocalDate[] = [];
	let date = addDays(from, (2 - isoWeekday(from) + 7) % 7);
	let schoolWeeks = 0;
	for (; date <= until; date = addDays(date, 7)) {
		if (isClosed(date, closures)) continue;
		if (++schoolWeeks % ROUND_EVERY_WEEKS === 0) rounds.push(date);
	}
	return rounds;
}

export function isClosed(date: LocalDate, closures: readonly Closure[]): boolean {
	return isoWeekday(date) > 5 || closures.some((closure) => closure.from <= date && date <= closure.until);
}

function day(year: number, month: number, dayOfMonth: number): LocalDate {
	return new Date(Date.UTC(year, month - 1, dayOfMonth)).toISOString().slice(0, 10) as LocalDate;
}

function saturdayNear(year: number, month: number, dayOfMonth: number): LocalDate {
	const near = dayNumber(day(year, month, dayOfMonth));
	for (let off = 0; off <= 3; off++) {
		if (isoWeekday(dateOfDayNumber(near - off)) === 6) return dateOfDayNumber(near - off);
		if (isoWeekday(dateOfDayNumber(near + off)) === 6) return dateOfDayNumber(near + off);
	}
	throw new Error('A week has a Saturday');
}

/** Easter Sunday in the Gregorian calendar (Meeus, Jones and Butcher). */
function easterOf(year: number): LocalDate {
	const a = year % 19;
	const b = Math.floor(year / 100);
	const c = year % 100;
	const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
	const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
	const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
	return day(year, Math.floor(f / 31), (f % 31) + 1);
}

/** The day itself, or the Friday before a weekend. */
export function weekdayBefore(date: LocalDate): LocalDate {
	return isoWeekday(date) > 5 ? addDays(date, 5 - isoWeekday(date)) : date;
}
