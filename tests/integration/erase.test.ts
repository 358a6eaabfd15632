import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Processing } from '#domain/incident/processing.ts';
import { withdrawalOf } from '#domain/observation/withdraw.ts';
import type { Instant } from '#domain/time/local-time.ts';
import { erase, eraseLeftBehind } from '#server/retention/erase.ts';
import { databaseOf } from '#server/schools.ts';
import type { Envelope } from '#server/store/envelope.ts';
import { memoryHost } from '#server/store/memory.ts';
import { aSchool, anId, anObservation } from '#tests/factories/school.ts';
import { NOON, startSchool, type Agent } from './running-school.ts';

let server: Awaited<ReturnType<typeof startSchool>>;
let supervisor: Agent;
let coordinator: Agent;

beforeEach(async () => {
	server = await startSchool();
	[supervisor, coordinator] = (await Promise.all([1, 3].map((n) => server.signIn(n)))) as [Agent, Agent];
});
afterEach(() => server.stop());

const observationId = anId('observation', 1);
const now = new Date(NOON);

const processing = (): Processing => ({
	type: 'processing',
	v: 1,
	id: anId('processing', 1),
	schoolId: aSchool().id,
	observationId,
	incidentId: anId('incident', 1),
	outcome: 'confirmed',
	participants: [],
	victimGroupId: null,
	behaviours: ['pushing'],
	forms: ['physical'],
	aggressionFunction: null,
	basket: 'orange',
	placeId: null,
	processedBy: anId('person', 3),
	processedAt: NOON as Instant,
});

async function everythingStored(): Promise<string> {
	const store = await server.host.open<Envelope>(databaseOf(aSchool().id));
	let text = '';
	for await (const changes of store.changes(null)) text += JSON.stringify(changes.filter(({ record }) => record));
	return text;
}

test('what is erased is gone from store, memory and devices, with all that hangs on it', async () => {
	const told = supervisor.item(anObservation(1, { note: 'They stood by the fence' }));
	const withdrawn = withdrawalOf(anObservation(1), anId('person', 1), NOON as Instant);
	await supervisor.push([told, supervisor.item(anObservation(2)), supervisor.item(withdrawn)]);
	await supervisor.push([supervisor.item(anObservation(1, { placeId: anId('place', 99) }), { baseRev: told.rev })]);
	await coordinator.push([coordinator.item(processing())]);
	await Promise.all([supervisor.pull(), coordinator.pull()]);
	const held = coordinator.held.size;

	const gone = await erase(server.school, [observationId], 'erased', now);
	expect(gone).toHaveLength(4);
	expect(await everythingStored()).not.toMatch(new RegExp(`fence|${observationId}`));
	const { taken, dropped } = await coordinator.pull();
	expect(taken).toEqual([]);
	expect(dropped.sort()).toEqual(gone.map((id) => [id, 'erased']).sort());
	expect(coordinator.held.size).toBe(held - 4);
	expect((await coordinator.compare()).statusCode).toBe(204);
	expect((await supervisor.pull()).dropped).toContainEqual([observationId, 'erased']);
	expect(server.school.replica.all('observation')).toHaveLength(1);
});

test('what was erased does not come back, in no revision and by nobody, and leaves no trace in quarantine', async () => {
	const told = supervisor.item(anObservation(1));
	await supervisor.push([told]);
	await erase(server.school, [observationId], 'erased', now);
	const teacher = await server.signIn(2);
	const kinds = async (agent: Agent, ...items: Parameters<Agent['push']>[0]) =>
		(await agent.push(items)).map(({ result }) => result.kind);
	expect(
		await kinds(
			supervisor,
			told,
			supervisor.item(anObservation(1, { basket: 'red' }), { baseRev: told.rev }),
			supervisor.item(withdrawalOf(anObservation(1), anId('person', 1), NOON as Instant)),
			supervisor.item(anObservation(1, { placeId: anId('place', 99) })),
		),
	).toEqual(['erased', 'erased', 'erased', 'erased']);
	expect(await kinds(teacher, teacher.item(anObservation(1)))).toEqual(['erased']);
	expect(await kinds(coordinator, coordinator.item(processing()))).toEqual(['erased']);
	expect(await everythingStored()).not.toContain(observationId);
});

test('a restored backup does not bring back what was erased since', async () => {
	await supervisor.push([supervisor.item(anObservation(1)), supervisor.item(anObservation(2))]);
	const backup = await server.school.store.get(observationId);
	await erase(server.school, [observationId], 'erased', now);
	await server.stop();

	const store = await server.host.open<Envelope>(databaseOf(aSchool().id));
	if (backup) await store.put(backup, null);
	server = await startSchool([], server.host);
	expect(server.school.replica.all('observation')).toEqual([anObservation(2)]);
	expect(await everythingStored()).not.toContain(observationId);
});

test('killed between denying and removing, the next start finishes it', async () => {
	await supervisor.push([supervisor.item(anObservation(1))]);
	await server.school.denyList.add([observationId], 'erased', now);
	await server.stop();
	server = await startSchool([], server.host);
	expect(server.school.replica.all('observation')).toEqual([]);
	expect(await everythingStored()).not.toContain(observationId);
});

test('killed between two denials, the next hour finishes what hangs on the first', async () => {
	await supervisor.push([supervisor.item(anObservation(1))]);
	await coordinator.push([coordinator.item(processing())]);
	await server.school.denyList.add([observationId], 'erased', now);
	await server.stop();
	server = await startSchool([], server.host);
	expect(await eraseLeftBehind(server.school, now)).toEqual([processing().id]);
	expect(await eraseLeftBehind(server.school, now)).toEqual([]);
	expect(server.school.denyList.reasonFor(processing().id)).toBe('erased');
	expect(await everythingStored()).not.toContain(observationId);
});

test('a second server on the same store hears of it, and cannot be talked into it', async () => {
	const host = memoryHost();
	const [one, two] = [await startSchool(undefined, host), await startSchool([], host)];
	const agent = await one.signIn(1);
	const told = agent.item(anObservation(1));
	await agent.push([told]);
	await erase(one.school, [observationId], 'erased', now);
	await two.school.denyList.add([], 'erased', now);
	const other = await two.signIn(1);
	expect((await other.push([told]))[0]?.result.kind).toBe('erased');
	expect(two.school.replica.all('observation')).toEqual([]);
	await Promise.all([one.stop(), two.stop()]);
});
