import { afterEach, beforeEach, expect, test } from 'vitest';
import { quarantineDecisionIdFor, type QuarantineEntryId } from '#domain/id.ts';
import {
	MAX_OPEN_PER_PERSON,
	MAX_QUARANTINED_CHARS,
	quarantineStateOf,
	type QuarantineDecision,
	type QuarantineEntry,
} from '#domain/quarantine/quarantine.ts';
import type { Observation } from '#domain/observation/observation.ts';
import type { Instant, LocalDateTime } from '#domain/time/local-time.ts';
import { aCase, aCaseEntry } from '#tests/factories/cases.ts';
import { anId, anObservation } from '#tests/factories/school.ts';
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

/** An observation at a place the school does not know. */
const elsewhere = (n: number, over: Partial<Observation> = {}) =>
	anObservation(n, { placeId: anId('place', 99), ...over });

const entries = () => server.school.replica.all('quarantineEntry');

function onlyEntry(): QuarantineEntry {
	const [entry, ...others] = entries();
	if (!entry || others.length > 0) throw new Error(`There are ${entries().length} entries`);
	return entry;
}

const stateOf = (id: QuarantineEntryId) => {
	const { replica } = server.school;
	const entry = replica.find('quarantineEntry', id);
	return entry && quarantineStateOf(entry, replica.find('quarantineDecision', quarantineDecisionIdFor(id)));
};

function decide(entry: QuarantineEntry, decision: QuarantineDecision['decision']): QuarantineDecision {
	return {
		type: 'quarantineDecision',
		v: 1,
		id: quarantineDecisionIdFor(entry.id),
		schoolId: entry.schoolId,
		entryId: entry.id,
		authorId: entry.authorId,
		decision,
		decidedBy: anId('person', 3),
		decidedAt: '2026-03-09T12:00:00.000Z' as Instant,
	};
}

test('what is not taken is kept as it came, once however often it is sent', async () => {
	const item = supervisor.item(elsewhere(1));
	for (let turn = 0; turn < 3; turn++) await supervisor.push([item, supervisor.item(anObservation(turn + 2))]);
	await Promise.all([supervisor.push([item]), supervisor.push([item])]);
	const entry = onlyEntry();
	expect(entry).toMatchObject({
		authorId: anId('person', 1),
		deviceId: supervisor.deviceId,
		itemId: item.id,
		itemRev: item.rev,
		reason: 'unknownReference',
		path: 'place',
		isCut: false,
	});
	expect(JSON.parse(entry.item)).toEqual(elsewhere(1));
	expect(server.school.replica.all('observation')).toHaveLength(3);
});

test('each kind of refusal is kept, a conflict too, and nobody but its author and the coordinator receives it', async () => {
	const stored = supervisor.item(anObservation(1));
	await supervisor.push([stored]);
	await supervisor.push([
		supervisor.item(anObservation(1, { basket: 'red' })),
		supervisor.item({ ...anObservation(2), reporterId: anId('person', 2) }),
		supervisor.item({ type: 'diary', id: anId('observation', 3) } as unknown as Observation),
		supervisor.item(anObservation(4, { note: 'x'.repeat(MAX_QUARANTINED_CHARS * 2) })),
		supervisor.item(anObservation(5), { seq: stored.seq }),
		{ id: 'y'.repeat(10_000), rev: 'a b', baseRev: null, seq: 90, doc: undefined },
	]);
	await Promise.all([supervisor, teacher, coordinator].map((agent) => agent.pull()));
	const reasons = ['conflict', 'notAllowed', 'unknownType', 'tooLarge', 'sequenceReused', 'malformed'];
	expect(
		entries()
			.map(({ reason }) => reason)
			.sort(),
	).toEqual(reasons.sort());
	expect(supervisor.ofType('quarantineEntry')).toHaveLength(6);
	expect(coordinator.ofType('quarantineEntry')).toHaveLength(6);
	expect(teacher.ofType('quarantineEntry')).toEqual([]);
	const long = entries().find(({ reason }) => reason === 'tooLarge');
	expect(long).toMatchObject({ isCut: true });
	expect(long?.item).toHaveLength(MAX_QUARANTINED_CHARS);
});

