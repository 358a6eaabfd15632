import type { HolidayRegion } from '#domain/school/roster.ts';
import { dateOfDayNumber, dayNumber, type LocalDate } from '#domain/time/local-time.ts';
import type { Calendar } from './calendar.ts';
import { KNOWN_SCHOOL_YEARS, nationalDaysOff, publishedHolidays } from './dutch-holidays.ts';

/** Which days have school, prepared for asking often. */
export interface SchoolDays {
	/** `day` counts from 1970-01-01, as `dayNumber` does. */
	readonly isOpen: (day: number) => boolean;
}

/** The summer is six weeks; a closure longer than this is a slip of the pen and is cut off. */
const LONGEST_CLOSURE_DAYS = 120;

/** A school that seems closed for a whole year has a wrong calendar; its weekdays then count as school days. */
const LOOK_AHEAD_DAYS = 366;

/** Prepared last, and of what: one school asks again and again, and keeps with it what it reckoned from it. */
interface Prepared {
	readonly calendars: readonly Calendar[];
	readonly region: HolidayRegion | undefined;
	readonly days: SchoolDays;
}

let latest: Prepared | null = null;

/**
 * Weekends and the closures in the school's calendars are free. For a day in none of the calendars, such as a date
 * far ahead, the national days off are free, and the holidays that were published for the school's region.
 */
export function schoolDaysOf(calendars: readonly Calendar[], region?: HolidayRegion): SchoolDays {
	if (!latest || !isOf(latest, calendars, region))
		latest = { calendars: [...calendars], region, days: prepare(calendars, region) };
	return latest.days;
}

/** A calendar that changes is another document. */
function isOf(prepared: Prepared, calendars: readonly Calendar[], region: HolidayRegion | undefined): boolean {
	if (prepared.region !== region || prepared.calendars.length !== calendars.length) return false;
	return calendars.every((each, index) => each === prepared.calendars[index]);
}

function prepare(calendars: readonly Calendar[], region: HolidayRegion | undefined): SchoolDays {
	const closed = new Set<number>();
	const known: { from: number; until: number }[] = [];
	for (const calendar of calendars) {
		known.push({ from: dayNumber(calendar.from), until: dayNumber(calendar.until) });
		for (const { from, until } of calendar.closures) {
			const first = dayNumber(from);
			const last = Math.min(dayNumber(until), first + LONGEST_CLOSURE_DAYS);
			for (let day = first; day <= last; day++) closed.add(day);
		}
	}
	const holidays = region && holidaysOf(region);
	const offByYear = new Map<number, ReadonlySet<number>>();
	const isNationalDayOff = (day: number) => {
		const year = Number(dateOfDayNumber(day).slice(0, 4));
		const off = offByYear.get(year) ?? new Set(nationalDaysOff(year).map(({ from }) => dayNumber(from)));
		offByYear.set(year, off);
		return off.has(day);
	};
	return {
		isOpen: (day) => {
			if (isWeekend(day) || closed.has(day)) return false;
			if (known.some(({ from, until }) => from <= day && day <= until)) return true;
			return holidays?.has(day) !== true && !isNationalDayOff(day);
		},
	};
}

const holidaysByRegion = new Map<HolidayRegion, ReadonlySet<number>>();

/** Every day of the holidays published for a region; the same for all its schools. */
function holidaysOf(region: HolidayRegion): ReadonlySet<number> {
	let days = holidaysByRegion.get(region);
	if (!days) {
		const spans = KNOWN_SCHOOL_YEARS.flatMap((year) => publishedHolidays(region, year));
		days = new Set(
			spans.flatMap(({ from, until }) => {
				const first = dayNumber(from);
				return Array.from({ length: dayNumber(until) - first + 1 }, (_, index) => first + index);
			}),
		);
		holidaysByRegion.set(region, days);
	}
	return days;
}

/** 1970-01-01 was a Thursday. */
function isWeekend(day: number): boolean {
	return (((day + 3) % 7) + 7) % 7 >= 5;
}

export function isSchoolDay(days: SchoolDays, date: LocalDate): boolean {
	return days.isOpen(dayNumber(date));
}

/** The day itself when it has school, else the first one after it that has. */
export function schoolDayFrom(days: SchoolDays, date: LocalDate): LocalDate {
	return dateOfDayNumber(seek(days, dayNumber(date), 1));
}

/** The day itself when it has school, else the last one before it that has. */
export function schoolDayUntil(days: SchoolDays, date: LocalDate): LocalDate {
	return dateOfDayNumber(seek(days, dayNumber(date), -1));
}

/** The first school day after this day. */
export function nextSchoolDay(days: SchoolDays, date: LocalDate): LocalDate {
	return dateOfDayNumber(seek(days, dayNumber(date) + 1, 1));
}

/** The last school day before this day. */
export function previousSchoolDay(days: SchoolDays, date: LocalDate): LocalDate {
	return dateOfDayNumber(seek(days, dayNumber(date) - 1, -1));
}

/** `count` school days further (or back, when negative); 0 gives the day itself, moved onto a school day. */
export function addSchoolDays(days: SchoolDays, date: LocalDate, count: number): LocalDate {
	const step = count < 0 ? -1 : 1;
	let day = seek(days, dayNumber(date), step);
	for (let left = Math.abs(count); left > 0; left--) day = seek(days, day + step, step);
	return dateOfDayNumber(day);
}

/** How many school days there are from one day until another, both included; 0 when they are the wrong way round. */
export function schoolDaysBetween(days: SchoolDays, from: LocalDate, until: LocalDate): number {
	let count = 0;
	const last = dayNumber(until);
	for (let day = dayNumber(from); day <= last; day++) if (days.isOpen(day)) count++;
	return count;
}

function seek(days: SchoolDays, start: number, step: 1 | -1): number {
	for (let away = 0; away <= LOOK_AHEAD_DAYS; away++) {
		if (days.isOpen(start + away * step)) return start + away * step;
	}
	let day = start;
	while (isWeekend(day)) day += step;
	return day;
}
