import { addDays, dateOfDayNumber, dayNumber, type LocalDate } from '#domain/time/local-time.ts';
import { codeIn } from './codes.ts';
import type { Columns } from './columns.ts';
import type { FoldQuestion } from './fold.ts';
import { WINDOW_DAYS, type AnalysisResult, type Question } from './result.ts';

/** A group, site or pupil that no document knows has code -1: nothing belongs to it. */
export function inNumbers(columns: Columns, question: Question): FoldQuestion {
	const until = dayNumber(question.until);
	const countersFrom = until - WINDOW_DAYS + 1;
	return {
		from: question.from === undefined ? countersFrom : dayNumber(question.from),
		until,
		countersFrom,
		newFrom: question.since === undefined ? null : dayNumber(question.since) + 1,
		scope: {
			group: question.groupId === undefined ? null : codeIn(columns.groupIds, question.groupId),
			site: question.siteId === undefined ? null : codeIn(columns.siteIds, question.siteId),
			pupil: question.pupilId === undefined ? null : codeIn(columns.pupilIds, question.pupilId),
		},
	};
}

/** The days and the part of the school that were asked about, as the answer says them. */
export function periodOf(question: Question, schoolDays: number, incidents: number): AnalysisResult['period'] {
	return {
		from: question.from ?? addDays(question.until, 1 - WINDOW_DAYS),
		until: question.until,
		since: question.since ?? null,
		groupId: question.groupId ?? null,
		siteId: question.siteId ?? null,
		pupilId: question.pupilId ?? null,
		countersFrom: addDays(question.until, 1 - WINDOW_DAYS),
		schoolDays,
		perSchoolDay: schoolDays === 0 ? null : incidents / schoolDays,
	};
}

/** The day of the latest incident, wanted or not; `null` when there is none. */
export function latestDay({ trouble, green }: Columns): LocalDate | null {
	const days = [trouble, green]
		.filter(({ rows }) => rows > 0)
		.map((table) => table.firstDay + table.dayStart.length - 2);
	return days.length === 0 ? null : dateOfDayNumber(Math.max(...days));
}
