const MINUTES_PER_DAY = 1440;

/**
 * A date whose year was mistyped (`0026`, `9999`) is still told, and must not make room for ten thousand years of days:
 * it counts as the first or the last day of these years, far outside every period.
 */
const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;

/** Minutes of the wall clock since 1970-01-01T00:00, from `2026-03-09T12:14`; the zone stays out of it. */
export function minuteOf(localDateTime: string): number {
	const year = number4(localDateTime, 0);
	if (year < FIRST_YEAR) return daysFrom(FIRST_YEAR, 1, 1) * MINUTES_PER_DAY;
	if (year > LAST_YEAR) return (daysFrom(LAST_YEAR, 12, 31) + 1) * MINUTES_PER_DAY - 1;
	const day = daysFrom(year, number2(localDateTime, 5), number2(localDateTime, 8));
	return day * MINUTES_PER_DAY + number2(localDateTime, 11) * 60 + number2(localDateTime, 14);
}

/** A number that rises with the moment: enough to tell which of two was written last. */
export function orderOf(instant: string): number {
	// `2026-03-09T11:14:00.000Z` is what devices write; other ways to write a moment come to it first.
	const text = instant.length === 24 ? instant : new Date(instant).toISOString();
	const day = (number4(text, 0) * 12 + number2(text, 5)) * 31 + number2(text, 8);
	const second = (number2(text, 11) * 60 + number2(text, 14)) * 60 + number2(text, 17);
	return (day * 86_400 + second) * 1000 + number2(text, 20) * 10 + digit(text, 22);
}

/** Days since 1970-01-01 in the Gregorian calendar (`days_from_civil` of Howard Hinnant). */
function daysFrom(year: number, month: number, dayOfMonth: number): number {
	const y = month <= 2 ? year - 1 : year;
	const era = Math.floor(y / 400);
	const yearOfEra = y - era * 400;
	const dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) | 0) + dayOfMonth - 1;
	const dayOfEra = yearOfEra * 365 + (yearOfEra >> 2) - ((yearOfEra / 100) | 0) + dayOfYear;
	return era * 146_097 + dayOfEra - 719_468;
}

function digit(text: string, at: number): number {
	return text.charCodeAt(at) - 48;
}

function number2(text: string, at: number): number {
	return digit(text, at) * 10 + digit(text, at + 1);
}

function number4(text: string, at: number): number {
	return number2(text, at) * 100 + number2(text, at + 2);
}
