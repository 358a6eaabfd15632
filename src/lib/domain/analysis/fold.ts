import { BEHAVIOUR_IDS } from '#domain/observation/behaviour.ts';
import type { Columns } from './columns.ts';
import { HOURS_PER_DAY, type IncidentTable } from './incident-table.ts';
import { at, increment, type Lists } from './lists.ts';
import { countPupilDays } from './pupil-days.ts';
import { rowsBetween, type Rows } from './row-selection.ts';
import { NOT_IN_ROSTER } from './roster-numbers.ts';
import { isPupilOf, isWhole, scopedTable, type Scope } from './scope.ts';
import { TRAIT_VALUES } from './traits.ts';

/** A question in day numbers and codes. */
export interface FoldQuestion {
	readonly from: number;
	readonly until: number;
	/** First day of the counters. */
	readonly countersFrom: number;
	/** First day that counts as new; null when no change is asked for. */
	readonly newFrom: number | null;
	readonly scope: Scope;
}

/** Counts of incidents per pupil code. */
export interface RoleTallies {
	readonly reporter: Uint32Array;
	readonly instigator: Uint32Array;
	readonly victim: Uint32Array;
}

/** Everything that is counted, still as numbers under codes. */
export interface Folded {
	readonly incidents: number;
	readonly observations: number;
	readonly unprocessed: number;
	readonly green: number;
	/** Per place code × 24 + hour; place 0 is "no place given". */
	readonly placeHour: Uint32Array;
	/** Per combination of traits. */
	readonly traits: Uint32Array;
	readonly behaviours: Uint32Array;
	readonly groups: Uint32Array;
	/** Monday first. */
	readonly weekdays: Uint32Array;
	/** Per day from the first day of the period on. */
	readonly days: Uint32Array;
	/** Within period and group, per pupil code. */
	readonly instigators: Uint32Array;
	/** Pupil codes with at least one, most first, equal ones by id. */
	readonly instigatorOrder: Uint32Array;
	/** Pupils who could have been among them. */
	readonly pupils: number;
	/** Over the rolling window and the whole school, whatever the period and group. */
	readonly counters: RoleTallies;
	readonly change: RoleTallies | null;
}

/** Counts what a question asks for, in a few walks over flat memory. */
export function foldColumns(columns: Columns, question: FoldQuestion): Folded {
	const { from, until, countersFrom, newFrom, scope } = question;
	const isWholeSchool = isWhole(scope);
	const table = scopedTable(columns, columns.trouble, scope);
	const greenTable = scopedTable(columns, columns.green, scope);
	const rows = rowsBetween(table, from, until);
	const green = rowsBetween(greenTable, from, until);

	const instigators = isWholeSchool
		? countRole(columns, 'instigator', from, until)
		: countLists(table.instigators, rows, columns.pupilIds.length + 1);
	const isWholeWindow = isWholeSchool && from === countersFrom;
	const { days, weekdays } = countDays(table, from, until);
	return {
		incidents: rows.until - rows.from,
		observations: at(table.observationsBefore, rows.until) - at(table.observationsBefore, rows.from),
		unprocessed: at(table.unprocessedBefore, rows.until) - at(table.unprocessedBefore, rows.from),
		green: green.until - green.from,
		placeHour: countValues(table.placeHour, rows, (columns.placeIds.length + 1) * HOURS_PER_DAY),
		traits: countTraits(table.traits, rows),
		behaviours: countBehaviours(table.behaviours, rows),
		groups: countLists(table.groups, rows, columns.groupIds.length + 1),
		weekdays,
		days,
		instigators,
		instigatorOrder: mostFirst(instigators, columns.daysOf.instigator.pupils),
		pupils: countPupils(columns, instigators, from, scope),
		counters: countRoles(columns, countersFrom, until, isWholeWindow ? instigators : null),
		change: newFrom === null ? null : countRoles(columns, Math.max(newFrom, countersFrom), until, null),
	};
}

function countRoles(columns: Columns, from: number, until: number, instigators: Uint32Array | null): RoleTallies {
	return {
		reporter: countRole(columns, 'reporter', from, until),
		instigator: instigators ?? countRole(columns, 'instigator', from, until),
		victim: countRole(columns, 'victim', from, until),
	};
}

/** Lists of `trouble` that say who had a role. */
const LISTED = { reporter: 'tellers', instigator: 'instigators', victim: 'victims' } as const;

