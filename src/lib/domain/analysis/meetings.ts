import type { IncidentTable } from './incident-table.ts';
import { at } from './lists.ts';
import type { PupilDays } from './pupil-days.ts';
import { room } from './room.ts';

/**
 * Whom each instigator met, in the order of `PupilDays`: what stands in the table by row, copied so that a walk along one
 * pupil's incidents goes straight through memory instead of jumping through a million rows.
 */
export interface Meetings {
	/** The victims of the incident at place `i` of `PupilDays.rows` stand from `start[i]` up to `start[i + 1]`. */
	readonly start: Uint32Array;
	readonly victims: Uint32Array;
	/** Per place: the group it was aimed at; 0 for none. */
	readonly group: Uint32Array;
}

const known = new WeakMap<PupilDays, Meetings>();

/** Made at the first question and kept as long as the columns: the same for every period. */
export function meetingsOf(table: IncidentTable, of: PupilDays): Meetings {
	const meetings = known.get(of) ?? makeMeetings(table, of);
	known.set(of, meetings);
	return meetings;
}

function makeMeetings({ victims, victimGroup }: IncidentTable, { rows }: PupilDays): Meetings {
	const start = room(Uint32Array, rows.length + 1);
	for (let i = 0; i < rows.length; i++) {
		const row = at(rows, i);
		start[i + 1] = at(start, i) + at(victims.start, row + 1) - at(victims.start, row);
	}
	const met = room(Uint32Array, at(start, rows.length));
	const group = room(Uint32Array, rows.length);
	for (let i = 0, place = 0; i < rows.length; i++) {
		const row = at(rows, i);
		group[i] = at(victimGroup, row);
		for (let v = at(victims.start, row); v < at(victims.start, row + 1); v++) met[place++] = at(victims.values, v);
	}
	return { start, victims: met, group };
}
