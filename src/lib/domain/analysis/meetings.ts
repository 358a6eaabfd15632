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
	/** Per victim: the pair it makes with the instigator; 0 for who was both. */
	readonly pair: Uint32Array;
	/** Per place: the group it was aimed at; 0 for none. */
	readonly group: Uint32Array;
	/** Pairs of the instigator at `PupilDays.pupils[index]` stand from `pairStart[index]` up to `pairStart[index + 1]`. */
	readonly pairStart: Uint32Array;
	/** Per pair, counting from 1: the code of its victim. */
	readonly victimOf: Uint32Array;
}

const known = new WeakMap<PupilDays, Meetings>();

/** Made at the first question and kept as long as the columns: the same for every period. */
export function meetingsOf(table: IncidentTable, of: PupilDays): Meetings {
	const meetings = known.get(of) ?? makeMeetings(table, of);
	known.set(of, meetings);
	return meetings;
}

/** Pairs of one instigator stand together, so a victim met before is found by where it stands: no hash, no sort. */
function makeMeetings({ victims, victimGroup }: IncidentTable, of: PupilDays): Meetings {
	const { pupils, rows } = of;
	const start = room(Uint32Array, rows.length + 1);
	for (let i = 0; i < rows.length; i++) {
		const row = at(rows, i);
		start[i + 1] = at(start, i) + at(victims.start, row + 1) - at(victims.start, row);
	}
	const pair = room(Uint32Array, at(start, rows.length));
	const group = room(Uint32Array, rows.length);
	const pairStart = room(Uint32Array, pupils.length + 1);
	const victimOf = room(Uint32Array, pair.length + 1);
	/** Per victim code: the pair it was last in. */
	const lastPair = room(Uint32Array, of.codes);
	let next = 1;
	for (let index = 0; index < pupils.length; index++) {
		const pupil = at(pupils, index);
		const firstPair = (pairStart[index] = next);
		for (let i = at(of.start, index); i < at(of.start, index + 1); i++) {
			const row = at(rows, i);
			group[i] = at(victimGroup, row);
			let place = at(start, i);
			for (let v = at(victims.start, row); v < at(victims.start, row + 1); v++, place++) {
				const victim = at(victims.values, v);
				if (victim === pupil) continue;
				if (at(lastPair, victim) < firstPair) {
					victimOf[next] = victim;
					lastPair[victim] = next++;
				}
				pair[place] = at(lastPair, victim);
			}
		}
	}
	pairStart[pupils.length] = next;
	return { start, pair, group, pairStart, victimOf: victimOf.subarray(0, next) };
}
