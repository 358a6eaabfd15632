import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DomainDocument } from '#domain/document.ts';
import { bucketOf } from '#domain/sync/digest.ts';
import { anId, anObservation, aRoster } from '#tests/factories/school.ts';
import { startSchool, type Agent } from './running-school.ts';

const COUNT = 600;

let server: Awaited<ReturnType<typeof startSchool>>;
let supervisor: Agent;
let coordinator: Agent;

beforeEach(async () => {
	const observations = Array.from({ length: COUNT }, (_, n) =>
		anObservation(1000 + n, { reporterId: anId('person', 3) }),
	);
	server = await startSchool([...aRoster(), ...observations]);
	supervisor = await server.signIn(1);
	coordinator = await server.signIn(3);
});
afterEach(() => server.stop());

const NDJSON = 'application/x-ndjson';
const lines = (body: string) =>
	body
		.trim()
		.split('\n')
		.slice(1)
		.map((line) => JSON.parse(line) as { id: string; drop?: string });

test('who was equal a moment ago gets what changed since with the first answer', async () => {
	await coordinator.pull();
	await supervisor.push([supervisor.item(anObservation(1))]);
	await coordinator.pull();
	await supervisor.push([supervisor.item(anObservation(2)), supervisor.item(anObservation(3))]);
	const answer = await coordinator.compare();
	expect(answer.headers['content-type']).toBe(NDJSON);
	expect(lines(answer.body).map(({ id }) => id)).toEqual(
		expect.arrayContaining([anId('observation', 2), anId('observation', 3)]),
	);
	expect(lines(answer.body)).toHaveLength(2);
});

test('what went out of sight since is dropped with the first answer, too', async () => {
	const own = supervisor.item(anObservation(1));
	await supervisor.push([own]);
	await supervisor.pull();
	server.passTime(24 * 60 * 60_000 + 1);
	const answer = await supervisor.compare();
	expect(lines(answer.body)).toContainEqual({ id: own.id, drop: 'expired' });
});

test('a set that the server does not remember is narrowed by buckets, as ever', async () => {
	await coordinator.pull();
	coordinator.held.delete(anId('observation', 1001));
	const answer = await coordinator.compare();
	expect(answer.json()).toMatchObject({ kind: 'buckets' });
	expect((await coordinator.pull()).taken).toEqual([anId('observation', 1001)]);
});

test('a first sync that broke off goes on with the buckets it lacks, and lists hardly anything', async () => {
	const whole = lines((await coordinator.compare()).body);
	const came = whole.slice(0, Math.floor(whole.length / 2));
	for (const { id, rev, doc } of came as unknown as { id: string; rev: string; doc: DomainDocument }[])
		coordinator.held.set(id, { rev, doc });
	const [begun] = came.slice(-1).map(({ id }) => bucketOf(id));
	const theirs = (await coordinator.compare()).json<{ buckets: string[] }>().buckets;
	const complete = new Set(came.map(({ id }) => bucketOf(id)).filter((bucket) => bucket !== begun));
	const differing = coordinator.differing(theirs);
	expect(differing.filter((bucket) => complete.has(bucket))).toEqual([]);
	const { taken } = await coordinator.pull();
	expect(taken.length).toBeLessThanOrEqual(whole.length - came.length + COUNT / 256 + 10);
	expect((await coordinator.compare()).statusCode).toBe(204);
});

test('an app of the protocol before is answered in its own', async () => {
	const old = await server.signIn(3, 1);
	expect(JSON.parse((await old.compare()).body.split('\n')[0] ?? '')).toMatchObject({ protocol: 1 });
	await old.pull();
	expect((await old.compare()).statusCode).toBe(204);
	const payload = {
		protocol: 1,
		deviceId: old.deviceId,
		items: [old.item(anObservation(1, { reporterId: anId('person', 3) }))],
	};
	const answer = await old.send({ method: 'POST', url: '/sync/push', payload });
	expect(answer.json()).toMatchObject({ protocol: 1, receipts: [{ result: { kind: 'stored' } }] });
});

test('an app of the protocol before cannot destroy a field it does not know', async () => {
	const first = supervisor.item(anObservation(1, { note: 'a note' }));
	await supervisor.push([first]);
	await learnField(first.id, { field2030: 'kept' });
	const old = await server.signIn(1, 1);
	await old.pull();
	const heldRev = old.held.get(first.id)?.rev ?? null;
	const corrected = old.item(anObservation(1, { basket: 'red' }), { rev: 'o1', seq: 11, baseRev: heldRev });
	const again = old.item(anObservation(1, { basket: 'yellow' }), { rev: 'o2', seq: 12, baseRev: corrected.rev });
	expect((await old.push([corrected, again])).map(({ result }) => result.kind)).toEqual(['stored', 'stored']);
	expect((await old.push([corrected])).map(({ result }) => result.kind)).toEqual(['duplicate']);
	const standing = server.school.replica.get(first.id)?.doc;
	expect(standing).toMatchObject({ basket: 'yellow', field2030: 'kept' });
	expect(standing).not.toHaveProperty('note');
	// What stands there is not what that app wrote, so the next pull brings it.
	expect((await old.pull()).taken).toEqual([first.id]);
});

/** As a later version of the server would have stored it. */
async function learnField(id: string, over: object) {
	const { replica } = server.school;
	const standing = replica.get(id);
	if (!standing) throw new Error(`There is no ${id}`);
	const doc = { ...standing.doc, ...over } as DomainDocument;
	await replica.write([{ record: { ...standing, rev: `${standing.rev}x`, doc }, expectedRev: standing.rev }]);
}
