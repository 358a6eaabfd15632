import type { IncidentTable } from '../../src/lib/domain/analysis/incident-table.ts';

/**
 * The limit: every value of the same arrays visited and counted once, in the fewest lines there are; no period, no
 * window, no order, no names.
 */
export function bareLoop(table: IncidentTable, pupils: number, groups: number, placeHours: number): number {
	const placeHour = new Uint32Array(placeHours);
	const traits = new Uint32Array(1024);
	for (let row = 0; row < table.rows; row++) {
		placeHour[table.placeHour[row] ?? 0]!++;
		traits[table.traits[row] ?? 0]!++;
	}
	const instigators = new Uint32Array(pupils);
	for (const code of table.instigators.values) instigators[code]!++;
	const victims = new Uint32Array(pupils);
	for (const code of table.victims.values) victims[code]!++;
	const tellers = new Uint32Array(pupils);
	for (const code of table.tellers.values) tellers[code]!++;
	const perGroup = new Uint32Array(groups);
	for (const code of table.groups.values) perGroup[code]!++;
	const behaviours = new Uint32Array(64);
	for (const code of table.behaviours.values) behaviours[code]!++;
	return [placeHour, traits, instigators, victims, tellers, perGroup, behaviours].reduce(
		(sum, each) => sum + (each[1] ?? 0),
		0,
	);
}
