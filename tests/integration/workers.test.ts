import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Case, FollowUp } from '#domain/cases/case.ts';
import { reminderIdFor } from '#domain/reminders/plan-reminders.ts';
import { MS_PER_DAY, type Instant, type LocalDate } from '#domain/time/local-time.ts';
import { calendarFeed } from '#server/notify/calendar-feed.ts';
import { dueAtSchool } from '#server/notify/due-at-school.ts';
import type { DocumentStore, StoreHost, StoreRecord } from '#server/store/document-store.ts';
import { envelopeOf } from '#server/store/envelope.ts';
import { memoryHost } from '#server/store/memory.ts';
import { analysis } from '#server/workers/analysis.ts';
import { reminders } from '#server/workers/reminders.ts';
import { startWorker } from '#server/workers/runner.ts';
import { aRoster, anId, anObservation } from '#tests/factories/school.ts';
import { NOON, startSchool } from './running-school.ts';

/** Many runs on a busy machine. */
const MANY_RUNS_MS = 60_000;

const aCase: Case = {
	type: 'case',
	v: 1,
	id: anId('case', 1),
	schoolId: anId('school', 1),
	protocol: 'fiveB',
	pupils: [{ pupilId: anId('pupil', 1), role: 'instigator' }],
	incidentIds: [],
	openedBy: anId('person', 2),
	openedAt: NOON as Instant,
	memberIds: [anId('person', 2)],
};

const aFollowUp = (n: number, plannedOn = '2026-03-23'): FollowUp => ({
	type: 'followUp',
	v: 1,
	id: anId('followUp', n),
	schoolId: anId('school', 1),
	caseId: aCase.id,
	turn: 1,
	about: { pupilId: anId('pupil', 1), role: 'instigator' },
	plannedOn: plannedOn as LocalDate,
	ownerId: anId('person', 2),
	setBy: anId('person', 2),
	setAt: NOON as Instant,
});

const broken = (error: unknown) => {
	throw error;
};

test('a follow-up that is pushed comes back as a reminder to its owner', async () => {
	const server = await startSchool();
	const worker = await startWorker(reminders, server.school, () => new Date(NOON), broken);
	const [supervisor, teacher] = [await server.signIn(1), await server.signIn(2)];
	await teacher.push([aCase, aFollowUp(1)].map((doc) => teacher.item(doc)));
	await worker.settled();
	await Promise.all([supervisor.pull(), teacher.pull()]);
	expect(teacher.ofType('reminder')).toMatchObject([{ id: reminderIdFor(aFollowUp(1).id), resolved: false }]);
	expect(supervisor.ofType('reminder')).toEqual([]);
	await worker.stop();
	await server.stop();
});

test('a look back planned past the last year there is: refused at the door, and one from before harms nobody', async () => {
	const server = await startSchool();
	const teacher = await server.signIn(2);
	const late = teacher.item(aFollowUp(2, '9999-12-31'));
	const receipts = await teacher.push([teacher.item(aCase), late, teacher.item(aFollowUp(1))]);
	expect(receipts.map(({ result }) => result)).toMatchObject([
		{ kind: 'stored' },
		{ kind: 'rejected', reason: 'malformed', path: 'plannedOn' },
		{ kind: 'stored' },
	]);

	// Stored by a server that did not look yet.
	const arrival = { rev: 'r1', receivedAt: NOON as Instant, authorId: null, deviceId: null, seq: null };
	const record = envelopeOf(aFollowUp(2, '9999-12-31'), arrival);
	await server.school.replica.write([{ record, expectedRev: null }]);
	const worker = await startWorker(reminders, server.school, () => new Date(NOON), broken);
	await worker.settled();
	const standing = server.school.replica.all('reminder');
	expect(standing.map(({ id }) => id)).toEqual([reminderIdFor(aFollowUp(1).id)]);
	expect(server.school.replica.find('followUp', aFollowUp(2).id)?.plannedOn).toBe('9999-12-31');

	const { due } = dueAtSchool(server.school.replica, '2026-03-23' as LocalDate);
	expect(due).toHaveLength(2);
	const feed = calendarFeed(due, 'nl', 'https://school.example', new Date(NOON));
	expect(feed.match(/^UID:.*$/gm)).toEqual([`UID:${reminderIdFor(aFollowUp(1).id)}`]);
	await worker.stop();
	await server.stop();
});

