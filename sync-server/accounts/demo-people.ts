import type { Person, Role } from '#domain/school/roster.ts';
import type { DemoPerson } from '#domain/session.ts';
import type { SchoolReplica } from '#server/replica/school-replica.ts';

/** Enough to try every role with, few enough to see at a glance. */
const SHOWN = {
	supervisor: 2,
	teacher: 3,
	coordinator: 1,
	principal: 1,
	confidant: 1,
	board: 1,
} as const satisfies Partial<Record<Role, number>>;

/** Whom the sign-in page of a demo offers, first the one most people start with. Empty for a real school. */
export function demoPeopleOf(replica: SchoolReplica): DemoPerson[] {
	if (!replica.school.demo) return [];
	const people = replica.all('person');
	return (['supervisor', 'teacher', 'coordinator', 'principal', 'confidant', 'board'] as const).flatMap((role) =>
		spread(
			people.filter((person) => mainRole(person) === role),
			SHOWN[role],
		).map(({ id, name, groupIds }) => ({ personId: id, name, role, detail: groupNames(replica, groupIds) })),
	);
}

/** Teachers of young and old groups alike: each sees another school. */
function spread<T>(all: readonly T[], count: number): T[] {
	if (all.length <= count) return [...all];
	return all.filter((_, i) => Math.floor((i * count) / all.length) !== Math.floor(((i - 1) * count) / all.length));
}

function mainRole({ roles }: Person): Role {
	return (
		(['coordinator', 'principal', 'board', 'confidant', 'teacher'] as const).find((role) => roles.includes(role)) ??
		'supervisor'
	);
}

function groupNames(replica: SchoolReplica, groupIds: Person['groupIds']): string {
	return groupIds.flatMap((id) => replica.find('group', id)?.name ?? []).join(', ');
}