test('nobody fills the quarantine, and what is good still gets through', async () => {
	const items = Array.from({ length: 800 }, (_, n) => supervisor.item(elsewhere(n + 1000)));
	for (let turn = 0; turn < 2; turn++) await supervisor.push(items.slice(turn * 400, (turn + 1) * 400));
	expect(entries()).toHaveLength(MAX_OPEN_PER_PERSON);
	// A device that has to forget must know that what it holds is nowhere else.
	const again = await supervisor.push([items[0]!, items.at(-1)!]);
	expect(again.map(({ result }) => result)).toMatchObject([
		{ kind: 'rejected', reason: 'unknownReference' },
		{ kind: 'rejected', reason: 'notKept' },
	]);
	expect((await supervisor.push([supervisor.item(anObservation(1))]))[0]?.result.kind).toBe('stored');
	await teacher.push([teacher.item({ ...elsewhere(1), reporterId: anId('person', 2) })]);
	expect(entries()).toHaveLength(MAX_OPEN_PER_PERSON + 1);
});

test('its author sends it corrected: the entry is over; refused again: only the newest stays open', async () => {
	const first = supervisor.item(elsewhere(1));
	const second = supervisor.item(elsewhere(1, { basket: 'red' }));
	await supervisor.push([first]);
	await supervisor.push([second]);
	expect(entries().map(({ id }) => stateOf(id))).toEqual(['replaced', 'open']);
	await supervisor.push([supervisor.item(anObservation(1))]);
	expect(entries().map(({ id }) => stateOf(id))).toEqual(['replaced', 'arrived']);
	await supervisor.push([first, second]);
	expect(entries().map(({ id }) => stateOf(id))).toEqual(['replaced', 'arrived']);
});

test('an earlier revision that comes again does not close what a later one was refused for', async () => {
	const first = supervisor.item(anObservation(1));
	await supervisor.push([first]);
	await supervisor.push([supervisor.item(elsewhere(1), { baseRev: first.rev })]);
	await supervisor.push([first]);
	expect(stateOf(onlyEntry().id)).toBe('open');
});

test('the coordinator puts it right and accepts it: it is a document of its author, who may correct it', async () => {
	const item = supervisor.item(elsewhere(1));
	await supervisor.push([item]);
	const accepted = decide(onlyEntry(), { kind: 'accepted', document: anObservation(1) });
	const pushed = coordinator.item(accepted);
	expect((await coordinator.push([pushed]))[0]?.result.kind).toBe('stored');
	expect((await coordinator.push([pushed]))[0]?.result.kind).toBe('duplicate');

	await supervisor.pull();
	expect(supervisor.ofType('observation')).toEqual([anObservation(1)]);
	expect(supervisor.ofType('quarantineDecision')).toEqual([accepted]);
	expect(stateOf(onlyEntry().id)).toBe('accepted');
	expect((await supervisor.push([item]))[0]?.result.kind).toBe('duplicate');
	const corrected = supervisor.item(anObservation(1, { basket: 'red' }), {
		baseRev: supervisor.held.get(item.id)?.rev ?? null,
	});
	expect((await supervisor.push([corrected]))[0]?.result.kind).toBe('stored');
});

test('a conflict that is accepted becomes what stands there, and the other version stays known', async () => {
	const first = supervisor.item(anObservation(1));
	const late = anObservation(1, { note: 'And it was about the ball.' });
	await supervisor.push([first]);
	await supervisor.push([supervisor.item(late)]);
	await coordinator.push([coordinator.item(decide(onlyEntry(), { kind: 'accepted', document: late }))]);
	expect(server.school.replica.find('observation', first.id)).toEqual(late);
	expect((await supervisor.push([first]))[0]?.result.kind).toBe('duplicate');
});

