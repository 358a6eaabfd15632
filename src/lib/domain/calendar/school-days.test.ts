import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { idOf } from '#domain/id.ts';
import { addDays, dateOfDayNumber, isoWeekday, LocalDate } from '#domain/time/local-time.ts';
import type { Calendar } from './calendar.ts';
import { dutchClosures } from './dutch-holidays.ts';
import {
	addSchoolDays,
	isSchoolDay,
	nextSchoolDay,
	previousSchoolDay,
	schoolDayFrom,
	schoolDaysBetween,
	schoolDaysOf,
	schoolDayUntil,
} from './school-days.ts';

const date = (text: string) => LocalDate.parse(text);

function calendar(change: Partial<Calendar> = {}): Calendar {
	return {
		type: 'calendar',
		v: 1,
		id: idOf('calendar', '01J8ZQ4Y7N3W2V5K6M9R0T1S2A'),
		schoolId: idOf('school', '01J8ZQ4Y7N3W2V5K6M9R0T1S2B'),
		from: date('2026-08-01'),
		until: date('2027-07-31'),
		closures: dutchClosures('middle', '2026-2027'),
		dayParts: [],
		rounds: [],
		...change,
	};
}

const year = schoolDaysOf([calendar()]);

test('weekends, holidays and days off have no school', () => {
	expect(isSchoolDay(year, date('2026-11-20'))).toBe(true);
	expect(isSchoolDay(year, date('2026-11-21'))).toBe(false);
	expect(isSchoolDay(year, date('2026-10-21'))).toBe(false);
	expect(isSchoolDay(year, date('2027-05-17'))).toBe(false);
	expect(isSchoolDay(year, date('2027-05-18'))).toBe(true);
});

test('a date far ahead, beyond every calendar, still leaves out weekends and national days off', () => {
	expect(isSchoolDay(year, date('2030-04-22'))).toBe(false);
	expect(isSchoolDay(year, date('2030-04-23'))).toBe(true);
	expect(isSchoolDay(schoolDaysOf([]), date('2026-12-25'))).toBe(false);
});

test('inside its calendar a school decides for itself', () => {
	const openOnLiberationDay = schoolDaysOf([calendar({ closures: [] })]);
	expect(isSchoolDay(openOnLiberationDay, date('2027-05-05'))).toBe(true);
});

test('the Friday before Christmas is followed by the Monday after it', () => {
	expect(nextSchoolDay(year, date('2026-12-18'))).toBe('2027-01-04');
	expect(previousSchoolDay(year, date('2027-01-04'))).toBe('2026-12-18');
	expect(schoolDayFrom(year, date('2026-12-24'))).toBe('2027-01-04');
	expect(schoolDayUntil(year, date('2026-12-24'))).toBe('2026-12-18');
	expect(schoolDaysBetween(year, date('2026-12-18'), date('2027-01-04'))).toBe(2);
});

test('a calendar that closes the school for years is not believed', () => {
	const closed = { name: 'slip', from: date('2026-08-01'), until: date('2199-12-31'), kind: 'holiday' as const };
	const days = schoolDaysOf([calendar({ closures: [closed] })]);
	expect(schoolDayFrom(days, date('2026-09-05'))).toBe('2026-11-30');
	const never = { isOpen: () => false };
	expect(schoolDayFrom(never, date('2026-11-21'))).toBe('2026-11-23');
});

describe('for every calendar', () => {
	const dates = fc.integer({ min: 20_000, max: 21_500 }).map(dateOfDayNumber);
	const closures = fc.array(
		fc.record({ from: dates, length: fc.integer({ min: -3, max: 45 }) }).map(({ from, length }) => ({
			name: 'vrij',
			from,
			until: addDays(from, length),
			kind: 'holiday' as const,
		})),
		{ maxLength: 8 },
	);
	const anyDays = closures.map((list) => schoolDaysOf([calendar({ closures: list })]));

	test('shifting ends on a school day, and back again where it began', () => {
		fc.assert(
			fc.property(anyDays, dates, fc.integer({ min: 0, max: 40 }), (days, start, count) => {
				const first = schoolDayFrom(days, start);
				const later = addSchoolDays(days, start, count);
				expect(isSchoolDay(days, later)).toBe(true);
				expect(isoWeekday(later)).toBeLessThan(6);
				expect(schoolDaysBetween(days, first, later)).toBe(count + 1);
				expect(addSchoolDays(days, later, -count)).toBe(first);
			}),
		);
	});

	test('the order of closures and calendars does not matter', () => {
		fc.assert(
			fc.property(closures, closures, dates, (some, others, day) => {
				const a = schoolDaysOf([calendar({ closures: some }), calendar({ closures: others })]);
				const b = schoolDaysOf([calendar({ closures: [...others].reverse() }), calendar({ closures: some })]);
				expect(isSchoolDay(a, day)).toBe(isSchoolDay(b, day));
			}),
		);
	});
});

test('beyond its calendars a school has the holidays of its region; within them only its own', () => {
	const north = schoolDaysOf([calendar()], 'north');
	const middle = schoolDaysOf([calendar()], 'middle');
	const afterCalendars = date('2028-07-10');
	expect([isSchoolDay(north, afterCalendars), isSchoolDay(middle, afterCalendars)]).toEqual([true, false]);
	expect(isSchoolDay(schoolDaysOf([calendar()]), afterCalendars)).toBe(true);
	const openInMay = schoolDaysOf([calendar({ closures: [] })], 'middle');
	expect(isSchoolDay(openInMay, date('2027-04-26'))).toBe(true);
});
