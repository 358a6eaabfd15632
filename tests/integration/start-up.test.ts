import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Session, SignInOptions } from '#domain/session.ts';
import { MS_PER_DAY } from '#domain/time/local-time.ts';
import { PushResponse } from '#domain/sync/messages.ts';
import { startCouchDouble } from '#tests/contracts/couch-double.ts';
import { killAll, runServer, type Ended } from './process.ts';

/** Real processes on a busy machine. */
const PATIENCE_MS = 180_000;

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'pleinwacht-start-'));
});
afterEach(() => {
	killAll();
	rmSync(folder, { recursive: true, force: true });
});

const run = (script: 'main.ts' | 'cli.ts', env: Record<string, string>, args: string[] = []) =>
	runServer(script, { DATA_DIR: join(folder, 'data'), ...env }, args);

/** One sentence (or one per line of a list) without a trace of the inside. */
function expectOneSentence({ code, stderr }: Ended, sentence: RegExp) {
	expect(stderr.trim()).toMatch(sentence);
	expect(stderr.trim().split('\n')).toHaveLength(1);
	expect(stderr).not.toMatch(/\bat .+:\d+:\d+|node:internal/);
	expect(code).toBe(1);
}

test('a port in use is said in one sentence', { timeout: PATIENCE_MS }, async () => {
	const other = createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => other.on('listening', resolve));
	const { port } = other.address() as AddressInfo;
	const ended = await run('main.ts', { PORT: String(port), DEMO: 'no' }).ended;
	other.close();
	expectOneSentence(ended, new RegExp(`^Port ${port} on 127.0.0.1 is in use\\. .*another PORT\\.$`));
});

test('a data folder that cannot be written is said in one sentence', { timeout: PATIENCE_MS }, async () => {
	const file = join(folder, 'a-file');
	writeFileSync(file, '');
	const ended = await run('main.ts', { DATA_DIR: join(file, 'data') }).ended;
	expectOneSentence(ended, /^The data folder \S+ cannot be written \(ENOTDIR\)\. .*another DATA_DIR\.$/);
});

test(
	'a CouchDB that is not there is said in one sentence, without its password',
	{ timeout: PATIENCE_MS },
	async () => {
		const ended = await run('main.ts', { COUCHDB_URL: 'http://admin:geheim@127.0.0.1:1' }).ended;
		expectOneSentence(ended, /^CouchDB at 127\.0\.0\.1:1 cannot be reached\. .*COUCHDB_URL\.$/);
		expect(ended.stderr).not.toContain('geheim');
	},
);

test('a wrong setting is named, with what it must be', { timeout: PATIENCE_MS }, async () => {
	const ended = await run('main.ts', { PORT: 'http', LOG_LEVEL: 'loud' }).ended;
	expectOneSentence(ended, /^Wrong setting: PORT must be a number such as 8080; LOG_LEVEL must be silent, .*debug\.$/);
});

test(
	'the first start makes a demo school, the second keeps its data, a second beside it is refused',
	{ timeout: PATIENCE_MS },
	async () => {
		const first = run('main.ts', {});
		const address = await first.ready();
		const people = await signInOptions(address);
		expect(first.stdout()).toMatch(/making a demo school[\s\S]* documents stored[\s\S]*Sign in with one tap as:/);
		expect(people.demoPeople.map(({ role }) => role)).toContain('coordinator');
		expectOneSentence(await run('main.ts', {}).ended, /^The data folder \S+ is in use by another Pleinwacht\. /);
		first.child.kill('SIGTERM');
		expect((await first.ended).code).toBe(0);

		const second = run('main.ts', {});
		expect(await signInOptions(await second.ready())).toEqual(people);
		expect(second.stdout()).toContain('Keeping the data');
		expect(second.stdout()).not.toContain('stored');
		second.child.kill('SIGINT');
		expect((await second.ended).code).toBe(0);
	},
);

test('what was answered as stored survives a kill without warning', { timeout: PATIENCE_MS }, async () => {
	const first = run('main.ts', {});
	const { receipts, observationId } = await pushOne(await first.ready());
	expect(receipts).toMatchObject([{ result: { kind: 'stored' } }]);
	first.child.kill('SIGKILL');
	await first.ended;

	const { stdout, code } = await run('cli.ts', {}, ['export']).ended;
	expect(code).toBe(0);
	expect(stdout.split('\n').filter((line) => line.includes(`"id":"${observationId}"`))).toHaveLength(1);
});

test('with COUCHDB_URL the same server stands on CouchDB', { timeout: PATIENCE_MS }, async () => {
	const couch = await startCouchDouble();
	try {
		const server = run('main.ts', { COUCHDB_URL: couch.url });
		const { receipts } = await pushOne(await server.ready());
		expect(receipts).toMatchObject([{ result: { kind: 'stored' } }]);
		server.child.kill('SIGTERM');
		expect((await server.ended).code).toBe(0);
		const databases = (await fetch(`${couch.url}/_all_dbs`).then((answer) => answer.json())) as string[];
		const kinds = databases.flatMap((name) => /^pleinwacht_([a-z]+)/.exec(name)?.[1] ?? []);
		expect(kinds.sort()).toEqual(['accounts', 'breaches', 'denied', 'leases', 'looks', 'school']);
	} finally {
		await couch.stop();
	}
});

async function signInOptions(address: string): Promise<SignInOptions> {
	return SignInOptions.parse(await (await fetch(`${address}/api/sign-in`)).json());
}

/** Signs in as the demo's supervisor and tells of one event, as a device would. */
async function pushOne(address: string) {
	const post = (url: string, body: object, cookie = '') =>
		fetch(address + url, {
			method: 'POST',
			headers: { 'content-type': 'application/json', cookie },
			body: JSON.stringify(body),
		});
	const { demoPeople } = await signInOptions(address);
	const signedIn = await post('/api/sign-in', { demoPersonId: demoPeople[0]?.personId });
	const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
	const { personId, schoolId } = Session.parse(await signedIn.json());
	const observationId = 'obs_01K0000000000000000000TEST';
	const doc = {
		type: 'observation',
		v: 1,
		id: observationId,
		schoolId,
		reporterId: personId,
		// Not long ago: what is older than a year goes.
		occurredAt: `${new Date(Date.now() - MS_PER_DAY).toISOString().slice(0, 10)}T12:14`,
		zone: 'Europe/Amsterdam',
		precision: 'exact',
		notedAt: '2026-03-09T11:20:00.000Z',
		placeId: null,
		outsideSchool: false,
		participants: [{ role: 'instigator', description: 'a tall boy' }],
		victimGroupId: null,
		behaviours: ['pushing'],
		digital: false,
		basket: 'orange',
		handling: [],
		means: [],
	};
	const item = { id: observationId, rev: 'r1', baseRev: null, seq: 1, doc };
	const deviceId = 'dev_00000000000000000000000000';
	const answer = await post('/sync/push', { protocol: 1, deviceId, items: [item] }, cookie);
	return { receipts: PushResponse.parse(await answer.json()).receipts, observationId };
}
