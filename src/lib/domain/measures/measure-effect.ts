import { codeIn } from '#domain/analysis/codes.ts';
import { beforeAndAfter, type BeforeAfter } from '#domain/analysis/before-after.ts';
import type { Columns } from '#domain/analysis/columns.ts';
import { HOURS_PER_DAY, type IncidentTable } from '#domain/analysis/incident-table.ts';
import { isInList, ofRows } from '#domain/analysis/row-selection.ts';
import { schoolTimeOf } from '#domain/analysis/school-time.ts';
import { dayNumber, type LocalDate, type LocalTime } from '#domain/time/local-time.ts';
import type { Measure } from './measure.ts';

const MINUTES_PER_DAY = 1440;

/**
 * What the measure is about, during it and as long before: incidents at its place, in its hours, of its group, with one of
 * its pupils as instigator. `null` while its first day is still to come.
 */
export function measureEffect(columns: Columns, measure: Measure, today: LocalDate): BeforeAfter | null {
	const from = dayNumber(measure.from);
	const until = Math.min(dayNumber(measure.until), dayNumber(today));
	if (until < from) return null;
	const table = ofRows(columns.trouble, isAbout(columns, columns.trouble, measure));
	return beforeAndAfter(table, from - 1, until, schoolTimeOf(columns.calendars));
}

function isAbout(
	columns: Columns,
	table: IncidentTable,
	{ pupilIds, groupId, placeId, hours }: Measure,
): (row: number) => boolean {
	const pupils = pupilIds.map((id) => codeIn(columns.pupilIds, id));
	const group = groupId && codeIn(columns.groupIds, groupId);
	const place = placeId && codeIn(columns.placeIds, placeId);
	const span = hours && { from: minuteOf(hours.from), until: minuteOf(hours.until) };
	return (row) => {
		const minute = (((table.minute[row] ?? 0) % MINUTES_PER_DAY) + MINUTES_PER_DAY) % MINUTES_PER_DAY;
		return (
			(pupils.length === 0 || pupils.some((pupil) => isInList(table.instigators, row, pupil))) &&
			(group === null || isInList(table.groups, row, group)) &&
			(place === null || Math.floor((table.placeHour[row] ?? 0) / HOURS_PER_DAY) === place) &&
			(span === null || (span.from <= minute && minute < span.until))
		);
	};
}

function minuteOf(time: LocalTime): number {
	return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}
