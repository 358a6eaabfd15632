import type { Columns } from './columns.ts';
import { EXTRA_VALUES } from './extras.ts';
import { dayOfMinute, type IncidentTable } from './incident-table.ts';
import { at, increment } from './lists.ts';
import { meetingsOf } from './meetings.ts';
import { pupilDays, type PupilDays } from './pupil-days.ts';
import { room } from './room.ts';
import { rowsBetween, type Rows } from './row-selection.ts';
import { isWhole, scopedTable } from './scope.ts';
import type { FoldQuestion } from './fold.ts';
import { SITUATIONS, type SchoolTime } from './school-time.ts';

/** Weeks begin on Monday; day 0, 1970-01-01, was a Thursday. */
const DAYS_AFTER_MONDAY = 3;
const DAYS_A_WEEK = 7;

/** Who did it to whom, in how many incidents; the instigators in the order of their codes. */
export interface PairTallies {
	readonly length: number;
	readonly instigator: Uint32Array;
	readonly victim: Uint32Array;
	readonly incidents: Uint32Array;
	/** Day number of the last. */
	readonly lastDay: Int32Array;
}

/** Per instigator with an incident in the period, in the order of the codes; columns of equal length. */
export interface Evidence {
	readonly pupils: Uint32Array;
	readonly incidents: Uint32Array;
	/** Distinct weeks, Monday to Sunday. */
	readonly weeks: Uint32Array;
	/** Distinct other pupils who were victims, and distinct groups that were. */
	readonly victims: Uint32Array;
	readonly firstDay: Int32Array;
	readonly lastDay: Int32Array;
}

/** What is counted beside `Folded`: the second half of the questions (M5-09, M5-10, M5-16). */
export interface Details {
	/** The table of the scope, and the rows of the period in it. */
	readonly table: IncidentTable;
	readonly rows: Rows;
	readonly greenTable: IncidentTable;
	readonly greenRows: Rows;
	/** Per combination of extras. */
	readonly extras: Uint32Array;
	/** Per index in `SITUATIONS`. */
	readonly situations: Uint32Array;
	/** Per group code: aimed at the whole group. */
	readonly victimGroups: Uint32Array;
	/** Per person code: incidents told, green ones too, and the day number of the last; 0 incidents, no day. */
	readonly reporters: Uint32Array;
	readonly reporterLastDay: Int32Array;
	readonly evidence: Evidence;
	readonly pairs: PairTallies;
	/** The rows per instigator of the scope. */
	readonly instigatorDays: PupilDays;
}

export function foldDetails(columns: Columns, { from, until, scope }: FoldQuestion, time: SchoolTime): Details {
	const table = scopedTable(columns, columns.trouble, scope);
	const greenTable = scopedTable(columns, columns.green, scope);
	const rows = rowsBetween(table, from, until);
	const greenRows = rowsBetween(greenTable, from, until);
	const instigatorDays = isWhole(scope)
		? columns.daysOf.instigator
		: pupilDays(table.instigators, table.dayStart, columns.pupilIds.length + 1);
	const reporters = new Uint32Array(columns.personIds.length + 1);
	const reporterLastDay = new Int32Array(reporters.length);
	countReporters(table, rows, reporters, reporterLastDay);
	countReporters(greenTable, greenRows, reporters, reporterLastDay);
	return {
		...{ table, rows, greenTable, greenRows, instigatorDays, reporters, reporterLastDay },
		extras: countExtras(table, rows),
		situations: countSituations(table, rows, time),
		victimGroups: countVictimGroups(table, rows, columns.groupIds.length + 1),
		...gatherEvidence(columns, table, { from, until }, instigatorDays),
	};
}

function countExtras({ extras }: IncidentTable, rows: Rows): Uint32Array {
	const counts = new Uint32Array(EXTRA_VALUES);
	for (let row = rows.from; row < rows.until; row++) increment(counts, at(extras, row));
	return counts;
}

function countSituations(table: IncidentTable, rows: Rows, time: SchoolTime): Uint32Array {
	const counts = new Uint32Array(SITUATIONS.length);
	const { dayStart, firstDay, minute } = table;
	for (let index = 0; index < dayStart.length - 1; index++) {
		const until = Math.min(rows.until, at(dayStart, index + 1));
		const day = firstDay + index;
		const situations = time.situationsOf(day);
		for (let row = Math.max(rows.from, at(dayStart, index)); row < until; row++) {
			increment(counts, at(situations, at(minute, row) - day * situations.length));
		}
	}
	return counts;
}

function countVictimGroups({ victimGroup }: IncidentTable, rows: Rows, codes: number): Uint32Array {
	const counts = new Uint32Array(codes);
	for (let row = rows.from; row < rows.until; row++) increment(counts, at(victimGroup, row));
	return counts;
}

