import type { Group, Place, Pupil } from '#domain/school/roster.ts';
import { indexRoster, type RosterIndex } from '#domain/school/roster-index.ts';
import type { Replica } from './device.ts';

interface Indexed {
	readonly groups: readonly Group[];
	readonly places: readonly Place[];
	readonly roster: RosterIndex;
}

/** By the list of pupils: a replica gives the same list until one of them changes. */
const known = new WeakMap<readonly Pupil[], Indexed>();

/** The school's roster as this device holds it. Every row of a list may ask: it is indexed anew only when it changed. */
export function rosterOf(documents: Replica): RosterIndex {
	const groups = documents.all('group');
	const pupils = documents.all('pupil');
	const places = documents.all('place');
	const before = known.get(pupils);
	if (before?.groups === groups && before.places === places) return before.roster;
	const roster = indexRoster({ groups, pupils, places });
	known.set(pupils, { groups, places, roster });
	return roster;
}