test('nobody can be made to have said something, and only a coordinator decides', async () => {
	await supervisor.push([supervisor.item(elsewhere(1))]);
	const entry = onlyEntry();
	const kindOf = async (agent: Agent, decision: QuarantineDecision) => {
		const [receipt] = await agent.push([agent.item(decision)]);
		return receipt?.result;
	};
	const accept = (document: unknown) => decide(entry, { kind: 'accepted', document });
	const rejected = (reason: string, path: unknown = expect.anything()) => ({ kind: 'rejected', reason, path });
	const ofOther = { ...anObservation(1), reporterId: anId('person', 2) };
	expect(await kindOf(coordinator, accept(ofOther))).toEqual(rejected('notAllowed', 'decision.document'));
	// Something else than what was refused, in the author's own name.
	expect(await kindOf(coordinator, accept(anObservation(7)))).toEqual(rejected('idMismatch', 'decision.document.id'));
	expect(await kindOf(coordinator, accept(elsewhere(1)))).toEqual(rejected('unknownReference'));
	expect(await kindOf(coordinator, accept({ ...anObservation(1), extra: 1 }))).toEqual(rejected('malformed'));
	expect(await kindOf(coordinator, accept(decide(entry, { kind: 'answered', text: 'x' })))).toEqual(
		rejected('notAllowed'),
	);
	expect(await kindOf(coordinator, { ...accept(ofOther), authorId: anId('person', 2) })).toEqual(
		rejected('idMismatch', 'authorId'),
	);
	const forged = { ...accept(anObservation(1)), decidedBy: anId('person', 2) };
	expect(await kindOf(teacher, forged)).toEqual({ kind: 'rejected', reason: 'notAllowed' });
	expect(server.school.replica.all('observation')).toEqual([]);
	expect(stateOf(entry.id)).toBe('open');
});

test('what was refused of a case of a few is read by its author alone, and lets nobody in', async () => {
	const members = [anId('person', 2)];
	const closed = aCase(1, { protocol: 'reportingCode', memberIds: members });
	await teacher.push([teacher.item(closed)]);
	const tooLong = aCaseEntry(1, { text: 'x'.repeat(5000) });
	const other = { ...closed, pupils: closed.pupils.slice(0, 1) };
	const receipts = await teacher.push([teacher.item(tooLong), teacher.item(other)]);
	expect(receipts.map(({ result }) => result.kind)).toEqual(['rejected', 'conflict']);
	await Promise.all([teacher.pull(), coordinator.pull()]);
	expect(teacher.ofType('quarantineEntry')).toHaveLength(2);
	expect(coordinator.ofType('quarantineEntry')).toEqual([]);
	const entry = entries().find(({ itemId }) => itemId === closed.id);
	if (!entry) throw new Error('no entry');
	const widened = { ...closed, memberIds: [...members, anId('person', 3)] };
	const [receipt] = await coordinator.push([coordinator.item(decide(entry, { kind: 'accepted', document: widened }))]);
	expect(receipt?.result).toMatchObject({ kind: 'rejected', reason: 'notAllowed' });
	expect(server.school.replica.find('case', closed.id)?.memberIds).toEqual(members);
});

test('an answer reaches the author, and may be followed by accepting after all', async () => {
	await supervisor.push([supervisor.item(elsewhere(1, { occurredAt: '2026-03-09T11:00' as LocalDateTime }))]);
	const answered = coordinator.item(decide(onlyEntry(), { kind: 'answered', text: 'Welke plek was dit?' }));
	await coordinator.push([answered]);
	await Promise.all([supervisor.pull(), teacher.pull()]);
	expect(supervisor.ofType('quarantineDecision')).toHaveLength(1);
	expect(teacher.ofType('quarantineDecision')).toEqual([]);
	expect(stateOf(onlyEntry().id)).toBe('answered');
	const accepted = decide(onlyEntry(), { kind: 'accepted', document: anObservation(1) });
	await coordinator.push([coordinator.item(accepted, { baseRev: answered.rev })]);
	expect(stateOf(onlyEntry().id)).toBe('accepted');
});
