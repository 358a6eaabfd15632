import { afterEach, beforeEach, expect, test } from 'vitest';
import { SUPERVISOR_KEEPS_MS } from '#domain/access/rules.ts';
import type { DomainDocument } from '#domain/document.ts';
import type { Withdrawal } from '#domain/observation/observation.ts';
import type { Instant } from '#domain/time/local-time.ts';
import { contentRevision } from '#server/store/revision.ts';
import { aCase } from '#tests/factories/cases.ts';
import { aRoster, anId, anObservation } from '#tests/factories/school.ts';
import { startSchool, type Agent } from './running-school.ts';

let server: Awaited<ReturnType<typeof startSchool>>;
let supervisor: Agent;
let teacher: Agent;
let coordinator: Agent;

beforeEach(async () => {
	server = await startSchool();
	[supervisor, teacher, coordinator] = (await Promise.all([1, 2, 3].map((n) => server.signIn(n)))) as [
		Agent,
		Agent,
		Agent,
	];
});
afterEach(() => server.stop());

const aWithdrawal = (observation: number, by: number): Withdrawal => ({
	type: 'withdrawal',
	v: 1,
	id: anId('withdrawal', observation * 100 + by),
	schoolId: anId('school', 1),
	observationId: anId('observation', observation),
	withdrawnBy: anId('person', by),
	withdrawnAt: '2026-03-09T12:00:00.000Z' as Instant,
});

test('a first pull brings everything in one answer, and after it both sides are equal', async () => {
	const { taken } = await coordinator.pull();
	expect(taken.sort()).toEqual(
		aRoster()
			.map(({ id }) => id as string)
			.sort(),
	);
	expect((await coordinator.compare()).statusCode).toBe(204);
});

test('equal costs one small request: an answer without a body and few headers', async () => {
	await coordinator.pull();
	const answer = await coordinator.compare();
	expect(answer.rawPayload).toHaveLength(0);
	const headers = Object.entries(answer.headers).map(([name, value]) => `${name}: ${String(value)}`);
	expect(headers.join('\r\n').length).toBeLessThan(1500);
});

test('what one person tells reaches the coordinator, and the next pull brings only that', async () => {
	await coordinator.pull();
	const told = supervisor.item(anObservation(1));
	await supervisor.push([told]);
	expect(await coordinator.pull()).toEqual({ taken: [told.id], dropped: [] });
	expect(coordinator.held.get(told.id)).toEqual({ rev: told.rev, doc: told.doc });
	expect((await coordinator.compare()).statusCode).toBe(204);
});

test('a device that lost some documents, and holds a stale and a strange one, is put right', async () => {
	await supervisor.push([1, 2, 3].map((n) => supervisor.item(anObservation(n))));
	await coordinator.pull();
	const whole = new Map(coordinator.held);
	const strange = anObservation(99);
	coordinator.held.delete(anId('pupil', 1));
	coordinator.held.delete(anId('observation', 1));
	coordinator.held.set(anId('observation', 2), { rev: 'stale', doc: anObservation(2) });
	coordinator.held.set(strange.id, { rev: 'r', doc: strange });
	const { taken, dropped } = await coordinator.pull();
	expect(taken.sort()).toEqual([anId('observation', 1), anId('observation', 2), anId('pupil', 1)].sort());
	expect(dropped).toEqual([[strange.id, 'lost']]);
	expect(coordinator.held).toEqual(whole);
});

test('a supervisor receives names and places, oneself, and own observations only', async () => {
	const other = { ...anObservation(2), reporterId: anId('person', 2) };
	await teacher.push([teacher.item(other)]);
	await supervisor.push([supervisor.item(anObservation(1))]);
	await supervisor.pull();
	const types = new Set([...supervisor.held.values()].map(({ doc }) => doc.type));
	expect([...types].sort()).toEqual(['group', 'observation', 'person', 'place', 'pupil', 'school', 'site']);
	expect(supervisor.ofType('person').map(({ id }) => id)).toEqual([anId('person', 1)]);
	expect(supervisor.ofType('observation').map(({ id }) => id)).toEqual([anId('observation', 1)]);
});

