import type { AddressInfo } from 'node:net';
import type { DomainDocument } from '#domain/document.ts';
import type { PersonId, SchoolId } from '#domain/id.ts';
import { Role, type Person } from '#domain/school/roster.ts';
import { buildApp } from '#server/app.ts';
import { databaseOf, openSchools } from '#server/schools.ts';
import type { StoreHost } from '#server/store/document-store.ts';
import { envelopeOf, type Envelope } from '#server/store/envelope.ts';
import { memoryHost } from '#server/store/memory.ts';
import { contentRevision } from '#server/store/revision.ts';
import { aCalendar, aCase, aCaseEntry } from '#tests/factories/cases.ts';
import { anId, anObservation, aRoster, aSchool, NOTED_AT } from '#tests/factories/school.ts';

export interface Route {
	readonly method: string;
	readonly url: string;
}

/** One person of every role there is; numbers that no other factory uses. */
const FIRST_PERSON = 40;
const COLLEAGUES: readonly Person[] = Role.options.map((role, i) => ({
	type: 'person',
	v: 1,
	id: anId('person', FIRST_PERSON + i),
	schoolId: aSchool().id,
	name: `Collega ${role}`,
	roles: [role],
	groupIds: role === 'teacher' ? [anId('group', 6)] : [],
}));

/** Words that stand in one document only, so that it shows where they get out. */
export const SECRET = { closedCase: 'kanarie-aanpak', told: 'kanarie-verteld', elsewhere: 'kanarie-elders' } as const;

/** What nobody of the school but its few members may read. */
export const CLOSED_CASE: readonly DomainDocument[] = [
	aCase(70, { protocol: 'reportingCode', openedBy: anId('person', 3), memberIds: [anId('person', 3)] }),
	aCaseEntry(71, { caseId: anId('case', 70), text: SECRET.closedCase, writtenBy: anId('person', 3) }),
];

/** What was told about group 8B, by somebody who is none of the attackers. */
const TOLD: readonly DomainDocument[] = [
	anObservation(72, {
		note: SECRET.told,
		reporterId: anId('person', 1),
		participants: [{ role: 'victim', pupilId: anId('pupil', 6) }],
	}),
];

const OWN_SCHOOL: readonly DomainDocument[] = [
	...aRoster().map((doc) => (doc.type === 'school' ? { ...doc, demo: false } : doc)),
	...COLLEAGUES,
	aCalendar(),
	aCase(1),
	aCaseEntry(2),
	...CLOSED_CASE,
	...TOLD,
];

/** The same school somewhere else, with other ids and its own secret in every text a person wrote. */
export const OTHER_SCHOOL: readonly DomainDocument[] = (
	JSON.parse(JSON.stringify(OWN_SCHOOL).replaceAll('_0000', '_7777')) as DomainDocument[]
).map((doc) => ({
	...doc,
	...('name' in doc && { name: `${SECRET.elsewhere} ${doc.name}` }),
	...('firstName' in doc && { firstName: SECRET.elsewhere }),
	...('note' in doc && { note: SECRET.elsewhere }),
	...('text' in doc && { text: SECRET.elsewhere }),
}));

/** Two schools behind one gateway on the loopback, and a person of every role to attack it as. */
export async function startAttackedServer() {
	const host = memoryHost();
	const now = () => new Date(NOTED_AT);
	await seed(host, OWN_SCHOOL);
	await seed(host, OTHER_SCHOOL);
	const schools = await openSchools(host, now);
	for (const docs of [OWN_SCHOOL, OTHER_SCHOOL]) await schools.add(schoolIdOf(docs));
	const routes: Route[] = [];
	const log: string[] = [];
	const app = await buildApp({
		...{ schools, now, appDir: 'no-app-here', logLevel: 'debug', trustProxy: true, schoolAccount: undefined },
		logTo: { write: (line: string) => void log.push(line) },
		onRoute: ({ method, url }) => {
			for (const each of [method].flat()) if (each !== 'HEAD') routes.push({ method: each, url });
		},
	});
	await app.listen({ host: '127.0.0.1', port: 0 });
	const { port } = app.server.address() as AddressInfo;

	return {
		url: `http://127.0.0.1:${port}`,
		routes: routes.filter(({ url }) => url !== '*'),
		schools,
		log,
		/** A cookie as after both factors. */
		async cookieOf(personId: PersonId, schoolId: SchoolId = aSchool().id): Promise<string> {
			const { token } = await schools.accounts.startSession({ personId, schoolId }, ['code', 'totp'], {
				device: 'Firefox',
			});
			return `__Host-session=${token}`;
		},
		personOf: (role: Role) => anId('person', FIRST_PERSON + Role.options.indexOf(role)),
		async stop() {
			await app.close();
			await schools.close();
		},
	};
}

export function schoolIdOf(docs: readonly DomainDocument[]): SchoolId {
	const school = docs.find((doc) => doc.type === 'school');
	if (!school) throw new Error('Every school has a document of its own');
	return school.id;
}

async function seed(host: StoreHost, docs: readonly DomainDocument[]): Promise<void> {
	const store = await host.open<Envelope>(databaseOf(schoolIdOf(docs)));
	const arrival = { receivedAt: NOTED_AT, authorId: null, deviceId: null, seq: null };
	await store.putAll(
		docs.map((doc) => ({ record: envelopeOf(doc, { rev: contentRevision(doc), ...arrival }), expectedRev: null })),
	);
}
