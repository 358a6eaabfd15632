import { at, increment, type Lists } from './lists.ts';
import { room } from './room.ts';

/**
 * Per pupil the days of the incidents in which the pupil had one role, earliest first. Counting a period is then a walk
 * straight through memory, where a tally per row would jump through one number for every pupil of a country.
 */
export interface PupilDays {
	/** Codes of the pupils who ever had the role, in order. */
	readonly pupils: Uint32Array;
	/** Days of the pupil at `pupils[i]` stand from `start[i]` up to `start[i + 1]`. */
	readonly start: Uint32Array;
	/** Counted from the first day of the table. */
	readonly days: Uint32Array;
	/** The row of the table each day stands for. */
	readonly rows: Uint32Array;
	/** One more than the highest pupil code. */
	readonly codes: number;
}

/** `dayStart`: the first row of each day, and one past the last; `codes`: one more than the highest pupil code. */
export function pupilDays({ start, values }: Lists, dayStart: Uint32Array, codes: number): PupilDays {
	const next = room(Uint32Array, codes);
	for (const code of values) increment(next, code);
	let count = 0;
	for (let code = 0; code < codes; code++) if (at(next, code) > 0) count++;
	const pupils = room(Uint32Array, count);
	const starts = room(Uint32Array, count + 1);
	for (let code = 0, i = 0; code < codes; code++) {
		const length = at(next, code);
		if (length === 0) continue;
		pupils[i] = code;
		next[code] = at(starts, i);
		starts[++i] = at(next, code) + length;
	}
	const days = room(Uint32Array, values.length);
	const rows = room(Uint32Array, values.length);
	for (let day = 0; day < dayStart.length - 1; day++) {
		for (let row = at(dayStart, day); row < at(dayStart, day + 1); row++) {
			for (let i = at(start, row); i < at(start, row + 1); i++) {
				const slot = increment(next, at(values, i));
				days[slot] = day;
				rows[slot] = row;
			}
		}
	}
	return { pupils, start: starts, days, rows, codes };
}

/** Per pupil code, how many days lie between `from` and `until`, both included, counted from the table's first day. */
export function countPupilDays(of: PupilDays, tableDays: number, from: number, until: number): Uint32Array {
	const counts = new Uint32Array(of.codes);
	if (from <= 0 && until >= tableDays - 1) countAll(of, counts);
	else countBetween(of, from, until, counts);
	return counts;
}

function countAll({ pupils, start }: PupilDays, counts: Uint32Array): void {
	let begin = 0;
	for (let i = 0; i < pupils.length; i++) {
		const end = at(start, i + 1);
		counts[at(pupils, i)] = end - begin;
		begin = end;
	}
}

function countBetween({ pupils, start, days }: PupilDays, from: number, until: number, counts: Uint32Array): void {
	for (let i = 0; i < pupils.length; i++) {
		let begin = at(start, i);
		let end = at(start, i + 1);
		while (begin < end && at(days, begin) < from) begin++;
		while (end > begin && at(days, end - 1) > until) end--;
		counts[at(pupils, i)] = end - begin;
	}
}
