import {
	dateOf,
	dayNumber,
	momentOf,
	MS_PER_HOUR,
	toLocalDateTime,
	type Instant,
	type TimeZone,
} from './local-time.ts';

/** Some ten years of hours; more than that is a file of nonsense, and starts again. */
const MOST_HOURS = 100_000;

const hours = new Map<TimeZone, Map<number, number>>();

/** The day at school of a moment, as days since 1970-01-01. */
export function localDayNumber(instant: Instant, zone: TimeZone): number {
	return localDayAt(momentOf(instant), zone);
}

/**
 * The same of a moment in milliseconds. Remembers the hours it met, for within an hour of UTC the day does not change in a
 * zone with whole hours: folding ten thousand cases asks for the same few thousand again and again, and asking `Intl`
 * each time would cost more than all the rest.
 */
export function localDayAt(ms: number, zone: TimeZone): number {
	let known = hours.get(zone);
	if (!known || known.size > MOST_HOURS) {
		known = new Map<number, number>();
		hours.set(zone, known);
	}
	const hour = Math.floor(ms / MS_PER_HOUR);
	let day = known.get(hour);
	if (day === undefined) known.set(hour, (day = dayNumber(dateOf(toLocalDateTime(new Date(ms), zone)))));
	return day;
}
