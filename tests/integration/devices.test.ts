import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HeldOnDevice, KnownDevice, KnownDevices } from '#domain/accounts/devices.ts';
import type { IssuedInvitation } from '#domain/accounts/messages.ts';
import { idOf } from '#domain/id.ts';
import { MS_PER_DAY } from '#domain/time/local-time.ts';
import type { Person } from '#domain/school/roster.ts';
import { aCase } from '#tests/factories/cases.ts';
import { aRoster, aSchool, anId, anObservation } from '#tests/factories/school.ts';
import { signOutUser } from '#server/cli/user-work.ts';
import { NOON, startSchool } from './running-school.ts';

type School = Awaited<ReturnType<typeof startSchool>>;
type Agent = Awaited<ReturnType<School['signIn']>>;

/** Of the factory: the supervisor, the teacher of 6A, the coordinator. */
const [SUPERVISOR, TEACHER, COORDINATOR] = [1, 2, 3];
const ADMINISTRATOR = 4;
const WIM: Person = {
	...{ type: 'person', v: 1, id: anId('person', ADMINISTRATOR), schoolId: aSchool().id },
	...{ name: 'Wim', roles: ['administrator'], groupIds: [] },
};
const MINUTE_MS = 60_000;
const BY_TEACHER = { reporterId: anId('person', TEACHER) };

let server: School;
beforeEach(async () => {
	server = await startSchool([...aRoster(), WIM]);
});
afterEach(() => server.stop());

const post = (agent: Agent, url: string, payload: object = {}) => agent.send({ method: 'POST', url, payload });
const tell = (agent: Agent, told: object = {}) =>
	post(agent, '/api/device', {
		...{ deviceId: agent.deviceId, appVersion: '1.4.0', unsent: 0, persistent: true },
		...told,
	});
const listFor = async (agent: Agent) =>
	(await agent.send({ method: 'GET', url: '/api/devices' })).json<KnownDevices>().devices;
const deviceOf = async (agent: Agent, person: number): Promise<KnownDevice> => {
	const found = (await listFor(agent)).find(({ personId }) => personId === anId('person', person));
	if (!found) throw new Error(`Person ${person} has no device`);
	return found;
};
const revoke = async (agent: Agent, person: number) =>
	post(agent, '/api/devices/revoke', { id: (await deviceOf(agent, person)).id });
const MUST_FORGET = {
	type: 'problem:mustForget',
	title: 'The school asks this device to forget what it holds',
	status: 401,
};

test('who looks after devices sees where everybody is signed in, and what each told of itself', async () => {
	const supervisor = await server.signIn(SUPERVISOR);
	expect((await tell(supervisor, { unsent: 3, persistent: null })).statusCode).toBe(204);
	for (const person of [COORDINATOR, ADMINISTRATOR]) {
		const agent = await server.signIn(person);
		expect(await deviceOf(agent, SUPERVISOR)).toMatchObject({
			...{ isThis: false, seenAt: Date.parse(NOON), revoked: null },
			told: { appVersion: '1.4.0', unsent: 3, persistent: null },
		});
		expect(await deviceOf(agent, person)).toMatchObject({ isThis: true, told: null });
	}
});

test('to everybody else none of it is there', async () => {
	const nothing = { statusCode: 404, body: expect.stringContaining('problem:notFound') as unknown };
	const { id } = await deviceOf(await server.signIn(COORDINATOR), COORDINATOR);
	for (const person of [SUPERVISOR, TEACHER]) {
		const agent = await server.signIn(person);
		expect(await agent.send({ method: 'GET', url: '/api/devices' })).toMatchObject(nothing);
		expect(await post(agent, '/api/devices/revoke', { id })).toMatchObject(nothing);
		expect(await post(agent, '/api/devices/held', { id })).toMatchObject(nothing);
	}
});

