import { addSchoolDays, schoolDayFrom, schoolDayUntil, type SchoolDays } from '#domain/calendar/school-days.ts';
import type { Clock } from '#domain/protocols/protocol.ts';
import { dateOfDayNumber, type LocalDate } from '#domain/time/local-time.ts';

/** First and last day on which something can well be done; both are school days. */
export interface TaskWindow {
	readonly from: LocalDate;
	readonly until: LocalDate;
}

/** One school week: a talk with a child need not be on the very day, and a window of a week can be kept. */
const WINDOW_SCHOOL_DAYS = 5;

/** More than any clock is shifted by its repetitions: at most 40 times 60. */
const MOST_SHIFT = 4096;

/** Windows that were reckoned before: thousands of cases ask for the same few. */
interface KnownWindows {
	readonly weeks: Map<LocalDate, TaskWindow>;
	readonly byClock: Map<Clock, Map<number, TaskWindow>>;
}

const knownWindows = new WeakMap<SchoolDays, KnownWindows>();

function knownIn(days: SchoolDays): KnownWindows {
	let known = knownWindows.get(days);
	if (!known) knownWindows.set(days, (known = { weeks: new Map(), byClock: new Map() }));
	return known;
}

/** The window of a look back that a person planned: a school week. */
export function windowFor(plannedOn: LocalDate, days: SchoolDays): TaskWindow {
	const { weeks } = knownIn(days);
	let window = weeks.get(plannedOn);
	if (!window) {
		const from = schoolDayFrom(days, plannedOn);
		weeks.set(plannedOn, (window = { from, until: addSchoolDays(days, from, WINDOW_SCHOOL_DAYS - 1) }));
	}
	return window;
}

/**
 * The window of a clock that counts from the day `since`, `shift` units later for a time it comes again. Its first day moves
 * on to a school day, its last day back to one; when a holiday takes the whole window, it becomes the first school week after it.
 */
export function clockWindow(clock: Clock, shift: number, since: number, days: SchoolDays): TaskWindow {
	const { byClock } = knownIn(days);
	let known = byClock.get(clock);
	if (!known) byClock.set(clock, (known = new Map<number, TaskWindow>()));
	const key = since * MOST_SHIFT + shift;
	let window = known.get(key);
	if (!window) {
		const { unit, from, until } = clock;
		const reckon = unit === 'days' ? dayWindow : schoolDayWindow;
		known.set(key, (window = reckon(since, from + shift, until + shift, days)));
	}
	return window;
}

function schoolDayWindow(since: number, from: number, until: number, days: SchoolDays): TaskWindow {
	const start = schoolDayFrom(days, dateOfDayNumber(since));
	return { from: addSchoolDays(days, start, from), until: addSchoolDays(days, start, until) };
}

function dayWindow(since: number, from: number, until: number, days: SchoolDays): TaskWindow {
	const first = schoolDayFrom(days, dateOfDayNumber(since + from));
	const last = schoolDayUntil(days, dateOfDayNumber(since + until));
	return { from: first, until: last < first ? windowFor(first, days).until : last };
}
