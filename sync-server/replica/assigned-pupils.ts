import type { Case } from '#domain/cases/case.ts';
import type { PersonId, PupilId } from '#domain/id.ts';

const NONE: ReadonlySet<PupilId> = new Set();

/** Who works on a case may read what is told about its pupils: worked out once, until a case changes. */
export function assignedPupils(allCases: () => readonly Case[]) {
	let byPerson: Map<PersonId, Set<PupilId>> | undefined;

	function workOut(): Map<PersonId, Set<PupilId>> {
		const made = new Map<PersonId, Set<PupilId>>();
		for (const { memberIds, pupils } of allCases()) {
			for (const personId of memberIds) {
				const known = made.get(personId) ?? new Set<PupilId>();
				pupils.forEach(({ pupilId }) => known.add(pupilId));
				made.set(personId, known);
			}
		}
		return made;
	}

	return {
		of: (personId: PersonId): ReadonlySet<PupilId> => (byPerson ??= workOut()).get(personId) ?? NONE,
		forget: () => (byPerson = undefined),
	};
}
