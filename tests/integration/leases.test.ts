import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startCouchDouble } from '#tests/contracts/couch-double.ts';
import { observedBy, signInAt } from './device-over-http.ts';
import { killAll, runServer } from './process.ts';

/** Two real processes, one lease that runs out, on a busy machine. */
const PATIENCE_MS = 120_000;

/** Longer ago than 365 days would not count. */
const today = () => new Date().toISOString().slice(0, 10);

let couch: Awaited<ReturnType<typeof startCouchDouble>>;
let folder: string;

beforeAll(async () => {
	couch = await startCouchDouble();
	folder = mkdtempSync(join(tmpdir(), 'pleinwacht-leases-'));
});
afterEach(killAll);
afterAll(async () => {
	await couch.stop();
	rmSync(folder, { recursive: true });
});

const start = (name: string) => runServer('main.ts', { COUCHDB_URL: couch.url, DATA_DIR: join(folder, name) });

interface Row {
	readonly doc: { readonly _rev: string; readonly owner?: string; readonly doc?: { readonly observations: number } };
}

async function rowsOf(database: string): Promise<Row['doc'][]> {
	const answer = await fetch(`${couch.url}/pleinwacht_${database}/_all_docs?include_docs=true`);
	return ((await answer.json()) as { rows: Row[] }).rows.map(({ doc }) => doc);
}

/** The snapshot a worker writes: its figure, and how often it has been written. */
async function snapshot(): Promise<{ observations: number; writes: number }> {
	const databases = (await (await fetch(`${couch.url}/_all_dbs`)).json()) as string[];
	const school = databases.find((name) => name.startsWith('pleinwacht_school_'))?.slice('pleinwacht_'.length) ?? '';
	const row = (await rowsOf(school)).find(({ doc }) => doc && 'counters' in doc);
	return { observations: row?.doc?.observations ?? 0, writes: Number(row?._rev.split('-')[0] ?? 0) };
}

const ownerOf = async () => (await rowsOf('leases')).find(({ owner }) => owner)?.owner;

test(
	'of two servers on one CouchDB one works; killed, the other takes over, and nothing is done twice',
	{ timeout: PATIENCE_MS },
	async () => {
		const first = start('first');
		const firstAddress = await first.ready();
		const before = await snapshot();
		const owner = await ownerOf();
		const second = start('second');
		const secondAddress = await second.ready();
		const supervisor = await signInAt(firstAddress, 'supervisor');
		const tell = async (n: number, at: string) => {
			const doc = { ...observedBy(supervisor.session, n), occurredAt: `${today()}T00:00` };
			return supervisor.push([supervisor.item(doc as ReturnType<typeof observedBy>)], at);
		};

		expect(await tell(1, secondAddress)).toMatchObject([{ result: { kind: 'stored' } }]);
		await expect
			.poll(async () => (await snapshot()).observations, { timeout: PATIENCE_MS })
			.toBe(before.observations + 1);
		expect((await snapshot()).writes).toBe(before.writes + 1);

		// Which of the two it fell to was drawn; kill that one.
		const worker = (await ownerOf()) === owner ? first : second;
		const survivor = worker === first ? secondAddress : firstAddress;
		worker.child.kill('SIGKILL');
		await worker.ended;
		const killed = await ownerOf();
		expect(await tell(2, survivor)).toMatchObject([{ result: { kind: 'stored' } }]);
		await expect
			.poll(async () => (await snapshot()).observations, { timeout: PATIENCE_MS })
			.toBe(before.observations + 2);
		expect((await snapshot()).writes).toBe(before.writes + 2);
		expect(await ownerOf()).not.toBe(killed);
	},
);
