import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DomainDocument } from '#domain/document.ts';
import type { Processing } from '#domain/incident/processing.ts';
import type { Observation } from '#domain/observation/observation.ts';
import { MAX_PUSH_ITEMS, type PushResponse } from '#domain/sync/messages.ts';
import type { LocalDateTime } from '#domain/time/local-time.ts';
import { aCase, aCaseEntry } from '#tests/factories/cases.ts';
import { SHIPPED_TEXTS } from '#domain/protocols/shipped-texts.ts';
import { aCircle, aSchoolProtocol } from '#tests/factories/protocols.ts';
import { anId, anObservation } from '#tests/factories/school.ts';
import { perSession } from '#server/gateway/rate.ts';
import { startSchool, type Agent } from './running-school.ts';

let server: Awaited<ReturnType<typeof startSchool>>;
let supervisor: Agent;

beforeEach(async () => {
	server = await startSchool();
	supervisor = await server.signIn(1);
});
afterEach(() => server.stop());

const kinds = (receipts: Awaited<ReturnType<Agent['push']>>) =>
	receipts.map(({ result }) => (result.kind === 'rejected' ? result.reason : result.kind));

test('the same push twice stores once and says so', async () => {
	const items = [1, 2, 3].map((n) => supervisor.item(anObservation(n)));
	expect(kinds(await supervisor.push(items))).toEqual(['stored', 'stored', 'stored']);
	expect(kinds(await supervisor.push(items))).toEqual(['duplicate', 'duplicate', 'duplicate']);
	expect(server.school.replica.all('observation')).toHaveLength(3);
});

test('the same push twice at the same moment stores once, and both hear that it arrived', async () => {
	const items = [1, 2, 3].map((n) => supervisor.item(anObservation(n)));
	const answers = await Promise.all([supervisor.push(items), supervisor.push(items)]);
	expect(answers.flatMap(kinds).sort()).toEqual([
		...Array<string>(3).fill('duplicate'),
		...Array<string>(3).fill('stored'),
	]);
});

test('a push that comes again after a later revision is known, and changes nothing', async () => {
	const first = supervisor.item(anObservation(1));
	const second = supervisor.item(anObservation(1, { basket: 'red' }), { baseRev: first.rev });
	await supervisor.push([first]);
	await supervisor.push([second]);
	expect(kinds(await supervisor.push([first, second]))).toEqual(['duplicate', 'duplicate']);
	expect(server.school.replica.find('observation', first.id)?.basket).toBe('red');
});

test('a correction may travel in one push with what it corrects', async () => {
	const first = supervisor.item(anObservation(1));
	const second = supervisor.item(anObservation(1, { basket: 'red' }), { baseRev: first.rev });
	expect(kinds(await supervisor.push([first, second]))).toEqual(['stored', 'stored']);
	expect(server.school.replica.find('observation', first.id)?.basket).toBe('red');
});

test('a case and what was written in it may travel in one push, whichever comes first', async () => {
	const teacher = await server.signIn(2);
	const opened = (n: number) => teacher.item(aCase(n));
	const written = (n: number) => teacher.item(aCaseEntry(n, { caseId: anId('case', n) }));
	expect(kinds(await teacher.push([opened(1), written(1)]))).toEqual(['stored', 'stored']);
	expect(kinds(await teacher.push([written(2), opened(2)]))).toEqual(['stored', 'stored']);
	expect(server.school.replica.all('caseEntry')).toHaveLength(2);
	expect(server.school.replica.all('quarantineEntry')).toEqual([]);
});

test('who asks without end is told when to come back, and nobody else is', async () => {
	const ask = () => supervisor.compare();
	let answer = await ask();
	for (let n = 0; n < perSession.max && answer.statusCode !== 429; n++) answer = await ask();
	expect(answer.statusCode).toBe(429);
	expect(answer.json()).toMatchObject({ type: 'problem:tooMany' });
	expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
	expect((await (await server.signIn(3)).compare()).statusCode).toBe(200);
});

test('a correction on an older revision is a conflict that shows what stands there', async () => {
	const first = supervisor.item(anObservation(1));
	const second = supervisor.item(anObservation(1, { basket: 'red' }), { baseRev: first.rev });
	const late = supervisor.item(anObservation(1, { basket: 'yellow' }), { baseRev: first.rev });
	await supervisor.push([first, second]);
	const [receipt] = await supervisor.push([late]);
	expect(receipt?.result).toMatchObject({ kind: 'conflict', currentRev: second.rev, current: { basket: 'red' } });
});