function countReporters(table: IncidentTable, rows: Rows, counts: Uint32Array, lastDay: Int32Array): void {
	const { start, values } = table.reporters;
	for (let index = 0; index < table.dayStart.length - 1; index++) {
		const from = Math.max(rows.from, at(table.dayStart, index));
		const until = Math.min(rows.until, at(table.dayStart, index + 1));
		if (from >= until) continue;
		const day = table.firstDay + index;
		const end = at(start, until);
		for (let i = at(start, from); i < end; i++) {
			const person = at(values, i);
			if (increment(counts, person) === 0 || at(lastDay, person) < day) lastDay[person] = day;
		}
	}
}

/** One walk over the rows of each instigator: weeks, groups, and how often each pair met. */
function gatherEvidence(
	columns: Columns,
	table: IncidentTable,
	period: { readonly from: number; readonly until: number },
	of: PupilDays,
): { readonly evidence: Evidence; readonly pairs: PairTallies } {
	const { start, pair: pairAt, group: groupAt, pairStart, victimOf } = meetingsOf(table, of);
	const length = of.pupils.length;
	const pupils = new Uint32Array(length);
	const incidents = new Uint32Array(length);
	const weeks = new Uint32Array(length);
	const distinctVictims = new Uint32Array(length);
	const firstDay = new Int32Array(length);
	const lastDay = new Int32Array(length);
	const [firstOfPeriod, lastOfPeriod] = [period.from - table.firstDay, period.until - table.firstDay];
	const weekOf = weeksOfDays(table);
	let found = 0;

	// Pair 0 takes those who were instigator and victim at once, and is not told.
	const pairIncidents = room(Uint32Array, victimOf.length);
	const pairLastDay = room(Int32Array, victimOf.length);
	const instigatorOf = room(Uint32Array, victimOf.length);
	/** Per group code: for whom it was counted last, from 1. */
	const groupMetBy = new Uint32Array(columns.groupIds.length + 1);

	for (let index = 0; index < length; index++) {
		let begin = at(of.start, index);
		let end = at(of.start, index + 1);
		while (begin < end && at(of.days, begin) < firstOfPeriod) begin++;
		while (end > begin && at(of.days, end - 1) > lastOfPeriod) end--;
		if (begin === end) continue;
		let groupsMet = 0;
		let week = at(weekOf, at(of.days, begin));
		let weekCount = 1;
		for (let i = begin; i < end; i++) {
			const day = at(of.days, i);
			const thisWeek = at(weekOf, day);
			weekCount += thisWeek === week ? 0 : 1;
			week = thisWeek;
			const group = at(groupAt, i);
			if (group !== 0 && at(groupMetBy, group) !== index + 1) {
				groupMetBy[group] = index + 1;
				groupsMet++;
			}
			for (let v = at(start, i); v < at(start, i + 1); v++) {
				const pair = at(pairAt, v);
				increment(pairIncidents, pair);
				pairLastDay[pair] = table.firstDay + day;
			}
		}
		let victimsMet = 0;
		const pupil = at(of.pupils, index);
		for (let pair = at(pairStart, index); pair < at(pairStart, index + 1); pair++) {
			victimsMet += at(pairIncidents, pair) > 0 ? 1 : 0;
			instigatorOf[pair] = pupil;
		}
		pupils[found] = pupil;
		incidents[found] = end - begin;
		weeks[found] = weekCount;
		distinctVictims[found] = victimsMet + groupsMet;
		firstDay[found] = table.firstDay + at(of.days, begin);
		lastDay[found] = table.firstDay + at(of.days, end - 1);
		found++;
	}
	pairIncidents[0] = 0;
	return {
		evidence: {
			pupils: pupils.subarray(0, found),
			incidents: incidents.subarray(0, found),
			weeks: weeks.subarray(0, found),
			victims: distinctVictims.subarray(0, found),
			firstDay: firstDay.subarray(0, found),
			lastDay: lastDay.subarray(0, found),
		},
		pairs: pairsWithAny(instigatorOf, victimOf, pairIncidents, pairLastDay),
	};
}

/** Per day of the table the number of its week. */
function weeksOfDays({ firstDay, dayStart }: IncidentTable): Int32Array {
	return Int32Array.from({ length: dayStart.length - 1 }, (_, day) =>
		Math.floor((firstDay + day + DAYS_AFTER_MONDAY) / DAYS_A_WEEK),
	);
}

/** Those that met in the period, close together at the front. */
function pairsWithAny(
	instigator: Uint32Array,
	victimOf: Uint32Array,
	incidents: Uint32Array,
	lastDay: Int32Array,
): PairTallies {
	const victim = room(Uint32Array, victimOf.length);
	let length = 0;
	for (let pair = 0; pair < incidents.length; pair++) {
		if (at(incidents, pair) === 0) continue;
		instigator[length] = at(instigator, pair);
		victim[length] = at(victimOf, pair);
		incidents[length] = at(incidents, pair);
		lastDay[length] = at(lastDay, pair);
		length++;
	}
	return { length, instigator, victim, incidents, lastDay };
}

export function dayOfRow(table: IncidentTable, row: number): number {
	return dayOfMinute(at(table.minute, row));
}
