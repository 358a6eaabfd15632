import { dateOfDayNumber, type LocalDate } from '#domain/time/local-time.ts';
import { SURE } from './evidence-limits.ts';
import { at } from './lists.ts';
import type { SchoolTime } from './school-time.ts';
import { outsideNormal } from './statistics/normal.ts';

/** Fewer incidents or weeks than these have no course to speak of (D9). */
const MIN_INCIDENTS = 20;
const MIN_WEEKS = 4;
/** A level holds for at least three weeks: shorter is a peak, such as after a holiday. */
const MIN_LEVEL_WEEKS = 3;

const DAYS_AFTER_MONDAY = 3;

export interface WeekFigure {
	/** Its Monday, also when that lies before the period. */
	readonly from: LocalDate;
	/** Of its days in the period. */
	readonly schoolDays: number;
	readonly incidents: number;
	/** `null` in a week without school. */
	readonly perSchoolDay: number | null;
}

export interface Trend {
	/** `tooFew`: nothing can be said; `level`: what there is of a course could be chance. */
	readonly direction: 'rise' | 'fall' | 'level' | 'tooFew';
	/** Weeks with school, and the incidents in them. */
	readonly weeks: number;
	readonly incidents: number;
	/** How much more weeks differ from their neighbours than chance makes them; 1 or more. */
	readonly dispersion: number | null;
	/** About how much the rate changes a week: 0.02 is 2 % more. */
	readonly slope: number | null;
	readonly z: number | null;
	readonly p: number | null;
}

export interface ChangePoint {
	/** Monday of the first week of the new level. */
	readonly from: LocalDate;
	/** Incidents a school day on either side. */
	readonly before: number;
	readonly after: number;
	/** Corrected for all weeks in which it could have been. */
	readonly p: number;
}

export interface Rhythm {
	readonly weeks: readonly WeekFigure[];
	readonly trend: Trend;
	readonly changePoints: readonly ChangePoint[];
}

/** `days`: incidents per day of the period, whose first day is `from`. */
export function rhythmOf(days: Uint32Array, from: number, time: SchoolTime): Rhythm {
	const weeks = weeksOf(days, from, time);
	const school = weeks.filter(({ schoolDays }) => schoolDays > 0);
	const incidents = school.reduce((sum, week) => sum + week.incidents, 0);
	const tooFew = incidents < MIN_INCIDENTS || school.length < MIN_WEEKS;
	const dispersion = tooFew ? null : dispersionOf(school, incidents);
	return {
		weeks: weeks.map(({ number: _, ...week }) => week),
		trend:
			dispersion === null
				? {
						...{ direction: 'tooFew', weeks: school.length, incidents },
						...{ dispersion: null, slope: null, z: null, p: null },
					}
				: trendOf(school, incidents, dispersion),
		changePoints: dispersion === null ? [] : changePointsOf(school, dispersion),
	};
}

interface Week extends WeekFigure {
	/** Counted from the first week of the period. */
	readonly number: number;
}

function weeksOf(days: Uint32Array, from: number, time: SchoolTime): Week[] {
	const weeks: Week[] = [];
	const firstMonday = from - ((((from + DAYS_AFTER_MONDAY) % 7) + 7) % 7);
	const end = days.length === 0 ? firstMonday : from + days.length;
	for (let monday = firstMonday; monday < end; monday += 7) {
		let schoolDays = 0;
		let incidents = 0;
		for (let day = Math.max(monday, from); day < Math.min(monday + 7, from + days.length); day++) {
			if (time.days.isOpen(day)) schoolDays++;
			incidents += at(days, day - from);
		}
		weeks.push({
			...{ from: dateOfDayNumber(monday), schoolDays, incidents },
			perSchoolDay: schoolDays === 0 ? null : incidents / schoolDays,
			number: weeks.length,
		});
	}
	return weeks;
}

/** From differences between neighbouring weeks, so that a course over the year does not count as scatter. */
function dispersionOf(weeks: readonly Week[], incidents: number): number {
	const rate = incidents / sum(weeks, ({ schoolDays }) => schoolDays);
	let scatter = 0;
	for (let i = 1; i < weeks.length; i++) {
		const [a, b] = [weeks[i - 1], weeks[i]];
		if (!a || !b) continue;
		const difference = a.incidents / a.schoolDays - b.incidents / b.schoolDays;
		scatter += difference ** 2 / (rate * (1 / a.schoolDays + 1 / b.schoolDays));
	}
	return Math.max(1, scatter / (weeks.length - 1));
}

/** The score test of a Poisson rate that changes by the same factor every week. */
function trendOf(weeks: readonly Week[], incidents: number, dispersion: number): Trend {
	const exposure = sum(weeks, ({ schoolDays }) => schoolDays);
	const expected = sum(weeks, ({ schoolDays, number }) => schoolDays * number) / exposure;
	const spread = sum(weeks, ({ schoolDays, number }) => schoolDays * (number - expected) ** 2) / exposure;
	const mean = sum(weeks, (week) => week.incidents * week.number) / incidents;
	const z = (mean - expected) / Math.sqrt((dispersion * spread) / incidents);
	const p = outsideNormal(z);
	const direction = p >= SURE ? 'level' : z > 0 ? 'rise' : 'fall';
	return { direction, weeks: weeks.length, incidents, dispersion, slope: (mean - expected) / spread, z, p };
}

/** Splits the weeks where two levels fit best, as long as chance hardly explains the gain (binary segmentation). */
function changePointsOf(weeks: readonly Week[], dispersion: number): ChangePoint[] {
	const looks = weeks.length - 1;
	const split = (part: readonly Week[]): ChangePoint[] => {
		let best: { at: number; gain: number; before: Level; after: Level } | null = null;
		const whole = levelOf(part);
		for (let i = MIN_LEVEL_WEEKS; i <= part.length - MIN_LEVEL_WEEKS; i++) {
			const before = levelOf(part.slice(0, i));
			const after = levelOf(part.slice(i));
			const gain = (2 * (fit(before) + fit(after) - fit(whole))) / dispersion;
			if (!best || gain > best.gain) best = { at: i, gain, before, after };
		}
		const first = best && part[best.at];
		if (!best || !first) return [];
		const p = Math.min(1, looks * outsideNormal(Math.sqrt(Math.max(0, best.gain))));
		if (p >= SURE) return [];
		const point = {
			from: first.from,
			before: best.before.incidents / best.before.schoolDays,
			after: best.after.incidents / best.after.schoolDays,
			p,
		};
		return [...split(part.slice(0, best.at)), point, ...split(part.slice(best.at))];
	};
	return split(weeks);
}

interface Level {
	readonly incidents: number;
	readonly schoolDays: number;
}

function levelOf(weeks: readonly Week[]): Level {
	return { incidents: sum(weeks, (week) => week.incidents), schoolDays: sum(weeks, (week) => week.schoolDays) };
}

function fit({ incidents, schoolDays }: Level): number {
	return incidents === 0 ? 0 : incidents * Math.log(incidents / schoolDays);
}

function sum<T>(list: readonly T[], of: (each: T) => number): number {
	return list.reduce((total, each) => total + of(each), 0);
}
