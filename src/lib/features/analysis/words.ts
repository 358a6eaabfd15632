import type { PlaceFigure } from '#domain/analysis/result.ts';
import type { RosterIndex } from '#domain/school/roster-index.ts';
import { addDays, type LocalDate, MS_PER_DAY, dayNumber } from '#domain/time/local-time.ts';
import * as m from '#lib/i18n/generated/messages.js';
import { getLocale } from '#lib/i18n/generated/runtime.js';
import { dateFormat, formatNumber } from '#lib/i18n/intl.ts';
import { placeName, placePhrase } from '#lib/i18n/place.ts';
import { intlLocale } from '#lib/i18n/when.ts';

/** `41 %`; below one in two hundred it still says that there is something. */
export function percent(share: number): string {
	const value = share > 0 && share < 0.005 ? '< 1' : String(Math.round(share * 100));
	return m.analysis_percent({ value });
}

/** A plural costs as much as a chart's bar, and every bar says one; counts come back. */
const timesSaid = new Map<string, string>();

export function times(count: number): string {
	const key = `${getLocale()} ${count}`;
	let words = timesSaid.get(key);
	if (words === undefined) timesSaid.set(key, (words = m.analysis_times({ count })));
	return words;
}

export function hourRange(hour: number): string {
	return m.analysis_hour_range({ from: String(hour), until: String((hour + 1) % 24) });
}

/** A Monday. */
const MONDAY = '2024-01-01' as LocalDate;

export function weekdayName(weekday: number, style: 'long' | 'short'): string {
	return dateWords(addDays(MONDAY, weekday - 1), { weekday: style });
}

/** `2026-03` → `mrt`, `maart 2026`. */
export function monthName(month: string, style: 'long' | 'short'): string {
	const day = `${month}-01` as LocalDate;
	return dateWords(day, style === 'short' ? { month: 'short' } : { month: 'long', year: 'numeric' });
}

/** `10 april`, or with its year when that is another one. */
export function dayInWords(day: LocalDate, today: LocalDate): string {
	const otherYear = day.slice(0, 4) !== today.slice(0, 4);
	return dateWords(day, { day: 'numeric', month: 'long', ...(otherYear ? { year: 'numeric' } : {}) });
}

function dateWords(day: LocalDate, options: Intl.DateTimeFormatOptions): string {
	return dateFormat({ ...options, timeZone: 'UTC' }).format(dayNumber(day) * MS_PER_DAY);
}

export function nameOfPlace(figure: Pick<PlaceFigure, 'placeId'>, roster: RosterIndex): string {
	if (figure.placeId === null) return m.analysis_no_place();
	const place = roster.place(figure.placeId);
	return place ? placeName(place) : m.analysis_unknown_place();
}

/** `op het voetbalveld`; `null` for a place that has no name. */
export function atPlace(figure: Pick<PlaceFigure, 'placeId'>, roster: RosterIndex): string | null {
	const place = roster.place(figure.placeId ?? '');
	if (!place) return null;
	const { before, name } = placePhrase(place);
	return `${before}${name}`;
}

export function listed(words: readonly string[]): string {
	return new Intl.ListFormat(intlLocale(), { type: 'conjunction' }).format(words);
}

export function sentenceCase(text: string): string {
	return text.charAt(0).toLocaleUpperCase(intlLocale()) + text.slice(1);
}

export function decimal(value: number): string {
	return formatNumber(value, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
}
