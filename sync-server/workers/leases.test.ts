import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SchoolId } from '#domain/id.ts';
import type { DocumentStore } from '#server/store/document-store.ts';
import { memoryStore } from '#server/store/memory.ts';
import { anId } from '#tests/factories/school.ts';
import { BEAT_MS, LEASE_MS, leasesOf, type LeaseRecord, type Leases } from './leases.ts';

const SCHOOLS = [1, 2].map((n) => anId('school', n));

/** How one request of a server ends. `lost`: carried out, but the answer does not come. */
type Ending = 'done' | 'failed' | 'lost';

interface Server {
	readonly leases: Leases;
	/** Lets its next request happen. */
	proceed(ending: Ending): void;
	beating: boolean;
	alive: boolean;
}

const flush = () => new Promise((resolve) => setImmediate(resolve));

/** Several servers on one store, each with a stopwatch of its own pace; every request waits until it is let through. */
function aCluster(paces: readonly number[]) {
	const store = memoryStore<LeaseRecord>();
	let time = 0;
	let started = 0;

	function start(i: number): Server {
		const waiting: ((ending: Ending) => void)[] = [];
		async function slowly<T>(request: () => Promise<T>): Promise<T> {
			const ending = await new Promise<Ending>((resolve) => waiting.push(resolve));
			if (ending === 'failed') throw new Error('not reached');
			const answer = await request();
			if (ending === 'lost') throw new Error('no answer');
			return answer;
		}
		const slow: DocumentStore<LeaseRecord> = {
			...store,
			put: (record, rev) => slowly(() => store.put(record, rev)),
			remove: (id) => slowly(() => store.remove(id)),
			async *changes(since) {
				const batches = await slowly(async () => {
					const read = [];
					for await (const batch of store.changes(since)) read.push(batch);
					return read;
				});
				yield* batches;
			},
		};
		const pace = paces[i] ?? 1;
		const stopwatch = () => i * 1_000_000 + time * pace;
		return {
			leases: leasesOf(slow, `s${++started}`, stopwatch, () => ''),
			proceed: (ending) => waiting.shift()?.(ending),
			beating: false,
			alive: true,
		};
	}

	const servers = paces.map((_, i) => start(i));

	return {
		servers,
		pass: (ms: number) => void (time += ms),
		restart: (i: number) => void (servers[i] = start(i)),
		beat(server: Server) {
			if (server.beating) return;
			server.beating = true;
			void server.leases
				.beat(SCHOOLS)
				.catch(() => {})
				.finally(() => (server.beating = false));
		},
		async letAllThrough() {
			for (let i = 0; i < 8; i++) {
				for (const server of servers) if (server.alive) server.proceed('done');
				await flush();
			}
		},
		holders: (school: SchoolId) => servers.filter(({ alive, leases }) => alive && leases.holds(school)).length,
	};
}

/** Long enough for every lease of one who is gone to run out. */
async function settleDown(cluster: ReturnType<typeof aCluster>) {
	for (let round = 0; round < 10; round++) {
		cluster.servers.filter(({ alive }) => alive).forEach(cluster.beat);
		await cluster.letAllThrough();
		cluster.pass(BEAT_MS);
		for (const school of SCHOOLS) expect(cluster.holders(school)).toBeLessThanOrEqual(1);
	}
}

const anAction = fc.record({
	kind: fc.constantFrom(
		'beat',
		'beat',
		'proceed',
		'proceed',
		'proceed',
		'pass',
		'pass',
		'fail',
		'lose',
		'kill',
		'restart',
	),
	who: fc.nat({ max: 2 }),
	ms: fc.integer({ min: 1, max: LEASE_MS * 0.6 }),
});

test('whatever is slow, lost or killed: no two servers hold one school, and in quiet each school has one', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.tuple(...[0, 1, 2].map(() => fc.double({ min: 0.9, max: 1.1, noNaN: true }))),
			fc.array(anAction, { minLength: 20, maxLength: 60 }),
			async (paces, actions) => {
				const cluster = aCluster(paces);
				await settleDown(cluster);
				for (const { kind, who, ms } of actions) {
					const server = cluster.servers[who];
					if (!server) continue;
					if (kind === 'beat' && server.alive) cluster.beat(server);
					for (let i = 0; kind === 'proceed' && server.alive && i < ms % 7; i++) {
						server.proceed('done');
						await flush();
					}
					if (kind === 'fail') server.proceed('failed');
					if (kind === 'lose') server.proceed('lost');
					if (kind === 'pass') cluster.pass(ms);
					if (kind === 'kill') server.alive = false;
					if (kind === 'restart') cluster.restart(who);
					await flush();
					for (const school of SCHOOLS) expect(cluster.holders(school)).toBeLessThanOrEqual(1);
				}
				await settleDown(cluster);
				const alive = cluster.servers.filter((server) => server.alive);
				for (const school of SCHOOLS) expect(cluster.holders(school)).toBe(alive.length > 0 ? 1 : 0);
			},
		),
		{ numRuns: 300 },
	);
});

test('one who stops leaves its schools to the others at their next beat', async () => {
	const cluster = aCluster([1, 1]);
	const [first, second] = cluster.servers;
	if (!first || !second) throw new Error('There are two');
	await settleDown(cluster);
	const released = first.leases.release();
	await cluster.letAllThrough();
	await released;
	cluster.beat(second);
	await cluster.letAllThrough();
	expect(SCHOOLS.filter((school) => second.leases.holds(school))).toEqual(SCHOOLS);
});
