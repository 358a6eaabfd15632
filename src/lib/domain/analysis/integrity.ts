import type { PupilId } from '#domain/id.ts';
import type { Columns } from './columns.ts';
import { EXTRA_VALUES, UNKNOWN_CHILD } from './extras.ts';
import { dayOfRow, type Details } from './fold-details.ts';
import { HOURS_PER_DAY, type IncidentTable } from './incident-table.ts';
import { at } from './lists.ts';
import { NOT_IN_ROSTER } from './roster-numbers.ts';
import type { Rows } from './row-selection.ts';
import type { SchoolTime } from './school-time.ts';
import { hasMark, TRAIT_VALUES } from './traits.ts';

/** Two adults who tell of one quarrel write it down within the hour. */
const MAX_MINUTES_APART = 60;

/** What is missing or odd in the documents; counts of incidents within the scope and period, unless it says otherwise. */
export interface Integrity {
	readonly withoutPlace: number;
	/** An instigator or victim is known in words only. */
	readonly withUnknownChild: number;
	/** One child is instigator and victim at once; it counts in both. */
	readonly withTwoRoles: number;
	/** A known instigator or victim had left before that day. */
	readonly afterLeaving: number;
	/** On a day without school, and not said to be outside school. */
	readonly onFreeDays: number;
	/** Pairs of incidents that may be one: same day, at most an hour apart, sharing an instigator and a victim. */
	readonly likelyDoubles: number;
	/** Of the scope, but outside the period: these are in no other figure. */
	readonly beforePeriod: number;
	readonly afterPeriod: number;
	/** Pupils who are named as instigator or victim in the period, but are in no roster. */
	readonly unknownPupils: readonly PupilId[];
	/** Of the whole file: decisions and withdrawals whose observation is not there. */
	readonly withoutObservation: number;
}

export function integrityOf(columns: Columns, details: Details, time: SchoolTime): Integrity {
	const { table, rows, extras } = details;
	let [withoutPlace, withTwoRoles, afterLeaving, onFreeDays, withUnknownChild] = [0, 0, 0, 0, 0];
	for (let value = 0; value < EXTRA_VALUES; value++) {
		if ((value & UNKNOWN_CHILD) !== 0) withUnknownChild += at(extras, value);
	}
	const outside = Uint8Array.from({ length: TRAIT_VALUES }, (_, traits) => (hasMark(traits, 'outsideSchool') ? 1 : 0));
	const unknown = new Set<number>();
	for (let row = rows.from; row < rows.until; row++) {
		const day = dayOfRow(table, row);
		if (at(table.placeHour, row) < HOURS_PER_DAY) withoutPlace++;
		if (outside[at(table.traits, row)] === 0 && !time.days.isOpen(day)) onFreeDays++;
		const instigators = inRow(table.instigators, row);
		const victims = inRow(table.victims, row);
		if (instigators.some((pupil) => victims.includes(pupil))) withTwoRoles++;
		let hasLeft = false;
		for (const list of [instigators, victims]) {
			for (const pupil of list) {
				const lastDay = at(columns.pupilUntil, pupil);
				if (lastDay === NOT_IN_ROSTER) unknown.add(pupil);
				else if (lastDay < day) hasLeft = true;
			}
		}
		if (hasLeft) afterLeaving++;
	}
	return {
		...{ withoutPlace, withUnknownChild, withTwoRoles, afterLeaving, onFreeDays },
		likelyDoubles: likelyDoubles(details),
		beforePeriod: rows.from,
		afterPeriod: table.rows - rows.until,
		unknownPupils: [...unknown].sort((a, b) => a - b).map((code) => (columns.pupilIds[code - 1] ?? '') as PupilId),
		withoutObservation: columns.withoutObservation,
	};
}

/** Rows of one instigator stand in the order of their days, so only neighbours need be compared. */
function likelyDoubles({ table, rows, instigatorDays }: Details): number {
	const found = new Set<number>();
	const { start, days, rows: rowOf } = instigatorDays;
	for (let index = 0; index < instigatorDays.pupils.length; index++) {
		const end = at(start, index + 1);
		for (let i = at(start, index); i < end; i++) {
			if (!isIn(rows, at(rowOf, i))) continue;
			for (let j = i + 1; j < end && days[j] === days[i]; j++) {
				if (areAlike(table, at(rowOf, i), at(rowOf, j))) found.add(at(rowOf, i) * table.rows + at(rowOf, j));
			}
		}
	}
	return found.size;
}

function isIn(rows: Rows, row: number): boolean {
	return row >= rows.from && row < rows.until;
}

function areAlike(table: IncidentTable, a: number, b: number): boolean {
	if (Math.abs(at(table.minute, a) - at(table.minute, b)) > MAX_MINUTES_APART) return false;
	const victims = inRow(table.victims, b);
	return inRow(table.victims, a).some((victim) => victims.includes(victim));
}

function inRow({ start, values }: IncidentTable['instigators'], row: number): Uint32Array {
	return values.subarray(at(start, row), at(start, row + 1));
}
