import type { Group, Place, Pupil } from './roster.ts';

/** The roster prepared for looking up and showing. */
export interface RosterIndex {
	readonly groups: readonly Group[];
	readonly places: readonly Place[];
	pupil(id: string): Pupil | undefined;
	group(id: string): Group | undefined;
	place(id: string): Place | undefined;
	groupOf(pupilId: string): Group | undefined;
	/** Sorted by first name. */
	pupilsOf(groupId: string): readonly Pupil[];
	/** First name; two of the same first name in a group get as much of the last name as tells them apart. */
	shortName(pupilId: string): string;
	/** `Noor (6A)`. */
	nameWithGroup(pupilId: string): string;
	/** `Noor van der Berg`. */
	fullName(pupilId: string): string;
}

/** Pupils who left stay known, so that what was written about them can still be read. */
export function indexRoster(roster: {
	groups: readonly Group[];
	pupils: readonly Pupil[];
	places: readonly Place[];
}): RosterIndex {
	const groups = [...roster.groups].sort((a, b) => a.name.localeCompare(b.name, 'nl', { numeric: true }));
	const places = [...roster.places].sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name, 'nl'));
	const groupById = new Map(groups.map((group) => [group.id as string, group]));
	const placeById = new Map(places.map((place) => [place.id as string, place]));
	const pupilById = new Map(roster.pupils.map((pupil) => [pupil.id as string, pupil]));
	const byGroup = new Map<string, Pupil[]>();
	for (const pupil of roster.pupils) {
		if (pupil.leftOn) continue;
		const list = byGroup.get(pupil.groupId) ?? [];
		list.push(pupil);
		byGroup.set(pupil.groupId, list);
	}
	const shortNames = new Map<string, string>();
	for (const pupils of byGroup.values()) {
		pupils.sort((a, b) => a.firstName.localeCompare(b.firstName, 'nl') || a.lastName.localeCompare(b.lastName, 'nl'));
		for (const pupil of pupils) shortNames.set(pupil.id, shortNameAmong(pupil, pupils));
	}

	const shortName = (id: string) => shortNames.get(id) ?? pupilById.get(id)?.firstName ?? '?';
	const groupOf = (id: string) => groupById.get(pupilById.get(id)?.groupId ?? '');
	return {
		groups,
		places,
		pupil: (id) => pupilById.get(id),
		group: (id) => groupById.get(id),
		place: (id) => placeById.get(id),
		groupOf,
		pupilsOf: (groupId) => byGroup.get(groupId) ?? [],
		shortName,
		nameWithGroup: (id) => {
			const group = groupOf(id);
			return group ? `${shortName(id)} (${group.name})` : shortName(id);
		},
		fullName: (id) => {
			const pupil = pupilById.get(id);
			return pupil ? [pupil.firstName, pupil.prefix, pupil.lastName].filter(Boolean).join(' ') : '?';
		},
	};
}

function shortNameAmong(pupil: Pupil, group: readonly Pupil[]): string {
	const namesakes = group.filter((other) => other.id !== pupil.id && other.firstName === pupil.firstName);
	if (namesakes.length === 0) return pupil.firstName;
	for (let length = 1; length < pupil.lastName.length; length++) {
		const start = pupil.lastName.slice(0, length);
		if (!namesakes.some((other) => other.lastName.startsWith(start))) return `${pupil.firstName} ${start}.`;
	}
	return `${pupil.firstName} ${pupil.lastName}`;
}