test('a revoked device reads nothing any more, sends what waits there, and says when it forgot', async () => {
	const [supervisor, coordinator] = [await server.signIn(SUPERVISOR), await server.signIn(COORDINATOR)];
	await tell(supervisor, { unsent: 1 });
	expect((await revoke(coordinator, SUPERVISOR)).statusCode).toBe(204);
	expect((await deviceOf(coordinator, SUPERVISOR)).revoked).toEqual({
		...{ at: Date.parse(NOON), by: anId('person', COORDINATOR), heardAt: null, forgottenAt: null },
	});

	server.passTime(MINUTE_MS);
	const waiting = supervisor.item(anObservation(1));
	expect((await supervisor.push([waiting]))[0]?.result.kind).toBe('stored');
	for (const answer of [
		await supervisor.compare(),
		await supervisor.send({ method: 'GET', url: '/api/session' }),
		await supervisor.send({ method: 'GET', url: '/sync/poke' }),
		await tell(supervisor),
	])
		expect(answer.json()).toEqual(MUST_FORGET);
	const heardAt = Date.parse(NOON) + MINUTE_MS;
	expect(await deviceOf(coordinator, SUPERVISOR)).toMatchObject({
		seenAt: heardAt,
		revoked: { heardAt, forgottenAt: null },
	});

	server.passTime(MINUTE_MS);
	expect((await post(supervisor, '/api/sign-out')).statusCode).toBe(204);
	expect((await deviceOf(coordinator, SUPERVISOR)).revoked).toMatchObject({
		heardAt,
		forgottenAt: heardAt + MINUTE_MS,
	});
	const after = await post(supervisor, '/sync/push', { protocol: 2, deviceId: supervisor.deviceId, items: [waiting] });
	expect(after.json()).toMatchObject({ type: 'problem:revoked', status: 401 });
});

test('a revoked device is not shown what stands there, and what it changes waits for a person', async () => {
	const [teacher, coordinator] = [await server.signIn(TEACHER), await server.signIn(COORDINATOR)];
	const standing = aCase(1);
	await teacher.push([teacher.item(standing, { rev: 'opened' }), teacher.item(anObservation(1, BY_TEACHER))]);
	await revoke(coordinator, TEACHER);

	const widened = { ...standing, memberIds: [...standing.memberIds, anId('person', SUPERVISOR)] };
	const items = [
		teacher.item(anObservation(1, { ...BY_TEACHER, note: 'anders' }), { baseRev: 'stale' }),
		teacher.item(widened, { baseRev: 'opened' }),
		teacher.item(aCase(2)),
	];
	const results = (await teacher.push(items)).map(({ result }) => result);
	expect(results).toMatchObject([
		{ kind: 'conflict', current: null },
		{ kind: 'rejected', reason: 'notAllowed' },
		{ kind: 'rejected', reason: 'notAllowed' },
	]);
	expect(JSON.stringify(results)).not.toContain('pupil:');
	const { replica } = server.school;
	expect(replica.get(standing.id)?.doc).toEqual(standing);
	expect(replica.get(aCase(2).id)).toBeUndefined();
	expect(
		replica.refusedOf(anId('person', TEACHER)).map(({ itemId, item }) => [itemId, JSON.parse(item) as unknown]),
	).toEqual(items.map(({ id, doc }) => [id, doc]));
});

test('a revoked administrator hands out no rights any more', async () => {
	const [administrator, other] = [await server.signIn(ADMINISTRATOR), await server.signIn(ADMINISTRATOR)];
	const person = server.school.replica.get(anId('person', SUPERVISOR));
	if (person?.doc.type !== 'person') throw new Error('There is no supervisor');
	const next = { ...person.doc, roles: ['coordinator' as const] };
	const mine = (await listFor(other)).filter(({ personId }) => personId === anId('person', ADMINISTRATOR));
	for (const { id, isThis } of mine) if (!isThis) await post(other, '/api/devices/revoke', { id });
	const [receipt] = await administrator.push([administrator.item(next, { baseRev: person.rev })]);
	expect(receipt?.result).toMatchObject({ kind: 'rejected', reason: 'notAllowed' });
	expect(server.school.replica.get(person.id)?.rev).toBe(person.rev);
});

test('the device of who leaves is known until it is empty, and what was written there comes in', async () => {
	const [supervisor, administrator] = [await server.signIn(SUPERVISOR), await server.signIn(ADMINISTRATOR)];
	await tell(supervisor, { unsent: 1 });
	const personId = anId('person', SUPERVISOR);
	expect((await post(administrator, '/api/people/leave', { personId })).statusCode).toBe(204);
	expect((await supervisor.compare()).json()).toEqual(MUST_FORGET);
	expect((await supervisor.push([supervisor.item(anObservation(1))]))[0]?.result.kind).toBe('stored');
	const { id, revoked } = await deviceOf(administrator, SUPERVISOR);
	expect(revoked).toMatchObject({ by: anId('person', ADMINISTRATOR), heardAt: Date.parse(NOON), forgottenAt: null });
	const { held } = (await post(administrator, '/api/devices/held', { id })).json<HeldOnDevice>();
	expect(held.map(({ type }) => type)).toContain('pupil');

	await post(supervisor, '/api/sign-out');
	expect((await deviceOf(administrator, SUPERVISOR)).revoked?.forgottenAt).toBe(Date.parse(NOON));
	expect((await supervisor.compare()).json()).toMatchObject({ type: 'problem:revoked' });
});

