import type { Calendar, DayPart } from '#domain/calendar/calendar.ts';
import { schoolDaysOf, type SchoolDays } from '#domain/calendar/school-days.ts';
import { dayNumber, type LocalTime } from '#domain/time/local-time.ts';

const MINUTES_PER_DAY = 1440;
const MINUTES_PER_HOUR = 60;

/** When in the school day: the kinds of its parts, school days outside every part, and days without school. */
export const SITUATIONS = ['before', 'lesson', 'break', 'lunch', 'after', 'otherTime', 'noSchool'] as const;
export type Situation = (typeof SITUATIONS)[number];

const OTHER_TIME = SITUATIONS.indexOf('otherTime');
const NO_SCHOOL = SITUATIONS.indexOf('noSchool');

/** What the school's calendars say of days and minutes, by number. */
export interface SchoolTime {
	readonly days: SchoolDays;
	/** School days from `from` until `until`, both included. */
	schoolDays(from: number, until: number): number;
	/** Per situation, the minutes its parts last on the school days from `from` until `until`. */
	minutes(from: number, until: number): number[];
	/** Per minute of a day, the index in `SITUATIONS`. */
	situationsOf(day: number): Uint8Array;
}

/** `calendars` in the order of their ids: of two that hold a day, the first says its parts. */
export function schoolTimeOf(calendars: readonly Calendar[]): SchoolTime {
	const days = schoolDaysOf(calendars);
	const years = calendars.map(({ from, until, dayParts }) => ({
		from: dayNumber(from),
		until: dayNumber(until),
		situations: situationsOf(dayParts),
	}));
	const yearOf = (day: number) => years.find(({ from, until }) => from <= day && day <= until);
	const lengths = new Map(years.map((year) => [year, lengthsOf(year.situations)]));
	return {
		days,
		schoolDays(from, until) {
			let count = 0;
			for (let day = from; day <= until; day++) if (days.isOpen(day)) count++;
			return count;
		},
		minutes(from, until) {
			const minutes = SITUATIONS.map(() => 0);
			for (let day = from; day <= until; day++) {
				const year = days.isOpen(day) ? yearOf(day) : undefined;
				lengths.get(year ?? NOWHERE)?.forEach((length, index) => (minutes[index] = (minutes[index] ?? 0) + length));
			}
			return minutes;
		},
		situationsOf: (day) => (days.isOpen(day) ? (yearOf(day)?.situations ?? ANY_TIME) : FREE),
	};
}

const ANY_TIME = new Uint8Array(MINUTES_PER_DAY).fill(OTHER_TIME);
const FREE = new Uint8Array(MINUTES_PER_DAY).fill(NO_SCHOOL);

type SchoolYear = { readonly from: number; readonly until: number; readonly situations: Uint8Array };
const NOWHERE: SchoolYear = { from: 0, until: -1, situations: new Uint8Array() };

/** Per minute of the day; of parts that overlap, the one that is listed first. A part ends before its last minute. */
function situationsOf(parts: readonly DayPart[]): Uint8Array {
	const situations = new Uint8Array(MINUTES_PER_DAY).fill(OTHER_TIME);
	for (const { kind, from, until } of parts.toReversed()) {
		situations.fill(SITUATIONS.indexOf(kind), minuteOf(from), Math.max(minuteOf(from), minuteOf(until)));
	}
	return situations;
}

function lengthsOf(situations: Uint8Array): number[] {
	return SITUATIONS.map((_, index) =>
		index >= OTHER_TIME ? 0 : situations.reduce((sum, each) => sum + (each === index ? 1 : 0), 0),
	);
}

function minuteOf(time: LocalTime): number {
	return Number(time.slice(0, 2)) * MINUTES_PER_HOUR + Number(time.slice(3, 5));
}
