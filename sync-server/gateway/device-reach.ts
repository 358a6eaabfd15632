import { canManageDevices } from '#domain/access/devices.ts';
import type { HeldOnDevice } from '#domain/accounts/devices.ts';
import type { PersonId } from '#domain/id.ts';
import type { SessionRecord } from '#server/accounts/accounts.ts';
import type { OpenSchool, Schools } from '#server/schools.ts';
import { Problem } from './problem.ts';
import { sessionFor, type SignedIn } from './who.ts';

export function isInReach({ session, school: { replica } }: SignedIn, { personId }: SessionRecord): boolean {
	const owner = replica.find('person', personId);
	return owner !== undefined && canManageDevices(session, owner, replica.facts);
}

/** One out of reach is as absent as one that never was. */
export async function deviceInReach({ devices }: Schools, who: SignedIn, id: string): Promise<SessionRecord> {
	const record = await devices.find(id, who.school.id);
	if (!record || !isInReach(who, record)) throw new Problem('notFound');
	return record;
}

/** What a device of this person may hold today at most. */
export function heldBy(school: OpenSchool, personId: PersonId): HeldOnDevice['held'] {
	const owner = sessionFor(school, personId);
	const counts = new Map<string, number>();
	for (const id of owner ? school.replica.viewFor(owner).revisions().keys() : []) {
		const type = school.replica.get(id)?.doc.type;
		if (type) counts.set(type, (counts.get(type) ?? 0) + 1);
	}
	return [...counts].map(([type, count]) => ({ type, count }));
}
