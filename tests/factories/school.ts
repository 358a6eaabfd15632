import { idOf, type Id, type IdKind } from '#domain/id.ts';
import type { Observation } from '#domain/observation/observation.ts';
import type { Group, Person, Place, Pupil } from '#domain/school/roster.ts';
import type { Instant, LocalDateTime } from '#domain/time/local-time.ts';

/** The same number gives the same id, so that tests can say "pupil 3". Fictional children only. */
export function anId<K extends IdKind>(kind: K, n: number): Id<K> {
	return idOf(kind, String(n).padStart(26, '0'));
}

export const NOTED_AT = '2026-03-09T11:20:00.000Z' as Instant;
const SCHOOL = anId('school', 1);

export function aGroup(n: number, name = `${n}A`): Group {
	return {
		type: 'group',
		v: 1,
		id: anId('group', n),
		schoolId: SCHOOL,
		siteId: anId('site', 1),
		name,
		yearGroups: [n],
	};
}

export function aPupil(n: number, firstName: string, group = 6): Pupil {
	return {
		type: 'pupil',
		v: 1,
		id: anId('pupil', n),
		schoolId: SCHOOL,
		groupId: anId('group', group),
		firstName,
		lastName: `Voorbeeld${n}`,
	};
}

export function aPlace(n: number, name: string, kind: Place['kind'] = 'playground'): Place {
	return { type: 'place', v: 1, id: anId('place', n), schoolId: SCHOOL, siteId: anId('site', 1), name, kind, rank: n };
}

export function aPerson(n: number, name: string, roles: Person['roles'] = ['supervisor']): Person {
	return { type: 'person', v: 1, id: anId('person', n), schoolId: SCHOOL, name, roles, groupIds: [] };
}

/** Pupil 1 pushed pupil 2 at place 1, on a Monday in the lunch break, told by person 1. */
export function anObservation(n: number, over: Partial<Observation> = {}): Observation {
	return {
		type: 'observation',
		v: 1,
		id: anId('observation', n),
		schoolId: SCHOOL,
		reporterId: anId('person', 1),
		occurredAt: '2026-03-09T12:14' as LocalDateTime,
		zone: 'Europe/Amsterdam',
		precision: 'exact',
		notedAt: NOTED_AT,
		placeId: anId('place', 1),
		outsideSchool: false,
		participants: [
			{ role: 'instigator', pupilId: anId('pupil', 1) },
			{ role: 'victim', pupilId: anId('pupil', 2) },
		],
		victimGroupId: null,
		behaviours: ['pushing'],
		digital: false,
		basket: 'orange',
		handling: [],
		means: [],
		...over,
	};
}
