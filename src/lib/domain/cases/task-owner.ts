import type { PersonId } from '#domain/id.ts';
import type { TaskRole } from '#domain/protocols/protocol.ts';
import type { Person } from '#domain/school/roster.ts';
import type { Case } from './case.ts';

/**
 * Whose a step is: who was assigned its role in this case, else the first member who has that role at school, else who
 * opened the case. So every step has an owner, and one who can read the case.
 */
export function taskOwner(subject: Case, role: TaskRole, people: ReadonlyMap<PersonId, Person>): PersonId {
	const assigned = subject.assigned?.find((each) => each.role === role)?.personId;
	if (assigned !== undefined && subject.memberIds.includes(assigned)) return assigned;
	for (const id of subject.memberIds) {
		const roles: readonly string[] = people.get(id)?.roles ?? [];
		if (roles.includes(role)) return id;
	}
	return subject.openedBy;
}
