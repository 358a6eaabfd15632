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
