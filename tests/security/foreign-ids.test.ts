import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DomainDocument } from '#domain/document.ts';
import { idOf } from '#domain/id.ts';
import { Role } from '#domain/school/roster.ts';
import { bucketOf } from '#domain/sync/digest.ts';
import { PROTOCOL } from '#domain/sync/messages.ts';
import { writeRescueFile } from '#domain/sync/write-rescue.ts';
import { contentRevision } from '#server/store/revision.ts';
import { anId, aSchool, NOTED_AT } from '#tests/factories/school.ts';
import { CLOSED_CASE, OTHER_SCHOOL, schoolIdOf, SECRET, startAttackedServer } from './attacked-server.ts';

let server: Awaited<ReturnType<typeof startAttackedServer>>;
beforeEach(async () => {
	server = await startAttackedServer();
});
afterEach(() => server.stop());

const MADE_UP = 'ZZZZZZZZZZZZZZZZZZZZZZZZZZ';
const DEVICE = idOf('device', MADE_UP);
const ROLES: readonly (Role | null)[] = [null, ...Role.options];

interface Named {
	readonly person: string;
	readonly session: string;
	readonly phone: string;
	readonly pupil: string;
}

/** A body for each route that takes an id, with such a one in it. */
const TAKES_AN_ID: Record<string, (named: Named) => object> = {
	'POST /api/people/revise': ({ person }) => ({
		...{ personId: person, name: 'Wie dan ook', roles: ['coordinator'], groupIds: [] },
	}),
	'POST /api/people/invite': ({ person }) => ({ personId: person }),
	'POST /api/people/leave': ({ person }) => ({ personId: person }),
	'POST /api/account/devices/end': ({ session }) => ({ id: session }),
	'POST /api/devices/revoke': ({ session }) => ({ id: session }),
	'POST /api/devices/revoke-phone': ({ phone }) => ({ id: phone }),
	'POST /api/breaches': ({ session }) => ({ what: 'a phone', noticedAt: 0, deviceId: session }),
	'POST /api/breaches/decide': ({ session }) => ({ id: session, outcome: 'reported', reason: 'why' }),
	'POST /api/devices/enrol': ({ person }) => ({ personId: person }),
	'POST /api/devices/held': ({ session }) => ({ id: session }),
	'POST /api/account/passkey/remove': ({ session }) => ({ id: session }),
	'POST /api/outside/push/stop': ({ session }) => ({ id: session }),
	'POST /api/looks': ({ pupil }) => ({
		looks: [{ id: MADE_UP, at: NOTED_AT, kind: 'page', about: pupil }],
	}),
	'POST /api/looks/of': ({ pupil }) => ({ pupilId: pupil }),
	'POST /api/sign-in': ({ person }) => ({ demoPersonId: person }),
};

/** Short enough to read when it fails. */
function secretsIn(body: string, secrets: readonly string[]): string[] {
	return secrets.filter((secret) => body.includes(secret));
}

async function ask(role: Role | null, method: string, url: string, body?: object) {
	const cookie = role && (await server.cookieOf(server.personOf(role)));
	const answer = await fetch(server.url + url, {
		method,
		headers: { 'content-type': 'application/json', ...(cookie && { cookie }) },
		...(body && { body: JSON.stringify(body) }),
	});
	return { status: answer.status, body: await answer.text() };
}