test('who hosts the server has the devices of somebody forget, without being one of the school', async () => {
	const [supervisor, coordinator] = [await server.signIn(SUPERVISOR), await server.signIn(COORDINATOR)];
	await tell(supervisor, { unsent: 1 });
	const printed: string[] = [];
	const print = async (text: string) => void printed.push(text);
	await signOutUser(server.schools, { id: anId('person', SUPERVISOR) }, print);
	expect(printed.join('')).toBe('Sanne is signed out on 1 device, asked to forget what is held there.\n');
	expect((await deviceOf(coordinator, SUPERVISOR)).revoked).toMatchObject({ by: null, heardAt: null });

	expect((await tell(supervisor)).json()).toEqual(MUST_FORGET);
	expect(await supervisor.push([supervisor.item(anObservation(1))])).toMatchObject([{ result: { kind: 'stored' } }]);
	await post(supervisor, '/api/sign-out');
	expect((await deviceOf(coordinator, SUPERVISOR)).revoked).toMatchObject({ forgottenAt: Date.parse(NOON) });
	await signOutUser(server.schools, { id: anId('person', SUPERVISOR) }, print);
	expect(printed.at(-2)).toBe('Sanne is signed out on 0 devices');
});

test('who signs in anew on a device that never heard that it had to forget is told so there', async () => {
	const [lost, coordinator] = [await server.signIn(SUPERVISOR), await server.signIn(COORDINATOR)];
	await tell(lost);
	await revoke(coordinator, SUPERVISOR);
	const found = await server.signIn(SUPERVISOR);
	expect((await tell(found)).json()).toEqual(MUST_FORGET);
	expect((await found.compare()).json()).toEqual(MUST_FORGET);
	await post(found, '/api/sign-out');
	const known = (await listFor(coordinator)).filter(({ personId }) => personId === anId('person', SUPERVISOR));
	expect(known.map(({ revoked }) => revoked?.forgottenAt)).toEqual([Date.parse(NOON), Date.parse(NOON)]);

	const clean = await server.signIn(SUPERVISOR);
	expect((await tell(clean, { deviceId: idOf('device', 'E'.repeat(26)) })).statusCode).toBe(204);
	expect((await clean.compare()).statusCode).toBe(200);
});

test('signing in again on the same device makes no second line', async () => {
	const coordinator = await server.signIn(COORDINATOR);
	for (let times = 0; times < 3; times++) await tell(await server.signIn(SUPERVISOR), { unsent: times });
	const known = (await listFor(coordinator)).filter(({ personId }) => personId === anId('person', SUPERVISOR));
	expect(known.map(({ told }) => told?.unsent)).toEqual([2]);
});

test('another sign-in on the same device hears that it is over, and a line that says emptied stays', async () => {
	const [emptied, coordinator] = [await server.signIn(SUPERVISOR), await server.signIn(COORDINATOR)];
	await tell(emptied);
	await revoke(coordinator, SUPERVISOR);
	await post(emptied, '/api/sign-out');
	const ended: string[] = [];
	server.schools.accounts.onSessionEnd((id) => void ended.push(id));
	const former = await server.signIn(SUPERVISOR);
	await tell(former);
	const known = async () =>
		(await listFor(coordinator)).filter(({ personId }) => personId === anId('person', SUPERVISOR));
	const formerId = (await known()).find(({ revoked }) => !revoked)?.id;
	await tell(await server.signIn(SUPERVISOR));
	expect(ended).toEqual([formerId]);
	expect((await known()).map(({ revoked }) => revoked?.forgottenAt).sort()).toEqual([Date.parse(NOON), undefined]);
});

test('a device that was not heard of for long is still known, and after three months no more', async () => {
	await tell(await server.signIn(SUPERVISOR));
	server.passTime(80 * MS_PER_DAY);
	await server.schools.accounts.sweep();
	const coordinator = await server.signIn(COORDINATOR);
	expect((await deviceOf(coordinator, SUPERVISOR)).seenAt).toBe(Date.parse(NOON));
	server.passTime(11 * MS_PER_DAY);
	await server.schools.accounts.sweep();
	const later = await server.signIn(COORDINATOR);
	expect((await listFor(later)).map(({ personId }) => personId)).not.toContain(anId('person', SUPERVISOR));
});

