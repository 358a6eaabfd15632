import type { PlaceId, PupilId } from '#domain/id.ts';
import { BEHAVIOUR_IDS, type Behaviour } from '#domain/observation/behaviour.ts';
import { dateOfDayNumber, type LocalDate } from '#domain/time/local-time.ts';
import type { Columns } from './columns.ts';
import { SURE } from './evidence-limits.ts';
import { dayOfRow } from './fold-details.ts';
import { HOURS_PER_DAY, type IncidentTable } from './incident-table.ts';
import { at, increment } from './lists.ts';
import { rowsBetween, type Rows } from './row-selection.ts';
import type { SchoolTime } from './school-time.ts';
import { chanceOfSoMany } from './statistics/rate-ratio.ts';

/** About the time between two rounds (M5-13), where no round is known. */
const RECENT_DAYS = 42;
/** Fewer at one place in one hour are told as they are, not compared (D9). */
const MIN_INCIDENTS = 5;

export interface Span {
	readonly from: LocalDate;
	readonly until: LocalDate;
	readonly schoolDays: number;
}

/** What, where, when, who, and how much more than usual: the most striking hour at a place, lately. */
export interface Precision {
	readonly recent: Span;
	/** What comes before it in the 365 days. */
	readonly usual: Span;
	readonly placeId: PlaceId;
	/** 10: from 10:00 up to 11:00. */
	readonly hour: number;
	readonly incidents: number;
	readonly usualIncidents: number;
	/** As many times as usual, per school day; `null`: never seen before. */
	readonly times: number | null;
	/** Hours at places that were looked at; `p` is corrected for that many looks. */
	readonly looks: number;
	readonly p: number;
	readonly couldBeChance: boolean;
	/** Most frequent in it, equal ones by the catalogue. */
	readonly behaviour: Behaviour;
	readonly behaviourIncidents: number;
	/** 1 = Monday; most frequent in it, equal ones the earliest in the week. */
	readonly weekday: number;
	readonly weekdayIncidents: number;
	/** The fewest pupils who stand at 80 % of its pairs; most first, equal ones by id. */
	readonly instigatorIds: readonly PupilId[];
}

/** `null`: nowhere were there enough, or there is no time to compare with. Days by number. */
export function precisionOf(
	columns: Columns,
	table: IncidentTable,
	{
		countersFrom,
		newFrom,
		until,
	}: { readonly countersFrom: number; readonly newFrom: number | null; readonly until: number },
	time: SchoolTime,
): Precision | null {
	const recentFrom = newFrom !== null && newFrom <= until ? newFrom : until - RECENT_DAYS + 1;
	if (recentFrom <= countersFrom) return null;
	const recentRows = rowsBetween(table, recentFrom, until);
	const usualRows = rowsBetween(table, countersFrom, recentFrom - 1);
	const recentDays = time.schoolDays(recentFrom, until);
	const usualDays = time.schoolDays(countersFrom, recentFrom - 1);
	if (recentDays === 0 || usualDays === 0) return null;
	const recent = countCells(columns, table, recentRows);
	const usual = countCells(columns, table, usualRows);

	let best: { cell: number; p: number } | null = null;
	let looks = 0;
	for (let cell = HOURS_PER_DAY; cell < recent.length; cell++) {
		const incidents = at(recent, cell);
		if (incidents < MIN_INCIDENTS) continue;
		looks++;
		const p = chanceOfSoMany({ incidents: at(usual, cell), exposure: usualDays }, { incidents, exposure: recentDays });
		if (!best || p < best.p || (p === best.p && incidents > at(recent, best.cell))) best = { cell, p };
	}
	if (!best) return null;
	const { cell } = best;
	const p = Math.min(1, best.p * looks);
	const incidents = at(recent, cell);
	return {
		recent: { from: dateOfDayNumber(recentFrom), until: dateOfDayNumber(until), schoolDays: recentDays },
		usual: { from: dateOfDayNumber(countersFrom), until: dateOfDayNumber(recentFrom - 1), schoolDays: usualDays },
		placeId: (columns.placeIds[Math.floor(cell / HOURS_PER_DAY) - 1] ?? '') as PlaceId,
		hour: cell % HOURS_PER_DAY,
		incidents,
		usualIncidents: at(usual, cell),
		times: at(usual, cell) === 0 ? null : incidents / recentDays / (at(usual, cell) / usualDays),
		...{ looks, p, couldBeChance: p >= SURE },
		...insideCell(columns, table, recentRows, cell),
	};
}

function countCells(columns: Columns, { placeHour }: IncidentTable, rows: Rows): Uint32Array {
	const counts = new Uint32Array((columns.placeIds.length + 1) * HOURS_PER_DAY);
	for (let row = rows.from; row < rows.until; row++) increment(counts, at(placeHour, row));
	return counts;
}

function insideCell(columns: Columns, table: IncidentTable, rows: Rows, cell: number) {
	const behaviours = new Uint32Array(BEHAVIOUR_IDS.length);
	const weekdays = new Uint32Array(7);
	const pupils = new Uint32Array(columns.pupilIds.length + 1);
	for (let row = rows.from; row < rows.until; row++) {
		if (at(table.placeHour, row) !== cell) continue;
		increment(weekdays, (((dayOfRow(table, row) + 3) % 7) + 7) % 7);
		const { behaviours: did, instigators } = table;
		for (let i = at(did.start, row); i < at(did.start, row + 1); i++) increment(behaviours, at(did.values, i));
		for (let i = at(instigators.start, row); i < at(instigators.start, row + 1); i++) {
			increment(pupils, at(instigators.values, i));
		}
	}
	const behaviour = indexOfMost(behaviours);
	const weekday = indexOfMost(weekdays);
	return {
		behaviour: BEHAVIOUR_IDS[behaviour] ?? BEHAVIOUR_IDS[0],
		behaviourIncidents: at(behaviours, behaviour),
		weekday: weekday + 1,
		weekdayIncidents: at(weekdays, weekday),
		instigatorIds: fewestAt80(pupils).map((code) => (columns.pupilIds[code - 1] ?? '') as PupilId),
	};
}

function indexOfMost(counts: Uint32Array): number {
	return counts.reduce((best, count, index) => (count > at(counts, best) ? index : best), 0);
}

function fewestAt80(counts: Uint32Array): number[] {
	const codes = [...counts.keys()].filter((code) => at(counts, code) > 0);
	codes.sort((a, b) => at(counts, b) - at(counts, a) || a - b);
	const pairs = codes.reduce((sum, code) => sum + at(counts, code), 0);
	let cumulative = 0;
	return codes.filter((code) => {
		const isNeeded = cumulative * 5 < pairs * 4;
		cumulative += at(counts, code);
		return isNeeded;
	});
}