/** A row costs about as much as half a pupil: a short period is counted row by row, a long one pupil by pupil. */
const ROWS_LIKE_A_PUPIL = 2;

function countRole({ daysOf, trouble }: Columns, role: keyof RoleTallies, from: number, until: number): Uint32Array {
	const { firstDay, dayStart } = trouble;
	const days = daysOf[role];
	const lists = trouble[LISTED[role]];
	const rows = rowsBetween(trouble, from, until);
	const named = at(lists.start, rows.until) - at(lists.start, rows.from);
	return named < days.pupils.length * ROWS_LIKE_A_PUPIL
		? countLists(lists, rows, days.codes)
		: countPupilDays(days, dayStart.length - 1, from - firstDay, until - firstDay);
}

// One loop per kind of array: the engine compiles each for exactly the memory it walks over.

function countLists({ start, values }: Lists, rows: Rows, codes: number): Uint32Array {
	return countValues(values, { from: at(start, rows.from), until: at(start, rows.until) }, codes);
}

function countValues(values: Uint32Array, rows: Rows, codes: number): Uint32Array {
	const counts = new Uint32Array(codes);
	for (let i = rows.from; i < rows.until; i++) {
		const value = values[i] ?? 0;
		counts[value] = (counts[value] ?? 0) + 1;
	}
	return counts;
}

function countTraits(values: Uint16Array, rows: Rows): Uint32Array {
	const counts = new Uint32Array(TRAIT_VALUES);
	for (let i = rows.from; i < rows.until; i++) {
		const value = values[i] ?? 0;
		counts[value] = (counts[value] ?? 0) + 1;
	}
	return counts;
}

function countBehaviours({ start, values }: Lists<Uint8Array>, rows: Rows): Uint32Array {
	const counts = new Uint32Array(BEHAVIOUR_IDS.length);
	const end = at(start, rows.until);
	for (let i = at(start, rows.from); i < end; i++) {
		const value = values[i] ?? 0;
		counts[value] = (counts[value] ?? 0) + 1;
	}
	return counts;
}

/** Rows are sorted by day, so a day's count is a difference. */
function countDays(table: IncidentTable, from: number, until: number): { days: Uint32Array; weekdays: Uint32Array } {
	const days = new Uint32Array(Math.max(0, until - from + 1));
	const weekdays = new Uint32Array(7);
	for (let i = 0; i < days.length; i++) {
		const row = from + i - table.firstDay;
		if (row < 0 || row >= table.dayStart.length - 1) continue;
		const count = at(table.dayStart, row + 1) - at(table.dayStart, row);
		days[i] = count;
		// 1970-01-01 was a Thursday; days before it have negative numbers.
		const weekday = (((from + i + 3) % 7) + 7) % 7;
		weekdays[weekday] = at(weekdays, weekday) + count;
	}
	return { days, weekdays };
}

/** Codes that occur, most first; codes lie in the order of their ids, so equal counts stay in that order. */
export function mostFirst(counts: Uint32Array, codes: Uint32Array): Uint32Array {
	let most = 0;
	for (let code = 0; code < counts.length; code++) most = Math.max(most, at(counts, code));
	// Where the codes with each count start: those with more come first, those without any last.
	const start = new Uint32Array(most + 2);
	for (let i = 0; i < codes.length; i++) increment(start, most - at(counts, at(codes, i)) + 1);
	for (let i = 1; i < start.length; i++) start[i] = at(start, i) + at(start, i - 1);
	const found = at(start, most);
	const order = new Uint32Array(codes.length);
	for (let i = 0; i < codes.length; i++) {
		const code = at(codes, i);
		order[increment(start, most - at(counts, code))] = code;
	}
	return order.subarray(0, found);
}

/** At school on a day of the period, or named as instigator in it; of the scope. */
export function countPupils(columns: Columns, instigators: Uint32Array, from: number, scope: Scope): number {
	const { pupilUntil } = columns;
	const isWholeSchool = isWhole(scope);
	let pupils = 0;
	for (let code = 1; code < instigators.length; code++) {
		const lastDay = at(pupilUntil, code);
		const here = lastDay !== NOT_IN_ROSTER && lastDay >= from && (isWholeSchool || isPupilOf(columns, scope, code));
		if (here || at(instigators, code) > 0) pupils++;
	}
	return pupils;
}
