import { ulid } from 'ulid';
import type { DomainDocument } from '#domain/document.ts';
import { idOf } from '#domain/id.ts';
import type { Instant } from '#domain/time/local-time.ts';
import type { Clock } from './clock.ts';
import { databaseOf, type OpenSchool, type Schools } from './schools.ts';
import type { StoreHost } from './store/document-store.ts';
import { envelopeOf, type Envelope } from './store/envelope.ts';
import { contentRevision } from './store/revision.ts';

/** A school with one site and one person: the administrator, who invites the rest. */
export async function foundEmptySchool(
	host: StoreHost,
	schools: Schools,
	name: string,
	now: Clock,
): Promise<OpenSchool> {
	const schoolId = idOf('school', ulid());
	const docs: DomainDocument[] = [
		{
			...{ type: 'school', v: 1, id: schoolId, name, zone: 'Europe/Amsterdam' },
			...{ region: 'middle', keepsSex: false, demo: false },
		},
		{ type: 'site', v: 1, id: idOf('site', ulid()), schoolId, name: 'Hoofdgebouw' },
		{
			...{ type: 'person', v: 1, id: idOf('person', ulid()), schoolId, name: 'Beheerder' },
			...{ roles: ['administrator'], groupIds: [] },
		},
	];
	const store = await host.open<Envelope>(databaseOf(schoolId));
	const arrival = { receivedAt: now().toISOString() as Instant, authorId: null, deviceId: null, seq: null };
	await store.putAll(
		docs.map((doc) => ({ record: envelopeOf(doc, { rev: contentRevision(doc), ...arrival }), expectedRev: null })),
	);
	return schools.add(schoolId);
}

/**
 * While nobody rules over a real school yet, whoever starts the server does: a link for one use, on the terminal
 * only. `undefined` once an administrator has an account.
 */
export async function firstInvitation({ id, replica }: OpenSchool, schools: Schools): Promise<string | undefined> {
	if (replica.school.demo) return undefined;
	const administrators = replica
		.all('person')
		.filter(({ roles, hasLeft }) => roles.includes('administrator') && !hasLeft);
	const found = await Promise.all(administrators.map((person) => schools.credentials.find(person.id)));
	const [first] = administrators;
	if (!first || found.some((account) => account !== undefined)) return undefined;
	return schools.accounts.issueCode({ personId: first.id, schoolId: id });
}
