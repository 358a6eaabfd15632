import { dateOfDayNumber } from '#domain/time/local-time.ts';
import type { Details } from './fold-details.ts';
import type { Folded, FoldQuestion } from './fold.ts';
import { at, increment } from './lists.ts';
import type { AnalysisResult, ShareOf, SituationFigure } from './result.ts';
import { SITUATIONS, type SchoolTime } from './school-time.ts';

/** Parts of the school day, each with how long they last (M5-10). */
export function situationFigures(
	{ situations }: Details,
	{ from, until }: FoldQuestion,
	time: SchoolTime,
	share: ShareOf,
): SituationFigure[] {
	const minutes = time.minutes(from, until);
	return SITUATIONS.map((situation, index) => {
		const incidents = at(situations, index);
		const length = minutes[index] || null;
		return {
			...{ situation, ...share(incidents), minutes: length },
			perHour: length === null ? null : incidents / (length / 60),
		};
	});
}

/** School days and rate of each day of the week, Monday first. */
export function weekdayRates(
	{ weekdays }: Folded,
	{ from, until }: FoldQuestion,
	time: SchoolTime,
): AnalysisResult['weekdayRates'] {
	const schoolDays = new Uint32Array(7);
	for (let day = from; day <= until; day++) {
		if (time.days.isOpen(day)) increment(schoolDays, (((day + 3) % 7) + 7) % 7);
	}
	return Array.from(schoolDays, (days, index) => ({
		schoolDays: days,
		perSchoolDay: days === 0 ? null : at(weekdays, index) / days,
	}));
}

/** Every month that has a day in the period, the earliest first. */
export function monthFigures({ days }: Folded, { until }: FoldQuestion, time: SchoolTime): AnalysisResult['months'] {
	const first = until - days.length + 1;
	const months: { month: string; incidents: number; schoolDays: number }[] = [];
	for (let i = 0; i < days.length; i++) {
		const month = dateOfDayNumber(first + i).slice(0, 7);
		let last = months.at(-1);
		if (last?.month !== month) months.push((last = { month, incidents: 0, schoolDays: 0 }));
		last.incidents += at(days, i);
		if (time.days.isOpen(first + i)) last.schoolDays++;
	}
	return months.map((month) => ({
		...month,
		perSchoolDay: month.schoolDays === 0 ? null : month.incidents / month.schoolDays,
	}));
}
