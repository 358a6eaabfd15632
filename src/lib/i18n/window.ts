import { dayNumber, MS_PER_DAY, type LocalDate } from '#domain/time/local-time.ts';
import * as m from './generated/messages.js';
import { dateFormat } from './intl.ts';

/** `9 november`, and the year when it is not this year's: `9 november 2025`. */
export function formatDayMonth(date: LocalDate, today: LocalDate): string {
	return format(date, { day: 'numeric', month: 'long', ...(!sameYear(date, today) && { year: 'numeric' }) });
}

/** `maandag 23 november`. */
function formatWeekday(date: LocalDate, today: LocalDate): string {
	return format(date, {
		weekday: 'long',
		day: 'numeric',
		month: 'long',
		...(!sameYear(date, today) && { year: 'numeric' }),
	});
}

/** `tussen maandag 23 en vrijdag 27 november`: the month is said once when it is the same. */
export function formatWindow(
	{ from, until }: { readonly from: LocalDate; readonly until: LocalDate },
	today: LocalDate,
): string {
	const sameMonth = from.slice(0, 7) === until.slice(0, 7);
	return m.reminders_window({
		from: sameMonth
			? format(from, { weekday: 'long', day: 'numeric' }, dayOnly)
			: formatWeekday(from, sameYear(from, until) ? from : today),
		until: formatWeekday(until, today),
	});
}

function sameYear(a: LocalDate, b: LocalDate): boolean {
	return a.slice(0, 4) === b.slice(0, 4);
}

/** English would say `23 Monday`; a window says `Monday 23` in both languages. */
function dayOnly(parts: readonly Intl.DateTimeFormatPart[]): string {
	const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
	return `${part('weekday')} ${part('day')}`;
}

function format(
	date: LocalDate,
	options: Intl.DateTimeFormatOptions,
	join: (parts: readonly Intl.DateTimeFormatPart[]) => string = (parts) =>
		parts
			.map((each) => each.value)
			.join('')
			.replace(',', ''),
): string {
	return join(dateFormat({ ...options, timeZone: 'UTC' }).formatToParts(dayNumber(date) * MS_PER_DAY));
}
