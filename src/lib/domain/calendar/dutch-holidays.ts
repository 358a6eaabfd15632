import type { HolidayRegion } from '#domain/school/roster.ts';
import { addDays, isoWeekday, type LocalDate } from '#domain/time/local-time.ts';
import type { Closure } from './calendar.ts';

const REGIONS: readonly HolidayRegion[] = ['north', 'middle', 'south'];

/** The Saturdays on which holidays begin; three where regions differ: north, middle, south. */
type ByRegion = readonly [north: string, middle: string, south: string];
type SchoolYear = Readonly<Record<HolidayName, string | ByRegion>>;
type HolidayName = 'herfst' | 'kerst' | 'voorjaar' | 'mei' | 'zomer';

/**
 * School holidays as the Dutch government publishes them: Rijksoverheid, open data "Schoolvakanties"
 * (https://opendata.rijksoverheid.nl/v1/sources/rijksoverheid/infotypes/schoolholidays), all five school years held
 * against copies of it that others keep. Christmas, May and summer are laid down by ministerial regulation up to 2030;
 * autumn and spring are advice that most schools follow. From the school year 2030-2031 nothing is laid down yet, so
 * nothing stands here. A school's own calendar goes before this table: it may add a second week in May, study days and
 * the Friday after Ascension.
 */
const SCHOOL_YEARS: Readonly<Record<string, SchoolYear>> = {
	'2025-2026': {
		herfst: ['2025-10-18', '2025-10-18', '2025-10-11'],
		kerst: '2025-12-20',
		voorjaar: ['2026-02-21', '2026-02-14', '2026-02-14'],
		mei: '2026-04-25',
		zomer: ['2026-07-04', '2026-07-18', '2026-07-11'],
	},
	'2026-2027': {
		herfst: ['2026-10-10', '2026-10-17', '2026-10-17'],
		kerst: '2026-12-19',
		voorjaar: ['2027-02-20', '2027-02-20', '2027-02-13'],
		mei: '2027-04-24',
		zomer: ['2027-07-10', '2027-07-17', '2027-07-24'],
	},
	'2027-2028': {
		herfst: ['2027-10-16', '2027-10-16', '2027-10-23'],
		kerst: '2027-12-25',
		voorjaar: ['2028-02-19', '2028-02-26', '2028-02-26'],
		mei: '2028-04-29',
		zomer: ['2028-07-15', '2028-07-08', '2028-07-22'],
	},
	'2028-2029': {
		herfst: ['2028-10-14', '2028-10-21', '2028-10-21'],
		kerst: '2028-12-23',
		voorjaar: ['2029-02-17', '2029-02-17', '2029-02-10'],
		mei: '2029-04-28',
		zomer: ['2029-07-21', '2029-07-07', '2029-07-14'],
	},
	'2029-2030': {
		herfst: ['2029-10-20', '2029-10-20', '2029-10-13'],
		kerst: '2029-12-22',
		voorjaar: ['2030-02-16', '2030-02-23', '2030-02-23'],
		mei: '2030-04-27',
		zomer: ['2030-07-20', '2030-07-13', '2030-07-06'],
	},
};

/** Days from the first Saturday up to the last Sunday: one, two or six weeks of school. */
const LENGTH_DAYS: Readonly<Record<HolidayName, number>> = { herfst: 9, kerst: 16, voorjaar: 9, mei: 9, zomer: 44 };

const NAMES: Readonly<Record<HolidayName, string>> = {
	herfst: 'Herfstvakantie',
	kerst: 'Kerstvakantie',
	voorjaar: 'Voorjaarsvakantie',
	mei: 'Meivakantie',
	zomer: 'Zomervakantie',
};

/** The school years this table knows, first to last: `2026-2027`. */
export const KNOWN_SCHOOL_YEARS: readonly string[] = Object.keys(SCHOOL_YEARS);

/**
 * Days without school of one school year (`2026-2027`) in a region: its holidays and the national days off between
 * 1 August and 31 July. An unknown year gives the national days only. Sorted by first day.
 */
export function dutchClosures(region: HolidayRegion, schoolYear: string): Closure[] {
	const [first = '', last = ''] = schoolYear.split('-');
	const holidays = publishedHolidays(region, schoolYear);
	const daysOff = [...nationalDaysOff(Number(first)), ...nationalDaysOff(Number(last))].filter(
		({ from }) => from >= `${first}-08-01` && from <= `${last}-07-31`,
	);
	return [...holidays, ...daysOff].sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** The holidays of one school year in a region, as published; none of a year that is not in the table. */
export function publishedHolidays(region: HolidayRegion, schoolYear: string): Closure[] {
	const year = SCHOOL_YEARS[schoolYear];
	if (!year) return [];
	return (Object.keys(NAMES) as HolidayName[]).map((name) => {
		const first = year[name];
		const from = (typeof first === 'string' ? first : first[REGIONS.indexOf(region)]) as LocalDate;
		return closure(NAMES[name], from, addDays(from, LENGTH_DAYS[name] - 1));
	});
}

/**
 * Generally recognised days off (Algemene termijnenwet, article 3), Sundays left out. Good Friday is not one of
 * them for schools: a school that closes then says so in its own calendar.
 */
export function nationalDaysOff(year: number): Closure[] {
	const easter = easterSunday(year);
	const yyyy = String(year).padStart(4, '0');
	const kingsDay = `${yyyy}-04-27` as LocalDate;
	const days: [string, LocalDate][] = [
		['Nieuwjaarsdag', `${yyyy}-01-01` as LocalDate],
		['Tweede paasdag', addDays(easter, 1)],
		['Koningsdag', isoWeekday(kingsDay) === 7 ? addDays(kingsDay, -1) : kingsDay],
		['Bevrijdingsdag', `${yyyy}-05-05` as LocalDate],
		['Hemelvaartsdag', addDays(easter, 39)],
		['Tweede pinksterdag', addDays(easter, 50)],
		['Eerste kerstdag', `${yyyy}-12-25` as LocalDate],
		['Tweede kerstdag', `${yyyy}-12-26` as LocalDate],
	];
	return days.filter(([, day]) => isoWeekday(day) !== 7).map(([name, day]) => closure(name, day, day));
}

function closure(name: string, from: LocalDate, until: LocalDate): Closure {
	return { name, from, until, kind: 'holiday' };
}

/** Gregorian Easter after Meeus, Jones and Butcher. */
function easterSunday(year: number): LocalDate {
	const golden = year % 19;
	const century = Math.floor(year / 100);
	const inCentury = year % 100;
	const moonCorrection = Math.floor((century + 8) / 25);
	const epact =
		(19 * golden + century - Math.floor(century / 4) - Math.floor((century - moonCorrection + 1) / 3) + 15) % 30;
	const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - epact - (inCentury % 4)) % 7;
	const late = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
	const days = epact + weekday - 7 * late + 114;
	const month = String(Math.floor(days / 31)).padStart(2, '0');
	const day = String((days % 31) + 1).padStart(2, '0');
	return `${String(year).padStart(4, '0')}-${month}-${day}` as LocalDate;
}