test('a supervisor drops own observations a day after receipt; a teacher keeps them', async () => {
	const own = { ...anObservation(2), reporterId: anId('person', 2) };
	await teacher.push([teacher.item(own)]);
	await supervisor.push([supervisor.item(anObservation(1))]);
	await Promise.all([teacher.pull(), supervisor.pull()]);
	server.passTime(SUPERVISOR_KEEPS_MS - 1);
	expect((await supervisor.compare()).statusCode).toBe(204);
	server.passTime(1);
	expect(await supervisor.pull()).toEqual({ taken: [], dropped: [[anId('observation', 1), 'expired']] });
	expect(teacher.ofType('observation')).toHaveLength(2);
	expect(await teacher.pull()).toEqual({ taken: [], dropped: [] });
});

test('a teacher reads of the own group without who told it: in no byte of the answer', async () => {
	const told = { ...anObservation(1), toldBy: anId('pupil', 3) };
	const elsewhere = anObservation(2, {
		participants: [
			{ role: 'instigator', pupilId: anId('pupil', 6) },
			{ role: 'victim', pupilId: anId('pupil', 7) },
		],
	});
	await teacher.pull();
	await supervisor.push([told, elsewhere, aWithdrawal(1, 1)].map((doc) => supervisor.item(doc)));
	const answers = [(await teacher.compare()).body];
	const held = [...teacher.held.values()].map(({ doc }) => doc.id as string);
	const { taken } = await teacher.pull();
	expect(taken.sort()).toEqual([anId('observation', 1), anId('withdrawal', 101)].sort());
	answers.push(...taken.map((id) => JSON.stringify(teacher.held.get(id))));
	expect(held).not.toContain(anId('observation', 1));
	for (const answer of answers) {
		expect(answer).not.toContain(anId('person', 1));
		expect(answer).not.toContain(anId('pupil', 3));
		expect(answer).not.toContain(supervisor.deviceId);
	}
	expect(teacher.held.get(anId('observation', 1))?.rev).toMatch(/~m$/);
});

test('a right gained brings the whole document, a right lost takes it away', async () => {
	await supervisor.push([supervisor.item(anObservation(1))]);
	await teacher.pull();
	await giveTeacher({ roles: ['teacher', 'coordinator'] });
	await teacher.pull();
	expect(teacher.held.get(anId('observation', 1))?.doc).toEqual(anObservation(1));

	await giveTeacher({ roles: ['teacher'], groupIds: [anId('group', 8)] });
	const { dropped } = await teacher.pull();
	expect(dropped).toContainEqual([anId('observation', 1), 'outOfScope']);
});

test('a teacher who loses a group keeps nothing of it, but what was not sent yet; who gains it again has it all', async () => {
	await supervisor.push([supervisor.item(anObservation(1))]);
	await teacher.pull();
	const opened = teacher.item(aCase(1));
	await giveTeacher({ groupIds: [anId('group', 8)] });
	expect((await teacher.push([opened]))[0]?.result).toMatchObject({ kind: 'rejected', reason: 'notAllowed' });
	expect((await teacher.pull()).dropped).toContainEqual([anId('observation', 1), 'outOfScope']);
	expect(server.school.replica.all('quarantineEntry')).toMatchObject([{ itemId: opened.id, reason: 'notAllowed' }]);

	await giveTeacher({ groupIds: [anId('group', 6)] });
	expect((await teacher.pull()).taken).toContain(anId('observation', 1));
	expect((await teacher.push([opened]))[0]?.result.kind).toBe('stored');
	expect(server.school.replica.all('quarantineEntry')).toMatchObject([{ closed: { as: 'arrived' } }]);
});

test('a pupil who changes groups takes what was told along to the new teacher', async () => {
	const told = anObservation(1, { participants: [{ role: 'victim', pupilId: anId('pupil', 6) }] });
	await supervisor.push([supervisor.item(told)]);
	await teacher.pull();
	expect(teacher.ofType('observation')).toEqual([]);
	await revise(anId('pupil', 6), { groupId: anId('group', 6) });
	await teacher.pull();
	expect(teacher.ofType('observation')).toHaveLength(1);
});

