import { idOf, type Id, type IdKind } from '#domain/id.ts';
import type { Observation } from '#domain/observation/observation.ts';
import type { Group, Person, Place, Pupil, Role, School, Site } from '#domain/school/roster.ts';
import type { Session } from '#domain/session.ts';
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

function aPerson(n: number, name: string, roles: Person['roles'] = ['supervisor']): Person {
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

export function aSchool(): School {
	return {
		type: 'school',
		v: 1,
		id: SCHOOL,
		name: 'De Watertoren',
		zone: 'Europe/Amsterdam',
		region: 'middle',
		keepsSex: false,
		demo: true,
	};
}

/** Person 1 is the supervisor, 2 the teacher of 6A, 3 the coordinator. */
const PEOPLE = {
	supervisor: { number: 1, name: 'Sanne', groupIds: [] },
	teacher: { number: 2, name: 'Youssef', groupIds: [anId('group', 6)] },
	coordinator: { number: 3, name: 'Marijke', groupIds: [] },
} satisfies Partial<Record<Role, { number: number; name: string; groupIds: Person['groupIds'] }>>;
type RosterRole = keyof typeof PEOPLE;

export function aSession(role: RosterRole = 'supervisor', over: Partial<Session> = {}): Session {
	const { number, name, groupIds } = PEOPLE[role];
	return {
		personId: anId('person', number),
		schoolId: SCHOOL,
		schoolName: 'De Watertoren',
		name,
		roles: [role],
		groupIds,
		...over,
	};
}

/** Groups 6A and 8B, eight pupils (two Noors in 6A), four places, three adults: enough for every screen. */
export function aRoster(): [School, Site, ...(Group | Pupil | Place | Person)[]] {
	const roles: RosterRole[] = ['supervisor', 'teacher', 'coordinator'];
	return [
		aSchool(),
		{ type: 'site', v: 1, id: anId('site', 1), schoolId: SCHOOL, name: 'Hoofdgebouw' },
		aGroup(6),
		aGroup(8, '8B'),
		{ ...aPupil(1, 'Daan'), lastName: 'Visser' },
		{ ...aPupil(2, 'Noor'), lastName: 'Bakker' },
		{ ...aPupil(3, 'Noor'), lastName: 'Yilmaz' },
		aPupil(4, 'Milan'),
		{ ...aPupil(5, 'Zoë'), prefix: 'van der', lastName: 'Berg' },
		aPupil(6, 'Yara', 8),
		aPupil(7, 'Sem', 8),
		aPupil(8, 'Chidi', 8),
		aPlace(1, 'klimrek', 'climbingFrame'),
		aPlace(2, 'voetbalveld', 'footballField'),
		aPlace(3, 'gang', 'corridor'),
		aPlace(4, 'groepsapp', 'online'),
		...roles.map((role) => ({
			...aPerson(PEOPLE[role].number, PEOPLE[role].name, [role]),
			groupIds: [...PEOPLE[role].groupIds],
		})),
	];
}
