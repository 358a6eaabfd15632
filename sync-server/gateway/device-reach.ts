import type { FastifyRequest } from 'fastify';
import { can, maskFor } from '#domain/access/access.ts';
import { canManageDevices, looksAfterDevices } from '#domain/access/devices.ts';
import type { HeldOnDevice } from '#domain/accounts/devices.ts';
import type { DomainDocument } from '#domain/document.ts';
import type { PersonId } from '#domain/id.ts';
import type { SessionRecord } from '#server/accounts/accounts.ts';
import type { Schools } from '#server/schools.ts';
import { Problem } from './problem.ts';
import { lastSessionFor, mustBeSignedIn, type SignedIn } from './who.ts';

/** To everybody else devices, and what went wrong with one, are not there. */
export async function mustLookAfterDevices(request: FastifyRequest, schools: Schools): Promise<SignedIn> {
	const who = await mustBeSignedIn(request, schools);
	if (!looksAfterDevices(who.session)) throw new Problem('notFound');
	return who;
}

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

/** What a device of this person may hold today at most, as far as who asks reads it too. */
export function heldBy(who: SignedIn, personId: PersonId): HeldOnDevice['held'] {
	const { replica } = who.school;
	const owner = lastSessionFor(who.school, personId);
	const counts = new Map<string, number>();
	for (const id of owner ? replica.viewFor(owner).revisions().keys() : []) {
		const doc = replica.get(id)?.doc;
		if (doc && readsWhole(who, doc)) counts.set(doc.type, (counts.get(doc.type) ?? 0) + 1);
	}
	return [...counts].map(([type, count]) => ({ type, count }));
}

/** A count is a word about its person too: who reported today, who works on a case. Only who reads that anyway is told. */
function readsWhole({ session, school: { replica } }: SignedIn, doc: DomainDocument): boolean {
	const { facts } = replica;
	return can(session, 'read', { doc, facts }) && maskFor(session, doc, facts) === doc;
}
