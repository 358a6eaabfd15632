import { idOf, type IncidentId } from '#domain/id.ts';
import { BEHAVIOUR_IDS } from '#domain/observation/behaviour.ts';
import { dateOfDayNumber } from '#domain/time/local-time.ts';
import { codeIn } from './codes.ts';
import type { Columns } from './columns.ts';
import { dayOfMinute, HOURS_PER_DAY, type IncidentTable } from './incident-table.ts';
import { at, type Lists } from './lists.ts';
import { inNumbers } from './question.ts';
import type { Cell, Question } from './result.ts';
import { isInList, rowsBetween } from './row-selection.ts';
import { scopedTable } from './scope.ts';
import { hasBasket, hasForm, hasMark } from './traits.ts';

/** The incidents behind one figure of a result, earliest first: as many as the figure says. */
export function incidentsBehind(columns: Columns, question: Question, cell: Cell): IncidentId[] {
	const { from, until, countersFrom, scope } = inNumbers(columns, question);
	// Counters look at the whole school over their own window, whatever the filter.
	const isCounter = cell.kind === 'counter';
	const all = cell.kind === 'green' ? columns.green : columns.trouble;
	const table = isCounter ? all : scopedTable(columns, all, scope);
	const range = rowsBetween(table, isCounter ? countersFrom : from, until);
	const isBehind = test(columns, table, cell);
	const rows: number[] = [];
	for (let row = range.from; row < range.until; row++) if (isBehind(row)) rows.push(row);
	return rows
		.map((row) => ({ minute: at(table.minute, row), id: idOf('incident', columns.ulidOf(at(table.id, row))) }))
		.sort((a, b) => a.minute - b.minute || (a.id < b.id ? -1 : 1))
		.map(({ id }) => id);
}

function test(columns: Columns, table: IncidentTable, cell: Cell): (row: number) => boolean {
	const { traits, placeHour } = table;
	const inList = (lists: Lists<Uint8Array | Uint32Array>, code: number) => (row: number) => isInList(lists, row, code);
	const placeOf = (row: number) => Math.floor(at(placeHour, row) / HOURS_PER_DAY);
	const hourOf = (row: number) => at(placeHour, row) % HOURS_PER_DAY;
	switch (cell.kind) {
		case 'incidents':
		case 'green':
			return () => true;
		case 'unprocessed':
			return (row) => at(table.unprocessedBefore, row + 1) > at(table.unprocessedBefore, row);
		case 'instigator':
			return inList(table.instigators, codeIn(columns.pupilIds, cell.pupilId));
		case 'counter': {
			const lists = { instigator: table.instigators, victim: table.victims, reporter: table.tellers }[cell.role];
			return inList(lists, codeIn(columns.pupilIds, cell.pupilId));
		}
		case 'place': {
			const code = cell.placeId === null ? 0 : codeIn(columns.placeIds, cell.placeId);
			return (row) => placeOf(row) === code && (cell.hour === undefined || hourOf(row) === cell.hour);
		}
		case 'hour':
			return (row) => hourOf(row) === cell.hour;
		case 'weekday':
			return (row) => (((dayOfMinute(at(table.minute, row)) + 3) % 7) + 7) % 7 === cell.weekday - 1;
		case 'month':
			return (row) => dateOfDayNumber(dayOfMinute(at(table.minute, row))).startsWith(cell.month);
		case 'behaviour':
			return inList(table.behaviours, BEHAVIOUR_IDS.indexOf(cell.behaviour));
		case 'form':
			return (row) => hasForm(at(traits, row), cell.form);
		case 'basket':
			return (row) => hasBasket(at(traits, row), cell.basket);
		case 'group':
			return inList(table.groups, codeIn(columns.groupIds, cell.groupId));
		case 'playground':
			return (row) => columns.isPlayground[placeOf(row)] === 1;
		case 'violent':
		case 'digital':
		case 'outsideSchool':
		case 'noInstigator': {
			const mark = cell.kind;
			return (row) => hasMark(at(traits, row), mark);
		}
	}
}