test('what was on it is what its person may read, counted', async () => {
	const [supervisor, coordinator] = [await server.signIn(SUPERVISOR), await server.signIn(COORDINATOR)];
	await supervisor.push([supervisor.item(anObservation(1))]);
	await supervisor.pull();
	const { id } = await deviceOf(coordinator, SUPERVISOR);
	const { held } = (await post(coordinator, '/api/devices/held', { id })).json<HeldOnDevice>();
	const counts = Object.fromEntries(held.map(({ type, count }) => [type, count]));
	expect(counts).toMatchObject({ pupil: supervisor.ofType('pupil').length, observation: 1 });
	expect(held.reduce((sum, { count }) => sum + count, 0)).toBe(supervisor.held.size);
	expect(JSON.stringify(held)).not.toContain('Daan');
});

test('what is counted tells nobody who reported, nor who works on a restricted case', async () => {
	const [supervisor, teacher] = [await server.signIn(SUPERVISOR), await server.signIn(TEACHER)];
	await supervisor.push([supervisor.item(anObservation(1))]);
	const [opened] = await teacher.push([teacher.item(aCase(1, { protocol: 'reportingCode' }))]);
	expect(opened?.result.kind).toBe('stored');
	const kindsFor = async (asker: number, person: number) => {
		const agent = await server.signIn(asker);
		const { id } = await deviceOf(agent, person);
		const { held } = (await post(agent, '/api/devices/held', { id })).json<HeldOnDevice>();
		return held.map(({ type }) => type);
	};
	expect(await kindsFor(ADMINISTRATOR, SUPERVISOR)).toContain('pupil');
	expect(await kindsFor(ADMINISTRATOR, SUPERVISOR)).not.toContain('observation');
	expect(await kindsFor(COORDINATOR, SUPERVISOR)).toContain('observation');
	for (const asker of [ADMINISTRATOR, COORDINATOR]) expect(await kindsFor(asker, TEACHER)).not.toContain('case');
});

test('what a device tells of itself is read strictly', async () => {
	const supervisor = await server.signIn(SUPERVISOR);
	for (const told of [
		{ appVersion: '<script>' },
		{ appVersion: 'x'.repeat(61) },
		{ unsent: -1 },
		{ deviceId: anId('person', 1) },
		{ personId: anId('person', 3) },
	])
		expect((await tell(supervisor, told)).statusCode).toBe(400);
});

const enrol = (agent: Agent, person: number) => post(agent, '/api/devices/enrol', { personId: anId('person', person) });
const without = (url: string, payload: object) => server.app.inject({ method: 'POST', url, payload });

test('a code on the coordinator’s screen lets one person in on one phone, once, for ten minutes', async () => {
	const coordinator = await server.signIn(COORDINATOR);
	const { code, expiresAt } = (await enrol(coordinator, SUPERVISOR)).json<IssuedInvitation>();
	expect(expiresAt).toBe(Date.parse(NOON) + 10 * MINUTE_MS);
	expect((await without('/api/invitation', { code })).json()).toMatchObject({ name: 'Sanne', forDevice: true });
	expect((await without('/api/sign-in', { code })).json()).toMatchObject({ personId: anId('person', SUPERVISOR) });

	const late = (await enrol(coordinator, SUPERVISOR)).json<IssuedInvitation>();
	server.passTime(10 * MINUTE_MS);
	const replaced = (await enrol(coordinator, TEACHER)).json<IssuedInvitation>();
	await enrol(coordinator, TEACHER);
	const refusals = await Promise.all(
		[code, late.code, replaced.code, 'NEVER-WAS-ONE'].flatMap((each) => [
			without('/api/sign-in', { code: each }),
			without('/api/invitation', { code: each }),
		]),
	);
	expect(new Set(refusals.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(2);
	expect(refusals.map(({ statusCode }) => statusCode)).toEqual([403, 404, 403, 404, 403, 404, 403, 404]);
});

test('nobody who needs two factors comes in by a code, and only who looks after devices shows one', async () => {
	const [supervisor, administrator] = [await server.signIn(SUPERVISOR), await server.signIn(ADMINISTRATOR)];
	for (const person of [COORDINATOR, ADMINISTRATOR])
		expect((await enrol(administrator, person)).json()).toMatchObject({ type: 'problem:notAllowed' });
	expect((await enrol(administrator, TEACHER)).statusCode).toBe(200);
	expect((await enrol(supervisor, SUPERVISOR)).statusCode).toBe(404);
	expect((await enrol(administrator, 99)).statusCode).toBe(404);
});