test('what the coordinator puts right reaches the teacher of the child it was about after all', async () => {
	const told = anObservation(1, { participants: [{ role: 'victim', pupilId: anId('pupil', 6) }] });
	await supervisor.push([supervisor.item(told)]);
	await teacher.pull();
	await coordinator.push([
		coordinator.item({
			type: 'processing',
			v: 1,
			id: anId('processing', 1),
			schoolId: anId('school', 1),
			observationId: told.id,
			incidentId: anId('incident', 1),
			outcome: 'confirmed',
			participants: [{ role: 'victim', pupilId: anId('pupil', 1) }],
			victimGroupId: null,
			behaviours: ['pushing'],
			forms: ['physical'],
			aggressionFunction: null,
			basket: 'orange',
			placeId: null,
			note: 'For the coordinator only',
			processedBy: anId('person', 3),
			processedAt: '2026-03-09T12:00:00.000Z' as Instant,
		}),
	]);
	const { taken } = await teacher.pull();
	expect(taken.sort()).toEqual([told.id, anId('processing', 1)].sort());
	const processing = teacher.held.get(anId('processing', 1))?.doc;
	expect(processing).not.toHaveProperty('note');
	expect(processing).not.toHaveProperty('processedBy');
});

test('a withdrawal that comes before its observation is kept, and shows once that is there', async () => {
	const withdrawal = supervisor.item(aWithdrawal(1, 1));
	expect((await supervisor.push([withdrawal]))[0]?.result.kind).toBe('stored');
	await coordinator.pull();
	expect(coordinator.ofType('withdrawal')).toEqual([]);
	await supervisor.push([supervisor.item(anObservation(1))]);
	await coordinator.pull();
	expect(coordinator.ofType('withdrawal')).toHaveLength(1);
});

test('a withdrawal by somebody else never shows, also when it came first', async () => {
	await teacher.push([teacher.item(aWithdrawal(1, 2))]);
	await supervisor.push([supervisor.item(anObservation(1))]);
	expect((await teacher.push([teacher.item({ ...aWithdrawal(1, 2), id: anId('withdrawal', 7) })]))[0]?.result).toEqual({
		kind: 'rejected',
		reason: 'notAllowed',
	});
	await Promise.all([coordinator.pull(), supervisor.pull()]);
	expect(coordinator.ofType('withdrawal')).toEqual([]);
	expect(supervisor.ofType('withdrawal')).toEqual([]);
});

test('a large answer travels compressed', async () => {
	const answer = await coordinator.send({
		method: 'POST',
		url: '/sync/pull',
		headers: { 'accept-encoding': 'gzip' },
		payload: { kind: 'compare', protocol: 1, deviceId: coordinator.deviceId, digest: '0'.repeat(16), count: 0 },
	});
	expect(answer.headers['content-encoding']).toBe('gzip');
});

async function giveTeacher(over: object) {
	await revise(anId('person', 2), over);
}

/** As the school's own administration would: past the gateway. */
async function revise(id: string, over: object) {
	const { replica } = server.school;
	const standing = replica.get(id);
	if (!standing) throw new Error(`There is no ${id}`);
	const doc = { ...standing.doc, ...over } as DomainDocument;
	await replica.write([{ record: { ...standing, rev: `${standing.rev}x`, doc }, expectedRev: standing.rev }]);
}

test('who reported cannot be found out by trying everybody against the revision of what the server wrote', async () => {
	const told = anObservation(1);
	await server.stop();
	// Written by the server, as an accepted or rewritten observation is.
	server = await startSchool([...aRoster(), told]);
	teacher = await server.signIn(2);
	await teacher.pull();
	const seen = teacher.held.get(told.id);
	expect(seen?.doc).not.toHaveProperty('reporterId');
	const guesses = aRoster().flatMap(({ id, type }) =>
		type === 'person' ? [contentRevision({ ...told, reporterId: id })] : [],
	);
	expect(guesses).toContain(contentRevision(told));
	expect(guesses.some((guess) => seen?.rev.startsWith(guess))).toBe(false);
});
