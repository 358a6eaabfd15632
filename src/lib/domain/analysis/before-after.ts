import { dateOfDayNumber, type LocalDate } from '#domain/time/local-time.ts';
import { SURE } from './evidence-limits.ts';
import type { IncidentTable } from './incident-table.ts';
import { rowsBetween } from './row-selection.ts';
import type { SchoolTime } from './school-time.ts';
import { rateRatio, type RateRatio } from './statistics/rate-ratio.ts';

export interface StretchFigure {
	readonly from: LocalDate;
	readonly until: LocalDate;
	readonly incidents: number;
	readonly schoolDays: number;
	/** `null` without school days. */
	readonly perSchoolDay: number | null;
}

/** The time after a day, and as long a time before it, that day included. */
export interface BeforeAfter {
	readonly before: StretchFigure;
	readonly after: StretchFigure;
	/** `null` when a side had no school, or nothing happened on either. */
	readonly change: RateRatio | null;
	readonly couldBeChance: boolean;
}

/** Days by number; `until` lies after `day`. */
export function beforeAndAfter(table: IncidentTable, day: number, until: number, time: SchoolTime): BeforeAfter {
	const length = until - day;
	const stretch = (from: number, last: number): StretchFigure => {
		const rows = rowsBetween(table, from, last);
		const incidents = rows.until - rows.from;
		const schoolDays = time.schoolDays(from, last);
		return {
			...{ from: dateOfDayNumber(from), until: dateOfDayNumber(last), incidents, schoolDays },
			perSchoolDay: schoolDays === 0 ? null : incidents / schoolDays,
		};
	};
	const before = stretch(day + 1 - length, day);
	const after = stretch(day + 1, until);
	const change = rateRatio(
		{ incidents: before.incidents, exposure: before.schoolDays },
		{ incidents: after.incidents, exposure: after.schoolDays },
	);
	return { before, after, change, couldBeChance: change === null || change.p >= SURE };
}
