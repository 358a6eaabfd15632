import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DomainDocument } from '#domain/document.ts';
import type { Person } from '#domain/school/roster.ts';
import type { Instant, LocalDate } from '#domain/time/local-time.ts';
import { MS_PER_DAY } from '#domain/time/local-time.ts';
import { dueAtSchool } from '#server/notify/due-at-school.ts';
import { expire } from '#server/retention/expire.ts';
import { aRoster, anId } from '#tests/factories/school.ts';
import { aSignal, aSignalReview } from '#tests/factories/signals.ts';
import { startSchool, type Agent } from './running-school.ts';

const TODAY = '2026-03-09' as LocalDate;
const aConfidant = (n: number, over: Partial<Person> = {}): Person => ({
	...{ type: 'person', v: 1, id: anId('person', n), schoolId: anId('school', 1), name: `V${n}`, groupIds: [] },
	...{ roles: ['confidant'], ...over },
});
const noted = (n: number, by: number, over: Parameters<typeof aSignal>[1] = {}) =>
	aSignal(n, {
		...{ on: TODAY, notedAt: '2026-03-09T10:00:00.000Z' as Instant, notedBy: anId('person', by) },
		...over,
	});

let server: Awaited<ReturnType<typeof startSchool>>;
let supervisor: Agent;
let teacher: Agent;
let coordinator: Agent;
let confidant: Agent;
let elsewhere: Agent;

beforeEach(async () => {
	server = await startSchool([...aRoster(), aConfidant(4), aConfidant(5, { siteIds: [anId('site', 2)] })]);
	[supervisor, teacher, coordinator, confidant, elsewhere] = (await Promise.all(
		[1, 2, 3, 4, 5].map((n) => server.signIn(n)),
	)) as [Agent, Agent, Agent, Agent, Agent];
});
afterEach(() => server.stop());

const seenBy = async (agent: Agent) => {
	await agent.pull();
	return agent.ofType('signal').map(({ id }) => id as string);
};
const results = async (agent: Agent, doc: DomainDocument) =>
	(await agent.push([agent.item(doc)])).map(({ result }) => result.kind);

test('one signal stays with who noted it, who teaches the child and the coordinator; the second brings both to the confidant', async () => {
	expect(await results(supervisor, noted(1, 1))).toEqual(['stored']);
	expect(await seenBy(teacher)).toEqual([anId('signal', 1)]);
	expect(await seenBy(coordinator)).toEqual([anId('signal', 1)]);
	expect(await seenBy(confidant)).toEqual([]);
	expect(await results(teacher, noted(2, 2))).toEqual(['stored']);
	expect((await seenBy(confidant)).sort()).toEqual([anId('signal', 1), anId('signal', 2)]);
	expect(await seenBy(elsewhere)).toEqual([]);
	expect(await seenBy(supervisor)).toEqual([anId('signal', 1)]);
});

test('noting one oneself is no way to read what somebody else noted, and nobody is asked about what they cannot read', async () => {
	await results(supervisor, noted(1, 1));
	expect(await results(confidant, noted(2, 4))).toEqual(['stored']);
	expect(await seenBy(confidant)).toEqual([anId('signal', 2)]);
	const askedOf = (n: number) => dueAtSchool(server.school.replica, TODAY).signalsFor(anId('person', n)).length;
	expect([askedOf(2), askedOf(4)]).toEqual([1, 0]);
	await results(teacher, noted(3, 2));
	expect(await seenBy(confidant)).toHaveLength(3);
	expect([askedOf(2), askedOf(4)]).toEqual([1, 1]);
});

test('who noted it reaches the coordinator only', async () => {
	await results(supervisor, noted(1, 1));
	await results(teacher, noted(2, 2));
	await Promise.all([teacher, coordinator, confidant].map((agent) => agent.pull()));
	const notedBy = (agent: Agent, n: number) => (agent.held.get(anId('signal', n))?.doc as { notedBy?: string }).notedBy;
	expect([1, 2].map((n) => notedBy(coordinator, n))).toEqual([anId('person', 1), anId('person', 2)]);
	expect([1, 2].map((n) => notedBy(teacher, n))).toEqual([undefined, anId('person', 2)]);
	expect([1, 2].map((n) => notedBy(confidant, n))).toEqual([undefined, undefined]);
});

test('nobody notes in the name of another, and a signal is never changed', async () => {
	expect(await results(teacher, noted(1, 1))).toEqual(['rejected']);
	await results(teacher, noted(2, 2));
	const [receipt] = await teacher.push([
		teacher.item(noted(2, 2, { kinds: ['sad'] }), { baseRev: teacher.held.get(anId('signal', 2))?.rev ?? 'r1' }),
	]);
	expect(receipt?.result.kind).not.toBe('stored');
});

test('the confidant and the teacher are asked; when the confidant looked nobody is, until another one comes', async () => {
	await results(supervisor, noted(1, 1));
	const asked = () =>
		[2, 3, 4, 5].filter((n) => dueAtSchool(server.school.replica, TODAY).signalsFor(anId('person', n)).length > 0);
	expect(asked()).toEqual([]);
	await results(teacher, noted(2, 2));
	expect(asked()).toEqual([2, 4]);
	const review = aSignalReview(1, [noted(1, 1), noted(2, 2)], { reviewedAt: '2026-03-09T11:00:00.000Z' as Instant });
	expect(await results(confidant, review)).toEqual(['stored']);
	expect(asked()).toEqual([]);
	await results(coordinator, noted(3, 3));
	expect(asked()).toEqual([2, 4]);
});

test('after a year signals and who looked at them are gone, on the devices too', async () => {
	await results(supervisor, noted(1, 1));
	await results(teacher, noted(2, 2));
	await results(confidant, aSignalReview(1, [noted(1, 1)], { reviewedAt: '2026-03-09T11:00:00.000Z' as Instant }));
	await confidant.pull();
	const later = new Date(Date.parse('2026-03-09T12:00:00Z') + 365 * MS_PER_DAY);
	expect(await expire(server.school, later)).toBe(3);
	expect(await seenBy(confidant)).toEqual([]);
	expect(confidant.ofType('signalReview')).toEqual([]);
});
