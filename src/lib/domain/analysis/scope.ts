import type { Columns } from './columns.ts';
import type { IncidentTable } from './incident-table.ts';
import { HOURS_PER_DAY } from './incident-table.ts';
import { at } from './lists.ts';
import { isInList, ofRows } from './row-selection.ts';

/** Which part of the school is asked about, in codes; `null` asks nothing, -1 is known to no document. All hold together. */
export interface Scope {
	readonly group: number | null;
	readonly site: number | null;
	readonly pupil: number | null;
}

export function isWhole({ group, site, pupil }: Scope): boolean {
	return group === null && site === null && pupil === null;
}

/** The incidents of the scope as a table of its own; the same table when everything is asked for. */
export function scopedTable(columns: Columns, table: IncidentTable, scope: Scope): IncidentTable {
	if (isWhole(scope)) return table;
	return ofRows(table, (row) => isRowOf(columns, table, row, scope));
}

export function isRowOf(columns: Columns, table: IncidentTable, row: number, { group, site, pupil }: Scope): boolean {
	return (
		(group === null || isInList(table.groups, row, group)) &&
		(site === null || isOfSite(columns, table, row, site)) &&
		(pupil === null || isInList(table.instigators, row, pupil) || isInList(table.victims, row, pupil))
	);
}

/** Of a site: it belongs to one of its groups, or took place there. */
export function isOfSite(columns: Columns, { groups, placeHour }: IncidentTable, row: number, site: number): boolean {
	if (site > 0 && at(columns.siteOfPlace, Math.floor(at(placeHour, row) / HOURS_PER_DAY)) === site) return true;
	for (let i = at(groups.start, row); i < at(groups.start, row + 1); i++) {
		if (site > 0 && at(columns.siteOfGroup, at(groups.values, i)) === site) return true;
	}
	return false;
}

/** Whether a pupil of the roster belongs to the scope. */
export function isPupilOf(columns: Columns, { group, site, pupil }: Scope, code: number): boolean {
	const own = at(columns.groupOfPupil, code);
	return (
		(group === null || own === group) &&
		(site === null || (site > 0 && at(columns.siteOfGroup, own) === site)) &&
		(pupil === null || code === pupil)
	);
}