test('a correction of something the server lost is stored as new', async () => {
	expect(kinds(await supervisor.push([supervisor.item(anObservation(1), { baseRev: 'gone' })]))).toEqual(['stored']);
});

test('a sequence number used for something else is refused', async () => {
	const first = supervisor.item(anObservation(1));
	await supervisor.push([first]);
	const clash = supervisor.item(anObservation(2), { seq: first.seq });
	expect(kinds(await supervisor.push([clash]))).toEqual(['sequenceReused']);
	const fresh = supervisor.item(anObservation(3));
	const twice = supervisor.item(anObservation(4), { seq: fresh.seq });
	expect(kinds(await supervisor.push([fresh, twice]))).toEqual(['stored', 'sequenceReused']);
});

test('each bad item is refused with its reason, and the good ones between them are stored', async () => {
	const good = (n: number) => supervisor.item(anObservation(n));
	const bad = (doc: unknown, id = anId('observation', 50)) => supervisor.item({ ...(doc as Observation), id });
	const observation = anObservation(50);
	const cases: [string, ReturnType<Agent['item']>][] = [
		['stored', good(1)],
		['malformed', bad({ ...observation, behaviours: [] })],
		['malformed', bad({ ...observation, extra: true })],
		['malformed', supervisor.item(observation, { rev: 'a b' })],
		['malformed', supervisor.item(observation, { rev: 'forged~m' })],
		['malformed', supervisor.item(observation, { doc: null })],
		['tooLarge', bad({ ...observation, note: 'x'.repeat(40_000) })],
		['unknownType', bad({ type: 'diary', v: 1 })],
		['unknownType', bad({ type: 'constructor', v: 1 })],
		['idMismatch', supervisor.item(observation, { id: anId('observation', 51) })],
		['foreignSchool', bad({ ...observation, schoolId: anId('school', 2) })],
		['notAllowed', bad({ ...observation, reporterId: anId('person', 2) })],
		['notAllowed', bad(withoutReporter(observation))],
		['unknownReference', bad({ ...observation, placeId: anId('place', 99) })],
		['unknownReference', bad({ ...observation, victimGroupId: anId('group', 99) })],
		['unknownReference', bad({ ...observation, toldBy: anId('pupil', 99) })],
		['unknownReference', bad({ ...observation, participants: [{ role: 'victim', pupilId: anId('pupil', 99) }] })],
		['inFuture', bad({ ...observation, occurredAt: '2026-03-09T13:11' as LocalDateTime })],
		['stored', good(2)],
	];
	const receipts = await supervisor.push(cases.map(([, item]) => item));
	expect(kinds(receipts)).toEqual(cases.map(([expected]) => expected));
	expect(receipts.map(({ id, seq }) => ({ id, seq }))).toEqual(cases.map(([, { id, seq }]) => ({ id, seq })));
	expect(
		server.school.replica
			.all('observation')
			.map(({ id }) => id)
			.sort(),
	).toEqual([anId('observation', 1), anId('observation', 2)]);
});

test('what is nested too deeply is malformed, and the rest of that push arrives', async () => {
	const good = supervisor.item(anObservation(1));
	const bad = { ...supervisor.item(anObservation(2)), doc: null };
	// Written by hand: what reads this cannot write it either.
	const items = JSON.stringify([bad, good]).replace('"doc":null', `"doc":${'['.repeat(20_000)}${']'.repeat(20_000)}`);
	const payload = `{"protocol":2,"deviceId":"${supervisor.deviceId}","items":${items}}`;
	const headers = { 'content-type': 'application/json' };
	const answer = await supervisor.send({ method: 'POST', url: '/sync/push', payload, headers });
	expect(answer.json<PushResponse>().receipts.map(({ result }) => result.kind)).toEqual(['rejected', 'stored']);
});

test('a malformed document names the field, and never repeats what was in it', async () => {
	const [receipt] = await supervisor.push([
		supervisor.item({ ...anObservation(1), note: { secret: 'Daan' } } as unknown as DomainDocument),
	]);
	expect(receipt?.result).toEqual({ kind: 'rejected', reason: 'malformed', path: 'note' });
});

