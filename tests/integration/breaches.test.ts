import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KnownDevices } from '#domain/accounts/devices.ts';
import type { Breach, BreachRegister } from '#domain/privacy/breach.ts';
import type { Person } from '#domain/school/roster.ts';
import { anId, anObservation, aRoster, aSchool } from '#tests/factories/school.ts';
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
const PUPILS = aRoster().filter(({ type }) => type === 'pupil').length;
const HOUR_MS = 60 * 60_000;
const AT = Date.parse(NOON);

let server: School;
beforeEach(async () => {
	server = await startSchool([...aRoster(), WIM]);
});
afterEach(() => server.stop());

const write = (agent: Agent, payload: object) => agent.send({ method: 'POST', url: '/api/breaches', payload });
const decide = (agent: Agent, payload: object) => agent.send({ method: 'POST', url: '/api/breaches/decide', payload });
const register = async (agent: Agent) =>
	(await agent.send({ method: 'GET', url: '/api/breaches' })).json<BreachRegister>().breaches;

test('a lost phone is written down with what was on it then, and decided about once', async () => {
	const [, coordinator] = [await server.signIn(SUPERVISOR), await server.signIn(COORDINATOR)];
	const known = (await coordinator.send({ method: 'GET', url: '/api/devices' })).json<KnownDevices>().devices;
	const phone = known.find(({ personId }) => personId === anId('person', SUPERVISOR));
	const noticedAt = AT - HOUR_MS;
	const lost = { what: 'Left on the bus', noticedAt, deviceId: phone?.id ?? null };
	const written = (await write(coordinator, lost)).json<Breach>();
	await write(coordinator, { what: 'A letter to the wrong address', noticedAt: noticedAt - 1, deviceId: null });
	expect(await register(coordinator)).toMatchObject([
		{
			...{ what: 'Left on the bus', noticedAt, writtenAt: AT, writtenBy: anId('person', COORDINATOR), decision: null },
			device: {
				personId: anId('person', SUPERVISOR),
				held: expect.arrayContaining([{ type: 'pupil', count: PUPILS }]) as unknown,
			},
		},
		{ what: 'A letter to the wrong address', device: null },
	]);

	const decision = { id: written.id, outcome: 'notReported', reason: 'It was sealed and emptied' };
	expect((await decide(coordinator, decision)).statusCode).toBe(204);
	expect((await decide(coordinator, { ...decision, outcome: 'reported' })).statusCode).toBe(404);
	expect((await register(coordinator))[0]?.decision).toEqual({
		...{ outcome: 'notReported', reason: 'It was sealed and emptied', decidedAt: AT },
		decidedBy: anId('person', COORDINATOR),
	});
});

test('what was on it is told to another keeper without who wrote what', async () => {
	const [supervisor, coordinator] = [await server.signIn(SUPERVISOR), await server.signIn(COORDINATOR)];
	await supervisor.push([supervisor.item(anObservation(1))]);
	const known = (await coordinator.send({ method: 'GET', url: '/api/devices' })).json<KnownDevices>().devices;
	const deviceId = known.find(({ personId }) => personId === anId('person', SUPERVISOR))?.id ?? null;
	await write(coordinator, { what: 'Left on the bus', noticedAt: AT, deviceId });
	const typesFor = async (agent: Agent) => (await register(agent))[0]?.device?.held.map(({ type }) => type);
	expect(await typesFor(coordinator)).toContain('observation');
	const forWim = await typesFor(await server.signIn(ADMINISTRATOR));
	expect(forWim).toContain('pupil');
	expect(forWim).not.toContain('observation');
});

test('nobody noticed it in the future', async () => {
	const coordinator = await server.signIn(COORDINATOR);
	await write(coordinator, { what: 'A phone', noticedAt: AT + 48 * HOUR_MS, deviceId: null });
	expect((await register(coordinator))[0]?.noticedAt).toBe(AT);
});

test('to everybody else the register is not there, and no device is given it', async () => {
	const coordinator = await server.signIn(COORDINATOR);
	const { id } = (await write(coordinator, { what: 'kanarie', noticedAt: AT, deviceId: null })).json<Breach>();
	for (const person of [SUPERVISOR, TEACHER]) {
		const agent = await server.signIn(person);
		const answers = [
			await agent.send({ method: 'GET', url: '/api/breaches' }),
			await write(agent, { what: 'mine', noticedAt: AT, deviceId: null }),
			await decide(agent, { id, outcome: 'reported', reason: 'why' }),
		];
		expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404]);
	}
	await coordinator.pull();
	expect(JSON.stringify([...coordinator.held])).not.toContain('kanarie');
	expect(await register(coordinator)).toHaveLength(1);
});
