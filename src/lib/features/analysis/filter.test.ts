import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Calendar } from '#domain/calendar/calendar.ts';
import { addDays, type LocalDate } from '#domain/time/local-time.ts';
import { anId } from '#tests/factories/school.ts';
import { analysisAddress, calendarDays, filterIn, questionOf, sinceOf, WHOLE_SCHOOL, type Filter } from './filter.ts';

const day = (text: string) => text as LocalDate;
const TODAY = day('2026-11-21');
const CALENDAR: Calendar = {
	type: 'calendar',
	v: 1,
	id: anId('calendar', 1),
	schoolId: anId('school', 1),
	from: day('2026-08-31'),
	until: day('2027-07-16'),
	closures: [],
	dayParts: [],
	rounds: [day('2026-10-06'), day('2026-11-24'), day('2025-11-18')],
};
const DAYS = calendarDays({ calendars: [CALENDAR], rounds: [], entries: [] }, TODAY);

test('only rounds that were held within a year are offered, the last one first', () => {
	expect(DAYS).toEqual({ today: TODAY, rounds: ['2026-10-06'], schoolYear: { from: '2026-08-31' } });
	expect(sinceOf(WHOLE_SCHOOL, DAYS)).toBe('2026-10-06');
	expect(sinceOf({ ...WHOLE_SCHOOL, since: 'none' }, DAYS)).toBeNull();
});

test('each period asks for its days; the day after the round is the first that is new', () => {
	const ask = (filter: Partial<Filter>) => questionOf({ ...WHOLE_SCHOOL, ...filter }, DAYS);
	expect(ask({})).toEqual({ until: TODAY, since: '2026-10-06' });
	expect(ask({ period: 'sinceRound' })).toEqual({ from: '2026-10-07', until: TODAY, since: '2026-10-06' });
	expect(ask({ period: 'schoolYear' })).toEqual({ from: '2026-08-31', until: TODAY, since: '2026-10-06' });
	expect(ask({ period: 'own', from: day('2026-09-01'), until: day('2026-09-30') })).toEqual({
		from: '2026-09-01',
		until: '2026-09-30',
	});
	expect(ask({ period: 'own', from: day('2026-10-02'), until: day('2026-09-30') })).toBeNull();
});

const someDay = fc.integer({ min: 0, max: 700 }).map((days) => addDays(day('2025-06-01'), days));
const someFilter: fc.Arbitrary<Filter> = fc.record({
	period: fc.constantFrom('days365', 'sinceRound', 'schoolYear'),
	from: fc.constant(null),
	until: fc.constant(null),
	groupId: fc.option(fc.integer({ min: 1, max: 20 }).map((n) => anId('group', n))),
	since: fc.oneof(someDay, fc.constant('lastRound' as const), fc.constant('none' as const)),
});
const ownFilter: fc.Arbitrary<Filter> = fc
	.record({ filter: someFilter, from: fc.option(someDay), until: fc.option(someDay) })
	.map(({ filter, from, until }) => ({ ...filter, period: 'own', from, until }));

test('a filter survives its address', () => {
	fc.assert(
		fc.property(fc.oneof(someFilter, ownFilter), (filter) => {
			expect(filterIn(new URL(analysisAddress(filter), 'http://school').searchParams)).toEqual(filter);
		}),
	);
});

test('an address somebody made up says nothing', () => {
	expect(filterIn(new URLSearchParams('period=x&from=2026-02-31&group=Daan&since=ever'))).toEqual(WHOLE_SCHOOL);
});
