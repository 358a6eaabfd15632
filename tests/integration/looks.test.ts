import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Look, WhoLooked } from '#domain/access/looks.ts';
import type { KnownDevices } from '#domain/accounts/devices.ts';
import { idOf } from '#domain/id.ts';
import { MS_PER_DAY, type Instant } from '#domain/time/local-time.ts';
import { anId } from '#tests/factories/school.ts';
import { NOON, startSchool } from './running-school.ts';

type School = Awaited<ReturnType<typeof startSchool>>;
type Agent = Awaited<ReturnType<School['signIn']>>;

/** Of the factory: the supervisor, the teacher of 6A, the coordinator. */
const [SUPERVISOR, TEACHER, COORDINATOR] = [1, 2, 3];
const DAAN = anId('pupil', 1);
const MILAN = anId('pupil', 4);

let server: School;
beforeEach(async () => {
	server = await startSchool();
});
afterEach(() => server.stop());

const look = (n: number, about: Look['about'] = DAAN, kind: Look['kind'] = 'page'): Look => ({
	...{ id: String(n).padStart(26, '0'), kind, about },
	at: new Date(Date.parse(NOON) + n * 60_000).toISOString() as Instant,
});
const tell = (agent: Agent, ...looks: Look[]) => agent.send({ method: 'POST', url: '/api/looks', payload: { looks } });
const askOf = (agent: Agent, pupilId: string) =>
	agent.send({ method: 'POST', url: '/api/looks/of', payload: { pupilId } });

test('the coordinator sees who looked at a child, newest first, each look once however often it is told', async () => {
	const [teacher, coordinator] = [await server.signIn(TEACHER), await server.signIn(COORDINATOR)];
	expect((await tell(teacher, look(1), look(2, MILAN))).statusCode).toBe(204);
	expect((await tell(teacher, look(1), look(3, anId('school', 1), 'export'))).statusCode).toBe(204);
	await tell(coordinator, look(0));

	const { looks } = (await askOf(coordinator, DAAN)).json<WhoLooked>();
	expect(looks.map(({ personId, kind }) => [personId, kind])).toEqual([
		[anId('person', TEACHER), 'export'],
		[anId('person', TEACHER), 'page'],
		[anId('person', COORDINATOR), 'page'],
	]);
});

test('a device that has to forget still tells what was looked at, and is told nothing', async () => {
	const [teacher, coordinator] = [await server.signIn(TEACHER), await server.signIn(COORDINATOR)];
	const { devices } = (await coordinator.send({ method: 'GET', url: '/api/devices' })).json<KnownDevices>();
	const id = devices.find(({ personId }) => personId === anId('person', TEACHER))?.id;
	await coordinator.send({ method: 'POST', url: '/api/devices/revoke', payload: { id } });
	expect((await tell(teacher, look(1))).statusCode).toBe(204);
	expect((await askOf(teacher, DAAN)).statusCode).toBe(401);
	expect((await askOf(coordinator, DAAN)).json<WhoLooked>().looks).toMatchObject([
		{ personId: anId('person', TEACHER), kind: 'page' },
	]);
});

test('nobody else is told, and no device is given it', async () => {
	const [supervisor, teacher] = [await server.signIn(SUPERVISOR), await server.signIn(TEACHER)];
	await tell(teacher, look(1));
	const nobody = await askOf(teacher, idOf('pupil', 'Z'.repeat(26)));
	for (const agent of [supervisor, teacher]) {
		const answer = await askOf(agent, DAAN);
		expect([answer.statusCode, answer.body]).toEqual([nobody.statusCode, nobody.body]);
	}
	const coordinator = await server.signIn(COORDINATOR);
	await coordinator.pull();
	expect(JSON.stringify([...coordinator.held])).not.toContain('"page"');
});

test('a look at nobody who is here is not kept', async () => {
	const coordinator = await server.signIn(COORDINATOR);
	await tell(coordinator, look(1, idOf('pupil', 'Z'.repeat(26))), look(2, anId('school', 2)), look(3));
	expect((await askOf(coordinator, DAAN)).json<WhoLooked>().looks).toHaveLength(1);
	expect((await tell(coordinator, ...Array.from({ length: 51 }, (_, n) => look(n)))).statusCode).toBe(400);
});

test('it is kept for a year by the clock of the server, and a pupil who is erased is not in it', async () => {
	const coordinator = await server.signIn(COORDINATOR);
	await tell(coordinator, look(1), look(2, MILAN));
	server.passTime(364 * MS_PER_DAY);
	const again = await server.signIn(COORDINATOR);
	await tell(again, look(3));
	const { looks } = server.school;
	expect(await looks.expire(server.schools.now())).toBe(0);
	server.passTime(MS_PER_DAY);
	expect(await looks.expire(server.schools.now())).toBe(2);
	expect((await askOf(again, DAAN)).json<WhoLooked>().looks).toHaveLength(1);
	await looks.forget(DAAN);
	expect((await askOf(again, DAAN)).json<WhoLooked>().looks).toEqual([]);
});