describe.each(ROLES)('as %s', (role) => {
	test.each(Object.entries(TAKES_AN_ID))(
		'%s: of another school and of nobody look the same',
		async (route, bodyFor) => {
			const [method = '', url = ''] = route.split(' ');
			const theirs = schoolIdOf(OTHER_SCHOOL);
			const nobody = {
				person: idOf('person', MADE_UP),
				session: MADE_UP,
				phone: MADE_UP,
				pupil: idOf('pupil', MADE_UP),
			};
			const person = OTHER_SCHOOL.find((doc) => doc.type === 'person')?.id ?? nobody.person;
			const pupil = OTHER_SCHOOL.find((doc) => doc.type === 'pupil')?.id ?? nobody.pupil;
			const { accounts, phones } = server.schools;
			const { id: phone } = await phones.enrol(theirs);
			const { session } = await accounts.startSession({ personId: person, schoolId: theirs }, ['code'], { phone });
			const before = server.schools.get(theirs)?.replica.find('person', person);

			const made = await ask(role, method, url, bodyFor(nobody));
			expect(made.status).toBeLessThan(500);
			expect(await ask(role, method, url, bodyFor({ person, session: session.id, phone, pupil }))).toEqual(made);

			expect(server.schools.get(theirs)?.replica.find('person', person)).toEqual(before);
			expect((await server.schools.accounts.sessionsOf(person)).map(({ id }) => id)).toContain(session.id);
		},
	);

	test('a pull that names what it may not have is told to let go of it, and nothing else', async () => {
		const held = [...CLOSED_CASE, ...OTHER_SCHOOL].map((doc): [string, string] => [doc.id, contentRevision(doc)]);
		const { status, body } = await ask(role, 'POST', '/sync/pull', {
			...{ protocol: PROTOCOL, deviceId: DEVICE, kind: 'reconcile' },
			buckets: held.map((entry) => ({ bucket: bucketOf(entry[0]), held: [entry] })),
		});
		if (role === null) return expect(status).toBe(401);
		const lines = body.trimEnd().split('\n');
		const words = held.map(([id]) => JSON.parse(lines.find((line) => line.includes(`"${id}"`)) ?? 'null') as object);
		// Who holds what the server never heard of is asked to offer it again: a restored backup lost it.
		const nothing = held.map(([id, rev]) =>
			CLOSED_CASE.some((doc) => doc.id === id) ? { id, drop: 'outOfScope' } : { id, lost: rev, current: null },
		);
		expect(words).toEqual(nothing);
		expect(secretsIn(body, [SECRET.closedCase, SECRET.elsewhere])).toEqual([]);
	});

	test('nothing of another school, and no closed case, is overwritten or told by a push', async () => {
		const docs: readonly DomainDocument[] = [...CLOSED_CASE, ...OTHER_SCHOOL];
		const items = docs.map((doc, i) => ({
			...{ id: doc.id, rev: `r${i + 1}`, baseRev: contentRevision(doc), seq: i + 1 },
			doc: { ...doc, ...('text' in doc && { text: 'overwritten' }) },
		}));
		const answer = await ask(role, 'POST', '/sync/push', { protocol: PROTOCOL, deviceId: DEVICE, items });
		expect(secretsIn(answer.body, Object.values(SECRET))).toEqual([]);
		if (role === null) return expect(answer.status).toBe(401);
		const { receipts } = JSON.parse(answer.body) as { receipts: { result: { kind: string; reason?: string } }[] };
		expect(receipts.map(({ result }) => result.kind)).toEqual(items.map(() => 'rejected'));
		const elsewhere = receipts.slice(CLOSED_CASE.length).map(({ result }) => result.reason);
		expect(new Set(elsewhere)).toEqual(new Set(['foreignSchool']));
	});

	test('what is told at the start never holds another school or a closed case', async () => {
		const compare = { protocol: PROTOCOL, deviceId: DEVICE, kind: 'compare', digest: '0'.repeat(16), count: 0 };
		const { body } = await ask(role, 'POST', '/sync/pull', compare);
		expect(secretsIn(body, [SECRET.closedCase, SECRET.elsewhere])).toEqual([]);
		const mayRead: readonly (Role | null)[] = ['coordinator', 'generalCoordinator', 'principal'];
		expect(body.includes(SECRET.told)).toBe(mayRead.includes(role));
		const knowsReporter: readonly (Role | null)[] = ['coordinator', 'generalCoordinator'];
		expect(body.includes(`"reporterId":"${anId('person', 1)}"`)).toBe(knowsReporter.includes(role));
	});

	test('a rescue file of another school, or offered by who may not, is not taken in', async () => {
		const schoolId = schoolIdOf(OTHER_SCHOOL);
		const doc = OTHER_SCHOOL.find(({ type }) => type === 'observation');
		const person = OTHER_SCHOOL.find((each) => each.type === 'person');
		if (!doc || !person) throw new Error('The other school has an observation and people');
		const file = writeRescueFile({
			...{ madeAt: NOTED_AT, appVersion: '1', schoolId, personId: person.id, deviceId: DEVICE },
			items: [{ id: doc.id, rev: 'r1', baseRev: null, seq: 1, doc }],
		});
		const answer = await ask(role, 'POST', '/api/rescue', { file });
		expect([400, 401, 403]).toContain(answer.status);
		expect(secretsIn(answer.body, [SECRET.elsewhere])).toEqual([]);
	});
});

test('a cookie of one school opens no other, and one that was changed opens nothing', async () => {
	const cookie = await server.cookieOf(server.personOf('administrator'));
	const session = async (value: string) => fetch(`${server.url}/api/session`, { headers: { cookie: value } });
	expect(await (await session(cookie)).json()).toMatchObject({ schoolId: aSchool().id });
	const last = cookie.at(-1) === 'A' ? 'B' : 'A';
	for (const forged of [cookie.slice(0, -2) + last + last, cookie.replace('__Host-', ''), `${cookie.slice(0, 20)}`]) {
		expect((await session(forged)).status).toBe(401);
	}
});

test('every route that takes a body either takes an id tested here, or none that is somebody’s', () => {
	const withoutIds = [
		'POST /api/sign-in/password',
		'POST /api/sign-in/second',
		'POST /api/sign-in/passkey',
		'POST /api/sign-in/passkey/options',
		'POST /api/sign-out',
		'POST /api/account/password',
		'POST /api/account/totp',
		'POST /api/account/totp/confirm',
		'POST /api/account/totp/remove',
		'POST /api/account/recovery',
		'POST /api/account/passkey',
		'POST /api/account/passkey/options',
		'POST /api/account/devices/end-others',
		'POST /api/account/school-account/remove',
		'POST /api/invitation',
		// A device tells of itself: its own id under its own session.
		'POST /api/device',
		'POST /api/outside/mail',
		'POST /api/outside/push',
		'POST /api/outside/calendar',
		'POST /api/outside/calendar/stop',
		'POST /api/people',
		// Tests of their own, above.
		'POST /sync/push',
		'POST /sync/pull',
		'POST /api/rescue',
	];
	const posted = server.routes.filter(({ method }) => method !== 'GET').map(({ method, url }) => `${method} ${url}`);
	expect(posted.sort()).toEqual([...withoutIds, ...Object.keys(TAKES_AN_ID)].sort());
});