test('the snapshot of the analysis follows what was told, and reaches the coordinator only', async () => {
	const server = await startSchool();
	const worker = await startWorker(analysis, server.school, () => new Date(NOON), broken);
	const [supervisor, teacher, coordinator] = [await server.signIn(1), await server.signIn(2), await server.signIn(3)];
	await supervisor.push([1, 2].map((n) => supervisor.item(anObservation(n))));
	await worker.settled();
	await Promise.all([supervisor, teacher, coordinator].map((agent) => agent.pull()));
	expect(coordinator.ofType('analysis')).toMatchObject([
		{
			observations: 2,
			unprocessed: 2,
			pupilsAt80: 1,
			counters: [
				{ pupilId: anId('pupil', 1), reporter: 0, instigator: 2, victim: 0 },
				{ pupilId: anId('pupil', 2), reporter: 0, instigator: 0, victim: 2 },
			],
		},
	]);
	expect([...teacher.ofType('analysis'), ...supervisor.ofType('analysis')]).toEqual([]);
	await worker.stop();
	await server.stop();
});

test('nothing changed means nothing written, at a new start and on a new day', async () => {
	const server = await startSchool([...aRoster(), aCase, aFollowUp(1)]);
	let time = Date.parse(NOON);
	const startAndSettle = async () => {
		const worker = await startWorker(reminders, server.school, () => new Date(time), broken);
		await worker.settled();
		await worker.stop();
		return server.school.replica.get(reminderIdFor(aFollowUp(1).id));
	};
	const first = await startAndSettle();
	time += MS_PER_DAY;
	expect(await startAndSettle()).toEqual(first);
	await server.stop();
});

test(
	'killed anywhere and started again, a worker misses nothing and doubles nothing',
	{ timeout: MANY_RUNS_MS },
	async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 }),
				fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 4 }),
				async (followUps, kills) => {
					const memory = memoryHost();
					const docs = [...aRoster(), aCase, ...followUps.map((n) => aFollowUp(n))];
					const setUp = await startSchool(docs, memory);
					await setUp.stop();
					const written = new Map<string, number>();
					for (const killAt of [...kills, Infinity]) {
						const server = await startSchool([], dyingHost(memory, killAt, written));
						const worker = await startWorker(
							reminders,
							server.school,
							() => new Date(NOON),
							() => {},
						);
						await worker.settled();
						await worker.stop();
						await server.stop();
					}
					const expected = followUps.map((n) => reminderIdFor(aFollowUp(n).id)).sort();
					const server = await startSchool([], memory);
					const held = server.school.replica.all('reminder').map(({ id }) => id);
					await server.stop();
					expect(held.sort()).toEqual(expected);
					expect([...written].sort()).toEqual(expected.map((id) => [id, 1]));
				},
			),
			{ numRuns: 40 },
		);
	},
);

/** A host that stops doing anything after so many single writes, in the middle of a bulk write too. */
function dyingHost(host: StoreHost, killAt: number, written: Map<string, number>): StoreHost {
	let done = 0;
	const orDie = () => {
		if (done++ >= killAt) throw new Error('killed');
	};
	return {
		...host,
		async open<R extends StoreRecord>(name: string): Promise<DocumentStore<R>> {
			const store = await host.open<R>(name);
			return {
				...store,
				async putAll(writes) {
					const outcomes = [];
					for (const { record, expectedRev } of writes) {
						if (record.id.startsWith('rem_')) orDie();
						const outcome = await store.put(record, expectedRev);
						if (outcome.ok && record.id.startsWith('rem_')) written.set(record.id, (written.get(record.id) ?? 0) + 1);
						outcomes.push(outcome);
					}
					return outcomes;
				},
				async writeNote(noteName, value) {
					orDie();
					await store.writeNote(noteName, value);
				},
			};
		},
	};
}
