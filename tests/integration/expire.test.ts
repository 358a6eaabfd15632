import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DomainDocument } from '#domain/document.ts';
import type { Processing } from '#domain/incident/processing.ts';
import { withdrawalOf } from '#domain/observation/withdraw.ts';
import { KEPT_DAYS } from '#domain/retention/expiry.ts';
import type { RoundEntry, RoundSnapshot } from '#domain/rounds/round.ts';
import { addDays, MS_PER_DAY, type Instant, type LocalDate, type LocalDateTime } from '#domain/time/local-time.ts';
import { expire } from '#server/retention/expire.ts';
import type { DocumentStore, StoreHost, StoreRecord } from '#server/store/document-store.ts';
import { memoryHost } from '#server/store/memory.ts';
import { aRoster, anId, anObservation } from '#tests/factories/school.ts';
import { NOON, startSchool } from './running-school.ts';

/** Many runs on a busy machine. */
const MANY_RUNS_MS = 60_000;

const TODAY = '2026-03-09' as LocalDate;
const now = new Date(NOON);

const toldOn = (n: number, date: string, over: Parameters<typeof anObservation>[1] = {}) =>
	anObservation(n, { occurredAt: `${date}T12:14` as LocalDateTime, ...over });

const daysAgo = (days: number) => addDays(TODAY, -days);

const withProcessing = (n: number, over: Partial<Processing>): DomainDocument => ({
	type: 'processing',
	v: 1,
	id: anId('processing', n),
	schoolId: anId('school', 1),
	observationId: anId('observation', n),
	incidentId: anId('incident', n),
	outcome: 'confirmed',
	participants: [],
	victimGroupId: anId('group', 8),
	behaviours: ['gossip'],
	forms: ['relational', 'verbal'],
	aggressionFunction: null,
	basket: 'yellow',
	placeId: anId('place', 3),
	processedBy: anId('person', 3),
	processedAt: NOON as Instant,
	...over,
});

test('365 days after it happened an observation is a count in its month, and a day before it is not', async () => {
	const server = await startSchool([
		...aRoster(),
		toldOn(1, daysAgo(KEPT_DAYS)),
		toldOn(2, daysAgo(KEPT_DAYS - 1)),
		toldOn(3, '2025-01-10', { note: 'by the fence' }),
		withProcessing(3, {}),
		toldOn(4, '2025-01-11', { basket: 'green', behaviours: ['helping'] }),
		toldOn(5, '2025-01-12'),
		withdrawalOf(toldOn(5, '2025-01-12'), anId('person', 1), NOON as Instant),
		toldOn(6, '2025-01-13'),
		withProcessing(6, { outcome: 'setAside' }),
	]);
	const coordinator = await server.signIn(3);
	await coordinator.pull();
	expect(await expire(server.school, now)).toBe(8);
	expect(await expire(server.school, now)).toBe(0);
	expect(server.school.replica.all('observation').map(({ id }) => id)).toEqual([anId('observation', 2)]);
	const { dropped } = await coordinator.pull();
	expect(dropped).toHaveLength(8);
	expect(new Set(dropped.map(([, why]) => why))).toEqual(new Set(['expired']));
	const counts = coordinator.ofType('monthCounts').sort((a, b) => a.id.localeCompare(b.id));
	expect(counts).toMatchObject([
		{
			month: '2025-01',
			...{ observations: 1, good: 1, counted: [] },
			byPlace: [{ placeId: anId('place', 3), count: 1 }],
			byForm: [
				{ form: 'relational', count: 1 },
				{ form: 'verbal', count: 1 },
			],
			byBand: [{ band: 'upper', count: 1 }],
		},
		{ month: '2025-03', observations: 1, byBand: [{ band: 'upper', count: 1 }] },
	]);
	await server.stop();
});

test('what comes in late and is too old already is counted too, and then goes', async () => {
	const server = await startSchool();
	const supervisor = await server.signIn(1);
	const late = supervisor.item(toldOn(1, '2025-01-10'));
	expect((await supervisor.push([late]))[0]?.result.kind).toBe('stored');
	await expire(server.school, now);
	expect((await supervisor.push([late]))[0]?.result.kind).toBe('erased');
	expect(server.school.replica.all('monthCounts')).toMatchObject([{ observations: 1 }]);
	await server.stop();
});

