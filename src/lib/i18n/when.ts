import type { LocalDate, LocalDateTime } from '#domain/time/local-time.ts';
import { dateOf, dayNumber, MS_PER_DAY } from '#domain/time/local-time.ts';
import * as m from './generated/messages.js';
import { getLocale } from './generated/runtime.js';

/** `Intl` knows the languages; British English, because the dates are European. */
export function intlLocale(): string {
	return getLocale() === 'en' ? 'en-GB' : 'nl-NL';
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Calendar days are formatted as UTC: they have no zone of their own. */
function format(date: LocalDate, options: Intl.DateTimeFormatOptions): string {
	const key = intlLocale() + JSON.stringify(options);
	let formatter = formatters.get(key);
	if (!formatter) {
		formatter = new Intl.DateTimeFormat(intlLocale(), { ...options, timeZone: 'UTC' });
		formatters.set(key, formatter);
	}
	return formatter.format(dayNumber(date) * MS_PER_DAY).replace(',', '');
}

/** `di 17 nov`, and the year when it is not this year's: `di 17 nov 2025`. Without `today` the year is named. */
function formatDate(date: LocalDate, today?: LocalDate): string {
	const sameYear = today?.slice(0, 4) === date.slice(0, 4);
	return format(date, { weekday: 'short', day: 'numeric', month: 'short', ...(!sameYear && { year: 'numeric' }) });
}

/** `vandaag`, `gisteren`, `di 17 nov`. */
export function formatDay(date: LocalDate, today: LocalDate): string {
	const daysAgo = dayNumber(today) - dayNumber(date);
	if (daysAgo === 0) return m.when_today();
	if (daysAgo === 1) return m.when_yesterday();
	return formatDate(date, today);
}

/** `12:14`. */
function formatTime(at: LocalDateTime): string {
	return at.slice(11, 16);
}

/** `vandaag 12:14`, `gisteren rond 10:15`, `di 17 nov 12:14`. */
export function formatWhen(
	at: LocalDateTime,
	{ today, precision = 'exact' }: { today?: LocalDate | undefined; precision?: 'exact' | 'about' | undefined } = {},
): string {
	const day = today ? formatDay(dateOf(at), today) : formatDate(dateOf(at));
	const time = formatTime(at);
	return precision === 'about' ? m.when_about({ day, time }) : m.when_exact({ day, time });
}
