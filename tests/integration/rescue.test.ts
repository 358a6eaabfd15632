import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Person } from '#domain/school/roster.ts';
import { writeRescueFile, type RescueContents } from '#domain/sync/write-rescue.ts';
import { aRoster, aSchool, anId, anObservation } from '#tests/factories/school.ts';
import { NOON, startSchool, type Agent } from './running-school.ts';

const ADMINISTRATOR: Person = {
	...{ type: 'person', v: 1, id: anId('person', 9), schoolId: aSchool().id },
	...{ name: 'Wim Beheer', roles: ['administrator'], groupIds: [] },
};

let server: Awaited<ReturnType<typeof startSchool>>;
let supervisor: Agent;
let coordinator: Agent;

beforeEach(async () => {
	server = await startSchool([...aRoster(), ADMINISTRATOR]);
	[supervisor, coordinator] = (await Promise.all([1, 3].map((n) => server.signIn(n)))) as [Agent, Agent];
});
afterEach(() => server.stop());

function aFile(items: RescueContents['items'], over: Partial<RescueContents> = {}): string {
	const { deviceId } = supervisor;
	const personId = anId('person', 1);
	return writeRescueFile({ madeAt: NOON, appVersion: '1', schoolId: aSchool().id, personId, deviceId, items, ...over });
}

const offer = (agent: Agent, file: string) => agent.send({ method: 'POST', url: '/api/rescue', payload: { file } });

test('a rescue file is taken in once, however often it is offered, and whatever the device still sends', async () => {
	const items = [1, 2, 3].map((n) => supervisor.item(anObservation(n)));
	await supervisor.push(items.slice(0, 1));
	const file = aFile(items);
	expect((await offer(coordinator, file)).json()).toEqual({
		name: 'Sanne',
		stored: 2,
		known: 1,
		erased: 0,
		refused: 0,
	});
	expect((await offer(coordinator, file)).json()).toMatchObject({ stored: 0, known: 3 });
	expect((await supervisor.push(items)).map(({ result }) => result.kind)).toEqual(Array(3).fill('duplicate'));
	await supervisor.pull();
	expect(supervisor.ofType('observation')).toHaveLength(3);
});

test('who brought a file of somebody else can be seen by the coordinators and by its author, once a file', async () => {
	const items = [1, 2].map((n) => supervisor.item(anObservation(n)));
	for (let turn = 0; turn < 2; turn++) await offer(coordinator, aFile(items));
	const shown = {
		authorId: anId('person', 1),
		handIn: { by: anId('person', 3), taken: 2 },
		closed: { as: 'handedIn' },
	};
	for (const agent of [coordinator, supervisor]) {
		await agent.pull();
		expect(agent.ofType('quarantineEntry')).toMatchObject([shown]);
	}
	const own = coordinator.item(anObservation(3, { reporterId: anId('person', 3) }));
	await offer(coordinator, aFile([own], { personId: anId('person', 3), deviceId: coordinator.deviceId }));
	expect(server.school.replica.all('quarantineEntry')).toHaveLength(1);
});

test('what cannot be taken from it waits for the coordinator; what was erased stays erased', async () => {
	const told = supervisor.item(anObservation(1));
	const elsewhere = supervisor.item(anObservation(2, { placeId: anId('place', 99) }));
	await server.school.denyList.add([told.id], 'erased', new Date(NOON));
	const file = aFile([told, elsewhere]);
	for (let turn = 0; turn < 2; turn++) {
		expect((await offer(coordinator, file)).json()).toMatchObject({ stored: 0, erased: 1, refused: 1 });
	}
	expect(server.school.replica.all('quarantineEntry')).toHaveLength(1);
});

test('somebody who has left can still be heard; nobody can be made to have said something', async () => {
	const gone = anId('person', 77);
	const theirs = supervisor.item({ ...anObservation(1), reporterId: gone });
	const forged = supervisor.item({ ...anObservation(2), reporterId: anId('person', 2) });
	const outcome = (await offer(coordinator, aFile([theirs, forged], { personId: gone }))).json<object>();
	expect(outcome).toEqual({ name: null, stored: 1, known: 0, erased: 0, refused: 1 });
	expect(server.school.replica.find('observation', theirs.id)?.reporterId).toBe(gone);
});

test('only a coordinator offers one, and only a whole one of this school', async () => {
	const items = [supervisor.item(anObservation(1))];
	expect((await offer(supervisor, aFile(items))).statusCode).toBe(403);
	expect((await offer(coordinator, aFile(items).replace('pushing', 'kicking'))).statusCode).toBe(400);
	expect((await offer(coordinator, aFile(items, { schoolId: anId('school', 2) }))).statusCode).toBe(400);
	expect((await offer(coordinator, '{}')).statusCode).toBe(400);
	expect(server.school.replica.all('observation')).toEqual([]);
});

test('a device the school signed out hears why, and what it had not sent can still be taken in', async () => {
	const items = [supervisor.item(anObservation(1))];
	expect(await server.schools.accounts.revokeSessionsOf(anId('person', 1))).toBe(1);
	const payload = { protocol: 1, deviceId: supervisor.deviceId, items };
	const answer = await supervisor.send({ method: 'POST', url: '/sync/push', payload });
	expect(answer.statusCode).toBe(401);
	expect(answer.json()).toMatchObject({ type: 'problem:revoked' });
	expect(await server.schools.accounts.revokeSessionsOf(anId('person', 1))).toBe(0);
	expect((await offer(coordinator, aFile(items))).json()).toMatchObject({ stored: 1 });
});

test('a file that a coordinator wrote herself makes nobody more than they are', async () => {
	const self = server.school.replica.find('person', anId('person', 3));
	const standing = server.school.replica.get(anId('person', 3));
	if (!self || !standing) throw new Error('no coordinator');
	const raised = { ...self, roles: [...self.roles, 'administrator' as const] };
	const administrator = anId('person', 9);
	const file = aFile([{ ...supervisor.item(raised), baseRev: standing.rev }], { personId: administrator });
	expect((await offer(coordinator, file)).json()).toMatchObject({ stored: 0, refused: 1 });
	expect(server.school.replica.find('person', self.id)?.roles).toEqual(self.roles);
});