test('a refused item goes 30 days after its story ended, and after a year in any case', async () => {
	const server = await startSchool();
	const supervisor = await server.signIn(1);
	const elsewhere = (n: number) => supervisor.item(anObservation(n, { placeId: anId('place', 99) }));
	await supervisor.push([elsewhere(1), elsewhere(2)]);
	await supervisor.push([supervisor.item(anObservation(1))]);
	const after = async (days: number) => {
		await expire(server.school, new Date(now.getTime() + days * MS_PER_DAY));
		return server.school.replica.all('quarantineEntry').length;
	};
	expect(await after(29)).toBe(2);
	expect(await after(30)).toBe(1);
	expect(await after(KEPT_DAYS)).toBe(0);
	await server.stop();
});

test('killed anywhere and started again, each is counted once and erased', { timeout: MANY_RUNS_MS }, async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.uniqueArray(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 12 }),
			fc.array(fc.integer({ min: 0, max: 14 }), { maxLength: 4 }),
			async (days, kills) => {
				const memory = memoryHost();
				const told = days.map((n) => toldOn(n, daysAgo(KEPT_DAYS + n)));
				await (await startSchool([...aRoster(), ...told], memory)).stop();
				for (const killAt of [...kills, Infinity]) {
					const server = await startSchool([], dyingHost(memory, killAt)).catch(() => undefined);
					if (server) await expire(server.school, now).catch(() => {});
					await server?.stop();
				}
				const server = await startSchool([], memory);
				await expire(server.school, now);
				const counts = server.school.replica.all('monthCounts');
				expect(counts.reduce((sum, { observations }) => sum + observations, 0)).toBe(days.length);
				expect(server.school.replica.all('observation')).toEqual([]);
				await server.stop();
			},
		),
		{ numRuns: 40 },
	);
});

/** A host that stops doing anything after so many writes and removals. */
function dyingHost(host: StoreHost, killAt: number): StoreHost {
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
					if (writes.length > 0) orDie();
					return store.putAll(writes);
				},
				async removeAll(ids) {
					if (ids.length > 0) orDie();
					await store.removeAll(ids);
				},
			};
		},
	};
}

test('a year later a round is figures: what was ticked and noted is gone, who was counted is forgotten', async () => {
	const yearAgo = `${daysAgo(KEPT_DAYS)}T10:00:00.000Z` as Instant;
	const schoolId = anId('school', 1);
	const roundId = anId('round', 1);
	const by = { writtenBy: anId('person', 3), writtenAt: yearAgo };
	const entry = (n: number, what: RoundEntry['what'], over: Partial<RoundEntry> = {}): RoundEntry => ({
		...{ type: 'roundEntry', v: 1, id: anId('roundEntry', n), schoolId, roundId, what, ...by, ...over },
	});
	const snapshot = (n: number, on: LocalDate): RoundSnapshot => ({
		...{ type: 'roundSnapshot', v: 1, id: anId('roundSnapshot', n), schoolId, roundId, siteId: anId('site', 1), on },
		...{ since: null, incidents: 40, incidentsSince: null, schoolDaysSince: null, structural: 1 },
		statuses: { A0: 0, A1: 1, A2: 0, N: 0, 'N+': 0, S1: 0, S2: 0, SN: 0 },
		pupils: [{ pupilId: anId('pupil', 1), instigator: 9, victim: 0, instigatorIncrease: null, victimIncrease: null }],
		...{ madeBy: anId('person', 3), madeAt: yearAgo },
	});
	const server = await startSchool([
		...aRoster(),
		entry(1, { kind: 'talked', pupilId: anId('pupil', 1), done: true }),
		entry(2, { kind: 'note', groupId: null, text: 'Daan besproken' }),
		entry(3, { kind: 'closed' }),
		entry(4, { kind: 'talked', pupilId: anId('pupil', 1), done: true }, { writtenAt: NOON as Instant }),
		snapshot(1, daysAgo(KEPT_DAYS)),
		snapshot(2, daysAgo(KEPT_DAYS - 1)),
	]);
	expect(await expire(server.school, now)).toBe(2);
	expect(await expire(server.school, now)).toBe(0);
	const { replica } = server.school;
	expect(replica.all('roundEntry').map(({ id }) => id)).toEqual([anId('roundEntry', 3), anId('roundEntry', 4)]);
	expect(replica.find('roundSnapshot', anId('roundSnapshot', 1))).toMatchObject({ incidents: 40 });
	expect(replica.find('roundSnapshot', anId('roundSnapshot', 1))).not.toHaveProperty('pupils');
	expect(replica.find('roundSnapshot', anId('roundSnapshot', 2))).toHaveProperty('pupils');
	await server.stop();
});
