import { addDays as addCalendarDays, formatISO, getISODay } from 'date-fns';
import * as z from 'zod/mini';

/** A calendar day at school, `2026-03-09`. Sorts as text. */
export const LocalDate = z.iso.date().brand<'LocalDate'>();
export type LocalDate = z.infer<typeof LocalDate>;

/** Wall-clock time at school to the minute, `2026-03-09T12:14`. The zone stands beside it in the document. */
export const LocalDateTime = z
	.string()
	.check(
		z.regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/),
		z.refine((text) => isCalendarDay(text.slice(0, 10))),
	)
	.brand<'LocalDateTime'>();
export type LocalDateTime = z.infer<typeof LocalDateTime>;

/** Wall-clock time of a day, `10:15`. */
export const LocalTime = z
	.string()
	.check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/))
	.brand<'LocalTime'>();
export type LocalTime = z.infer<typeof LocalTime>;

/** A moment in UTC as a server or device clock gave it, ISO 8601 with `Z`. */
export const Instant = z.iso.datetime().brand<'Instant'>();
export type Instant = z.infer<typeof Instant>;

export const TimeZone = z.enum(['Europe/Amsterdam', 'America/Kralendijk']);
export type TimeZone = z.infer<typeof TimeZone>;

export const MS_PER_HOUR = 3_600_000;
export const MS_PER_DAY = 24 * MS_PER_HOUR;

/** 30 February is no day: a `Date` makes 2 March of it. */
function isCalendarDay(text: string): boolean {
	const day = atMidnight(text);
	return Number.isFinite(day.getTime()) && toDate(day) === text;
}

/** On the clock of this machine, as date-fns reckons with days; the zone drops out when the day is all that is taken. */
function atMidnight(date: string): Date {
	return new Date(`${date}T00:00`);
}

function toDate(day: Date): LocalDate {
	return formatISO(day, { representation: 'date' }) as LocalDate;
}

/** The wall clock in `zone` at a moment, to the minute. */
export function toLocalDateTime(moment: Date, zone: TimeZone): LocalDateTime {
	const parts = formatterFor(zone).formatToParts(moment);
	const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((p) => p.type === type)?.value ?? '';
	return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}` as LocalDateTime;
}

const formatters = new Map<TimeZone, Intl.DateTimeFormat>();

/** Making a formatter costs a hundred times more than using one. */
function formatterFor(zone: TimeZone): Intl.DateTimeFormat {
	let formatter = formatters.get(zone);
	if (!formatter) {
		formatter = new Intl.DateTimeFormat('en-GB', {
			timeZone: zone,
			year: 'numeric',
			month: '2-digit',
			day: '2-digit',
			hour: '2-digit',
			minute: '2-digit',
			hourCycle: 'h23',
		});
		formatters.set(zone, formatter);
	}
	return formatter;
}

export function dateOf(moment: LocalDateTime): LocalDate {
	return moment.slice(0, 10) as LocalDate;
}

/** Days since 1970-01-01, for arithmetic on calendar days. */
export function dayNumber(date: LocalDate | LocalDateTime | Instant): number {
	const month = twoDigits(date, 5);
	// A year that begins in March ends on its leap day, so that the days before each month are a straight line.
	const year = twoDigits(date, 0) * 100 + twoDigits(date, 2) - (month < 3 ? 1 : 0);
	const beforeMonth = ((153 * (month < 3 ? month + 9 : month - 3) + 2) / 5) | 0;
	const leapDays = ((year / 4) | 0) - ((year / 100) | 0) + ((year / 400) | 0);
	return year * 365 + leapDays + beforeMonth + twoDigits(date, 8) - DAYS_BEFORE_1970;
}

/** From the first of March of the year 0 until 1970-01-01, and one for the day of the month, which counts from 1. */
const DAYS_BEFORE_1970 = 719_469;

/** `2026-03-09T11:14:00.000Z`, as every clock here writes it. */
const USUAL_INSTANT = 24;

/** Milliseconds since 1970-01-01 of a moment; several times as fast as `Date.parse`, which reads any text. */
export function momentOf(instant: Instant): number {
	if (instant.length !== USUAL_INSTANT) return Date.parse(instant);
	const minutes = twoDigits(instant, 11) * 60 + twoDigits(instant, 14);
	const ms = twoDigits(instant, 20) * 10 + instant.charCodeAt(22) - CODE_OF_0;
	return dayNumber(instant) * MS_PER_DAY + (minutes * 60 + twoDigits(instant, 17)) * 1000 + ms;
}

const CODE_OF_0 = 48;

function twoDigits(text: string, place: number): number {
	return text.charCodeAt(place) * 10 + text.charCodeAt(place + 1) - 11 * CODE_OF_0;
}

/** A century and more of days: dates are asked for again and again, and making one costs a hundred times more. */
const MOST_DATES = 50_000;
const dates = new Map<number, LocalDate>();

export function dateOfDayNumber(day: number): LocalDate {
	let date = dates.get(day);
	if (date === undefined) {
		date = new Date(day * MS_PER_DAY).toISOString().slice(0, 10) as LocalDate;
		if (dates.size < MOST_DATES) dates.set(day, date);
	}
	return date;
}

export function addDays(date: LocalDate, days: number): LocalDate {
	return toDate(addCalendarDays(atMidnight(date), days));
}

/** 1 = Monday … 7 = Sunday. */
export function isoWeekday(date: LocalDate): number {
	return getISODay(atMidnight(date));
}
