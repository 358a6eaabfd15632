import { afterEach, expect, test } from 'vitest';
import { LocalDate } from '#domain/time/local-time.ts';
import { overwriteGetLocale } from './generated/runtime.js';
import { formatDayMonth, formatWindow } from './window.ts';

const date = (text: string) => LocalDate.parse(text);
const today = date('2026-11-21');
const window = (from: string, until: string) => formatWindow({ from: date(from), until: date(until) }, today);

afterEach(() => {
	overwriteGetLocale(() => 'nl');
});

test('a window says the month once, and the year only when it is another', () => {
	overwriteGetLocale(() => 'nl');
	expect(window('2026-11-23', '2026-11-27')).toBe('tussen maandag 23 en vrijdag 27 november');
	expect(window('2026-11-30', '2026-12-04')).toBe('tussen maandag 30 november en vrijdag 4 december');
	expect(window('2026-12-17', '2027-01-06')).toBe('tussen donderdag 17 december en woensdag 6 januari 2027');
	expect(window('2027-01-11', '2027-01-15')).toBe('tussen maandag 11 en vrijdag 15 januari 2027');
	expect(formatDayMonth(date('2026-11-09'), today)).toBe('9 november');
});

test('in English too', () => {
	overwriteGetLocale(() => 'en');
	expect(window('2026-11-23', '2026-11-27')).toBe('between Monday 23 and Friday 27 November');
	expect(window('2026-11-30', '2026-12-04')).toBe('between Monday 30 November and Friday 4 December');
});
