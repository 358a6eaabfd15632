import type { IncidentTable } from '../../src/lib/domain/analysis/incident-table.ts';

/**
 * The limit: every value of the same arrays visited and counted once, in the fewest lines there are; no period, no
 * window, no order, no names.
 */
export function bareLoop(table: IncidentTable, pupils: number, groups: number, placeHours: number): Uint32Array[] {
	return [
		count(table.placeHour, placeHours),
		countTraits(table.traits, 1 << 10),
		count(table.instigators.values, pupils),
		count(table.victims.values, pupils),
		count(table.tellers.values, pupils),
		count(table.groups.values, groups),
		countBehaviours(table.behaviours.values, 1 << 8),
	];
}

/** The same for the arrays that `foldDetails` adds: every pair of an instigator and a victim is visited, none is kept. */
export function bareDetails(
	table: IncidentTable,
	sizes: { pupils: number; groups: number; persons: number },
): unknown[] {
	const { instigators, victims } = table;
	const met = new Uint32Array(sizes.pupils);
	for (let row = 0; row < table.rows; row++) {
		for (let i = instigators.start[row]!; i < instigators.start[row + 1]!; i++) {
			for (let v = victims.start[row]!; v < victims.start[row + 1]!; v++) {
				met[instigators.values[i]!]! += victims.values[v]!;
			}
		}
	}
	return [
		countTraits(table.extras, 1 << 12),
		count(table.victimGroup, sizes.groups),
		count(table.reporters.values, sizes.persons),
		countMinutes(table.minute),
		met,
	];
}

function countMinutes(values: Int32Array): Uint32Array {
	const counts = new Uint32Array(1440);
	for (let i = 0; i < values.length; i++) counts[values[i]! % 1440]!++;
	return counts;
}

// One for each kind of array, so that the engine makes the best of it.

function count(values: Uint32Array, codes: number): Uint32Array {
	const counts = new Uint32Array(codes);
	for (let i = 0; i < values.length; i++) counts[values[i]!]!++;
	return counts;
}

function countTraits(values: Uint16Array, codes: number): Uint32Array {
	const counts = new Uint32Array(codes);
	for (let i = 0; i < values.length; i++) counts[values[i]!]!++;
	return counts;
}

function countBehaviours(values: Uint8Array, codes: number): Uint32Array {
	const counts = new Uint32Array(codes);
	for (let i = 0; i < values.length; i++) counts[values[i]!]!++;
	return counts;
}
