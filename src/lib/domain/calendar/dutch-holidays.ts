import type { HolidayRegion } from '#domain/school/roster.ts';
import { addDays, isoWeekday, type LocalDate } from '#domain/time/local-time.ts';
import type { Closure } from './calendar.ts';

type Span = readonly [from: string, until: string];
type SchoolYear = Readonly<Record<'herfst' | 'kerst' | 'voorjaar' | 'mei' | 'zomer', Span>>;

/**
 * School holidays as the Dutch government publishes them (Rijksoverheid, "Schoolvakanties", both ends included).
 * Christmas, May and summer are fixed by ministerial regulation; autumn and spring are advice that most schools
 * follow. A school's own calendar goes before this table: it may add a second week in May, study days and the
 * Friday after Ascension. Later years are added when they are final.
 */
const SCHOOL_YEARS: Readonly<Record<string, Readonly<Record<HolidayRegion, SchoolYear>>>> = {
	'2025-2026': {
		north: {
			herfst: ['2025-10-18', '2025-10-26'],
			kerst: ['2025-12-20', '2026-01-04'],
			voorjaar: ['2026-02-21', '2026-03-01'],
			mei: ['2026-04-25', '2026-05-03'],
			zomer: ['2026-07-04', '2026-08-16'],
		},
		middle: {
			herfst: ['2025-10-18', '2025-10-26'],
			kerst: ['2025-12-20', '2026-01-04'],
			voorjaar: ['2026-02-14', '2026-02-22'],
			mei: ['2026-04-25', '2026-05-03'],
			zomer: ['2026-07-18', '2026-08-30'],
		},
		south: {
			herfst: ['2025-10-11', '2025-10-19'],
			kerst: ['2025-12-20', '2026-01-04'],
			voorjaar: ['2026-02-14', '2026-02-22'],
			mei: ['2026-04-25', '2026-05-03'],
			zomer: ['2026-07-11', '2026-08-23'],
		},
	},
	'2026-2027': {
		north: {
			herfst: ['2026-10-10', '2026-10-18'],
			kerst: ['2026-12-19', '2027-01-03'],
			voorjaar: ['2027-02-20', '2027-02-28'],
			mei: ['2027-04-24', '2027-05-02'],
			zomer: ['2027-07-10', '2027-08-22'],
		},
		middle: {
			herfst: ['2026-10-17', '2026-10-25'],
			kerst: ['2026-12-19', '2027-01-03'],
			voorjaar: ['2027-02-20', '2027-02-28'],
			mei: ['2027-04-24', '2027-05-02'],
			zomer: ['2027-07-17', '2027-08-29'],
		},
		south: {
			herfst: ['2026-10-17', '2026-10-25'],
			kerst: ['2026-12-19', '2027-01-03'],
			voorjaar: ['2027-02-13', '2027-02-21'],
			mei: ['2027-04-24', '2027-05-02'],
			zomer: ['2027-07-24', '2027-09-05'],
		},
	},
};

const NAMES: Readonly<Record<keyof SchoolYear, string>> = {
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
	const holidays = Object.entries(SCHOOL_YEARS[schoolYear]?.[region] ?? {}).map(([name, [from, until]]) =>
		closure(NAMES[name as keyof SchoolYear], from as LocalDate, until as LocalDate),
	);
	const daysOff = [...nationalDaysOff(Number(first)), ...nationalDaysOff(Number(last))].filter(
		({ from }) => from >= `${first}-08-01` && from <= `${last}-07-31`,
	);
	return [...holidays, ...daysOff].sort((a, b) => (a.from < b.from ? -1 : 1));
}

/**
 * Generally recognised days off (Algemene termijnenwet, article 3), Sundays left out. Good Friday is not one of
 * them for schools: a school that closes then says so in its own calendar.
 */
export function nationalDaysOff(year: number): Closure[] {
	const easter = easterSunday(year);
	const kingsDay = `${year}-04-27` as LocalDate;
	const days: [string, LocalDate][] = [
		['Nieuwjaarsdag', `${year}-01-01` as LocalDate],
		['Tweede paasdag', addDays(easter, 1)],
		['Koningsdag', isoWeekday(kingsDay) === 7 ? addDays(kingsDay, -1) : kingsDay],
		['Bevrijdingsdag', `${year}-05-05` as LocalDate],
		['Hemelvaartsdag', addDays(easter, 39)],
		['Tweede pinksterdag', addDays(easter, 50)],
		['Eerste kerstdag', `${year}-12-25` as LocalDate],
		['Tweede kerstdag', `${year}-12-26` as LocalDate],
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
	return `${year}-${month}-${day}` as LocalDate;
}
