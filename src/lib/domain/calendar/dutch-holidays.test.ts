import { expect, test } from 'vitest';
import { HolidayRegion } from '#domain/school/roster.ts';
import { addDays, dayNumber, isoWeekday } from '#domain/time/local-time.ts';
import { dutchClosures, KNOWN_SCHOOL_YEARS, nationalDaysOff } from './dutch-holidays.ts';

const daysOff = (year: number) => nationalDaysOff(year).map(({ name, from }) => `${name} ${from}`);

test('days off that move with Easter fall where the almanac has them', () => {
	expect(daysOff(2026)).toContain('Tweede paasdag 2026-04-06');
	expect(daysOff(2026)).toContain('Hemelvaartsdag 2026-05-14');
	expect(daysOff(2026)).toContain('Tweede pinksterdag 2026-05-25');
	expect(daysOff(2027)).toContain('Tweede paasdag 2027-03-29');
	expect(daysOff(2027)).toContain('Hemelvaartsdag 2027-05-06');
	expect(daysOff(2027)).toContain('Tweede pinksterdag 2027-05-17');
	expect(daysOff(2038)).toContain('Tweede paasdag 2038-04-26');
});

test("King's day moves to Saturday when the 27th is a Sunday", () => {
	expect(daysOff(2025)).toContain('Koningsdag 2025-04-26');
	expect(daysOff(2026)).toContain('Koningsdag 2026-04-27');
});

test.each(KNOWN_SCHOOL_YEARS)(
	'holidays of %s run from Saturday to Sunday, one after the other, in every region',
	(year) => {
		for (const region of HolidayRegion.options) {
			const holidays = dutchClosures(region, year).filter(({ name }) => name.endsWith('vakantie'));
			expect(holidays.map(({ name }) => name)).toEqual([
				'Herfstvakantie',
				'Kerstvakantie',
				'Voorjaarsvakantie',
				'Meivakantie',
				'Zomervakantie',
			]);
			for (const { from, until } of holidays) {
				expect([isoWeekday(from), isoWeekday(until)]).toEqual([6, 7]);
			}
			const weeks = holidays.map(({ from, until }) => Math.floor((dayNumber(addDays(until, 1)) - dayNumber(from)) / 7));
			expect(weeks).toEqual([1, 2, 1, 1, 6]);
		}
	},
);

test('the regions take turns in summer, as the government laid down up to 2030', () => {
	const summers = (year: string) =>
		HolidayRegion.options.map(
			(region) => dutchClosures(region, year).find(({ name }) => name === 'Zomervakantie')?.from,
		);
	expect(summers('2027-2028')).toEqual(['2028-07-15', '2028-07-08', '2028-07-22']);
	expect(summers('2028-2029')).toEqual(['2029-07-21', '2029-07-07', '2029-07-14']);
	expect(summers('2029-2030')).toEqual(['2030-07-20', '2030-07-13', '2030-07-06']);
	for (const year of KNOWN_SCHOOL_YEARS) expect(new Set(summers(year)).size).toBe(3);
	expect(KNOWN_SCHOOL_YEARS).toEqual(['2025-2026', '2026-2027', '2027-2028', '2028-2029', '2029-2030']);
});

test('a school year that is not in the table has the national days off', () => {
	expect(dutchClosures('middle', '2031-2032').map(({ name }) => name)).toEqual([
		'Eerste kerstdag',
		'Tweede kerstdag',
		'Nieuwjaarsdag',
		'Tweede paasdag',
		'Koningsdag',
		'Bevrijdingsdag',
		'Hemelvaartsdag',
		'Tweede pinksterdag',
	]);
});
