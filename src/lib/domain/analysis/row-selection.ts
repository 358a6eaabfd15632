import type { IncidentTable } from './incident-table.ts';
import { at, type Lists } from './lists.ts';

/** A run of rows: `from` included, `until` not. */
export interface Rows {
	readonly from: number;
	readonly until: number;
}

/** The rows of the days `from` to `until`, both included (day numbers). */
export function rowsBetween(table: IncidentTable, from: number, until: number): Rows {
	const days = table.dayStart.length - 1;
	const rowAt = (day: number) => at(table.dayStart, Math.max(0, Math.min(days, day - table.firstDay)));
	const first = rowAt(from);
	return { from: first, until: Math.max(first, rowAt(until + 1)) };
}

/** A table of its own with some of the incidents, so that counting needs no second way. */
export function ofRows(table: IncidentTable, isIn: (row: number) => boolean): IncidentTable {
	const rows: number[] = [];
	for (let row = 0; row < table.rows; row++) if (isIn(row)) rows.push(row);
	const order = Uint32Array.from(rows);

	const dayStart = new Uint32Array(table.dayStart.length);
	for (let day = 0, row = 0; day < dayStart.length; day++) {
		while (row < order.length && at(order, row) < at(table.dayStart, day)) row++;
		dayStart[day] = row;
	}
	const observationsBefore = new Uint32Array(order.length + 1);
	const unprocessedBefore = new Uint32Array(order.length + 1);
	order.forEach((row, i) => {
		const within = (before: Uint32Array) => at(before, row + 1) - at(before, row);
		observationsBefore[i + 1] = at(observationsBefore, i) + within(table.observationsBefore);
		unprocessedBefore[i + 1] = at(unprocessedBefore, i) + within(table.unprocessedBefore);
	});
	return {
		rows: order.length,
		firstDay: table.firstDay,
		dayStart,
		id: order.map((row) => at(table.id, row)),
		minute: Int32Array.from(order, (row) => at(table.minute, row)),
		placeHour: order.map((row) => at(table.placeHour, row)),
		traits: Uint16Array.from(order, (row) => at(table.traits, row)),
		extras: Uint16Array.from(order, (row) => at(table.extras, row)),
		victimGroup: order.map((row) => at(table.victimGroup, row)),
		observationsBefore,
		unprocessedBefore,
		instigators: listsOf(table.instigators, order, (length) => new Uint32Array(length)),
		victims: listsOf(table.victims, order, (length) => new Uint32Array(length)),
		tellers: listsOf(table.tellers, order, (length) => new Uint32Array(length)),
		reporters: listsOf(table.reporters, order, (length) => new Uint32Array(length)),
		groups: listsOf(table.groups, order, (length) => new Uint32Array(length)),
		behaviours: listsOf(table.behaviours, order, (length) => new Uint8Array(length)),
	};
}

function listsOf<A extends Uint8Array | Uint32Array>(
	lists: Lists<A>,
	order: Uint32Array,
	make: (length: number) => A,
): Lists<A> {
	const start = new Uint32Array(order.length + 1);
	order.forEach((row, i) => (start[i + 1] = at(start, i) + at(lists.start, row + 1) - at(lists.start, row)));
	const values = make(at(start, order.length));
	order.forEach((row, i) =>
		values.set(lists.values.subarray(at(lists.start, row), at(lists.start, row + 1)), start[i]),
	);
	return { start, values };
}

export function isInList({ start, values }: Lists<Uint8Array | Uint32Array>, row: number, code: number): boolean {
	for (let i = at(start, row); i < at(start, row + 1); i++) if (values[i] === code) return true;
	return false;
}
