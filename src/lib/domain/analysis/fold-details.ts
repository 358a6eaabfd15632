import type { Columns } from './columns.ts';
import { EXTRA_VALUES } from './extras.ts';
import { grown } from './grown.ts';
import { dayOfMinute, type IncidentTable } from './incident-table.ts';
import { at, increment } from './lists.ts';
import { meetingsOf } from './meetings.ts';
import { pupilDays, type PupilDays } from './pupil-days.ts';
import { rowsBetween, type Rows } from './row-selection.ts';
import { isWhole, scopedTable } from './scope.ts';
import type { FoldQuestion } from './fold.ts';
import { SITUATIONS, type SchoolTime } from './school-time.ts';

/** Weeks begin on Monday; day 0, 1970-01-01, was a Thursday. */
const DAYS_AFTER_MONDAY = 3;

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

/**
 * One walk over the rows of each instigator: weeks, victims, and with them the pairs. Pairs of one instigator stand
 * together, so a victim met before is found by where it stands: no hash, no sort.
 */
function gatherEvidence(
	columns: Columns,
	table: IncidentTable,
	period: { readonly from: number; readonly until: number },
	of: PupilDays,
): { readonly evidence: Evidence; readonly pairs: PairTallies } {
	const { start, victims, group: groupAt } = meetingsOf(table, of);
	const length = of.pupils.length;
	const pupils = new Uint32Array(length);
	const incidents = new Uint32Array(length);
	const weeks = new Uint32Array(length);
	const distinctVictims = new Uint32Array(length);
	const firstDay = new Int32Array(length);
	const lastDay = new Int32Array(length);
	const [firstOfPeriod, lastOfPeriod] = [period.from - table.firstDay, period.until - table.firstDay];
	let found = 0;

	let pairInstigator = new Uint32Array(victims.length + 1);
	let pairVictim = new Uint32Array(pairInstigator.length);
	let pairIncidents = new Uint32Array(pairInstigator.length);
	let pairLastDay = new Int32Array(pairInstigator.length);
	let pairs = 0;
	/** Per victim code and per group code: where its pair stands, and for whom it was counted last; both from 1. */
	const pairOf = new Uint32Array(columns.pupilIds.length + 1);
	const groupMetBy = new Uint32Array(columns.groupIds.length + 1);

	for (let index = 0; index < length; index++) {
		const pupil = at(of.pupils, index);
		const firstPair = pairs;
		let groupsMet = 0;
		let count = 0;
		let week = -1;
		let weekCount = 0;
		let first = 0;
		let last = 0;
		for (let i = at(of.start, index); i < at(of.start, index + 1); i++) {
			const dayOfTable = at(of.days, i);
			if (dayOfTable < firstOfPeriod || dayOfTable > lastOfPeriod) continue;
			const day = table.firstDay + dayOfTable;
			if (count++ === 0) first = day;
			last = day;
			const thisWeek = Math.floor((day + DAYS_AFTER_MONDAY) / 7);
			if (count === 1 || thisWeek !== week) weekCount++;
			week = thisWeek;
			const group = at(groupAt, i);
			if (group !== 0 && at(groupMetBy, group) !== index + 1) {
				groupMetBy[group] = index + 1;
				groupsMet++;
			}
			for (let v = at(start, i); v < at(start, i + 1); v++) {
				const victim = at(victims, v);
				if (victim === pupil) continue;
				let pair = at(pairOf, victim) - 1;
				if (pair < firstPair) {
					pair = pairs++;
					if (pair === pairInstigator.length) {
						pairInstigator = grown(pairInstigator);
						pairVictim = grown(pairVictim);
						pairIncidents = grown(pairIncidents);
						pairLastDay = grown(pairLastDay);
					}
					pairOf[victim] = pair + 1;
					pairInstigator[pair] = pupil;
					pairVictim[pair] = victim;
				}
				increment(pairIncidents, pair);
				pairLastDay[pair] = day;
			}
		}
		if (count === 0) continue;
		pupils[found] = pupil;
		incidents[found] = count;
		weeks[found] = weekCount;
		distinctVictims[found] = pairs - firstPair + groupsMet;
		firstDay[found] = first;
		lastDay[found] = last;
		found++;
	}
	return {
		evidence: {
			pupils: pupils.subarray(0, found),
			incidents: incidents.subarray(0, found),
			weeks: weeks.subarray(0, found),
			victims: distinctVictims.subarray(0, found),
			firstDay: firstDay.subarray(0, found),
			lastDay: lastDay.subarray(0, found),
		},
		pairs: {
			length: pairs,
			instigator: pairInstigator,
			victim: pairVictim,
			incidents: pairIncidents,
			lastDay: pairLastDay,
		},
	};
}

export function dayOfRow(table: IncidentTable, row: number): number {
	return dayOfMinute(at(table.minute, row));
}
