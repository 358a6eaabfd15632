import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	Instant,
	LocalDate,
	LocalDateTime,
	MS_PER_DAY,
	addDays,
	dateOfDayNumber,
	dayNumber,
	isoWeekday,
	momentOf,
	toLocalDateTime,
} from './local-time.ts';

const date = (text: string) => LocalDate.parse(text);

test('the wall clock at school follows summer time', () => {
	expect(toLocalDateTime(new Date('2026-03-29T00:59:00Z'), 'Europe/Amsterdam')).toBe('2026-03-29T01:59');
	expect(toLocalDateTime(new Date('2026-03-29T01:00:00Z'), 'Europe/Amsterdam')).toBe('2026-03-29T03:00');
	expect(toLocalDateTime(new Date('2026-10-25T00:30:00Z'), 'Europe/Amsterdam')).toBe('2026-10-25T02:30');
	expect(toLocalDateTime(new Date('2026-10-25T01:30:00Z'), 'Europe/Amsterdam')).toBe('2026-10-25T02:30');
});

test('days are counted on the calendar, not in hours', () => {
	expect(addDays(date('2026-03-28'), 2)).toBe('2026-03-30');
	expect(addDays(date('2024-02-28'), 1)).toBe('2024-02-29');
	expect(dateOfDayNumber(dayNumber(date('1999-12-31')) + 1)).toBe('2000-01-01');
});

test('day and moment are those that a date has', () => {
	const moments = fc.date({ min: new Date('1600-01-01'), max: new Date('2599-12-31'), noInvalidDate: true });
	fc.assert(
		fc.property(moments, (moment) => {
			const instant = Instant.parse(moment.toISOString());
			expect(momentOf(instant)).toBe(moment.getTime());
			expect(dayNumber(date(instant.slice(0, 10)))).toBe(Math.floor(moment.getTime() / MS_PER_DAY));
		}),
	);
});

test('a moment may be written down without milliseconds', () => {
	expect(momentOf(Instant.parse('2026-03-29T01:00:00Z'))).toBe(Date.UTC(2026, 2, 29, 1));
});

test('Monday is 1 and Sunday is 7', () => {
	expect(isoWeekday(date('2026-11-16'))).toBe(1);
	expect(isoWeekday(date('2026-11-22'))).toBe(7);
	expect(isoWeekday(date('1969-12-27'))).toBe(6);
});

test('a day that is not on the calendar is refused', () => {
	expect(LocalDateTime.safeParse('2026-02-30T10:00').success).toBe(false);
	expect(LocalDateTime.safeParse('2026-02-28T24:00').success).toBe(false);
	expect(LocalDateTime.safeParse('2026-02-28T23:59').success).toBe(true);
});
