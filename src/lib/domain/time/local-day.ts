import { dateOf, dayNumber, toLocalDateTime, type Instant, type TimeZone } from './local-time.ts';

/** `2026-03-09T11`: within an hour of UTC the day does not change in a zone with whole hours. */
const HOUR_LENGTH = 13;

/** Some ten years of hours; more than that is a file of nonsense, and starts again. */
const MOST_HOURS = 100_000;

const hours = new Map<TimeZone, Map<string, number>>();

/**
 * The day at school of a moment, as days since 1970-01-01. Remembers the hours it met: folding ten thousand cases asks
 * for the same few thousand again and again, and asking `Intl` each time would cost more than all the rest.
 */
export function localDayNumber(instant: Instant, zone: TimeZone): number {
	let known = hours.get(zone);
	if (!known || known.size > MOST_HOURS) {
		known = new Map<string, number>();
		hours.set(zone, known);
	}
	const hour = instant.slice(0, HOUR_LENGTH);
	let day = known.get(hour);
	if (day === undefined) known.set(hour, (day = dayNumber(dateOf(toLocalDateTime(new Date(instant), zone)))));
	return day;
}