test('a protocol that could not be run, or that lacks a word, is refused with the place', async () => {
	const coordinator = await server.signIn(3);
	const texts = { ...SHIPPED_TEXTS.fiveB, consents: {} };
	const pushed = [
		aSchoolProtocol(1, 'fiveB', { protocol: aCircle('fiveB') }),
		aSchoolProtocol(2, 'fiveB', { texts }),
		aSchoolProtocol(3, 'fiveB'),
	].map((doc) => coordinator.item(doc));
	const receipts = await coordinator.push(pushed);
	expect(receipts.map(({ result }) => result)).toMatchObject([
		{ kind: 'rejected', reason: 'malformed', path: 'protocol.steps.0.after' },
		{ kind: 'rejected', reason: 'malformed', path: 'texts.consents.plan' },
		{ kind: 'stored' },
	]);
});

test('ten minutes of clock skew are forgiven', async () => {
	const soon = supervisor.item(anObservation(1, { occurredAt: '2026-03-09T13:10' as LocalDateTime }));
	expect(kinds(await supervisor.push([soon]))).toEqual(['stored']);
});

test('a document with a poisonous key loses the key and not the push', async () => {
	const body = JSON.stringify({
		protocol: 1,
		deviceId: supervisor.deviceId,
		items: [supervisor.item(anObservation(1))],
	}).replace('"doc":{', '"doc":{"__proto__":{"roles":["coordinator"]},');
	const answer = await supervisor.send({ method: 'POST', url: '/sync/push', payload: JSON.parse(body) as object });
	expect(answer.json()).toMatchObject({ receipts: [{ result: { kind: 'stored' } }] });
});

test('nobody corrects what another told, and cannot tell it from what is not there', async () => {
	const stored = supervisor.item(anObservation(1));
	await supervisor.push([stored]);
	const teacher = await server.signIn(2);
	const forged = { ...anObservation(1, { basket: 'green' }), reporterId: anId('person', 1) };
	const unknown = { ...anObservation(9), reporterId: anId('person', 1) };
	const receipts = await teacher.push([
		teacher.item(forged, { baseRev: stored.rev }),
		teacher.item(unknown, { baseRev: stored.rev }),
		teacher.item({ ...forged, reporterId: anId('person', 2) }, { rev: stored.rev, baseRev: stored.rev }),
	]);
	expect(receipts.map(({ result }) => result)).toEqual(Array(3).fill({ kind: 'rejected', reason: 'notAllowed' }));
	expect(server.school.replica.find('observation', stored.id)?.basket).toBe('orange');
});

test('a processing must stand under the id that belongs to its observation', async () => {
	const coordinator = await server.signIn(3);
	const processing = {
		type: 'processing',
		v: 1,
		id: anId('processing', 2),
		schoolId: anId('school', 1),
		observationId: anId('observation', 1),
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
		processedAt: '2026-03-09T12:00:00.000Z',
	} as unknown as Processing;
	const right = { ...processing, id: anId('processing', 1) };
	const receipts = await coordinator.push([coordinator.item(processing), coordinator.item(right)]);
	expect(kinds(receipts)).toEqual(['idMismatch', 'stored']);
});

test('a push that is no push is refused as a whole, as a problem', async () => {
	const item = supervisor.item(anObservation(1));
	const base = { protocol: 1, deviceId: supervisor.deviceId, items: [item] };
	const cases: [number, object][] = [
		[400, {}],
		[400, { ...base, items: [] }],
		[400, { ...base, items: Array(MAX_PUSH_ITEMS + 1).fill(item) }],
		[400, { ...base, deviceId: 'mine' }],
		[400, { ...base, items: [{ id: item.id }] }],
		[426, { ...base, protocol: 3 }],
	];
	for (const [status, payload] of cases) {
		const answer = await supervisor.send({ method: 'POST', url: '/sync/push', payload });
		expect(answer.statusCode).toBe(status);
		expect(answer.headers['content-type']).toContain('application/problem+json');
	}
});

test('a request above the limit is refused without being read', async () => {
	const request = {
		method: 'POST',
		url: '/sync/push',
		headers: { 'content-type': 'application/json' },
		payload: `"${'x'.repeat(17_000_000)}"`,
	} as const;
	const answer = await supervisor.send(request);
	expect(answer.statusCode).toBe(413);
	expect(answer.json()).toEqual({ type: 'problem:tooLarge', title: 'The request is too large', status: 413 });
	expect((await server.app.inject(request)).statusCode).toBe(401);
});

function withoutReporter(doc: Observation): Observation {
	const rest = { ...doc };
	delete rest.reporterId;
	return rest;
}
