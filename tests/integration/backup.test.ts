import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { restore } from '#server/backup/restore.ts';
import { backupOf } from '#server/backup/write.ts';
import { perSession } from '#server/gateway/rate.ts';
import { erase } from '#server/retention/erase.ts';
import { memoryHost } from '#server/store/memory.ts';
import { startCouchDouble } from '#tests/contracts/couch-double.ts';
import { anId, anObservation, aRoster } from '#tests/factories/school.ts';
import { observedBy, signInAt } from './device-over-http.ts';
import { killAll, runServer } from './process.ts';
import { NOON, startSchool } from './running-school.ts';

/** Real processes on a busy machine. */
const PATIENCE_MS = 180_000;
/** As often as a session may ask, however fast the machine. */
const PACE_MS = 60_000 / perSession.max;

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'pleinwacht-backup-'));
});
afterEach(() => {
	killAll();
	rmSync(folder, { recursive: true, force: true });
});

test('after a restore devices come to hold what the server has, and what they had not sent still arrives', async () => {
	const before = await startSchool(aRoster());
	const [supervisor, coordinator] = [await before.signIn(1), await before.signIn(3)];
	await supervisor.push([1, 2, 3].map((n) => supervisor.item(anObservation(n))));
	await erase(before.school, [anId('observation', 3)], 'erased', new Date(NOON));
	const file = join(folder, 'backup');
	const chunks: string[] = [];
	for await (const chunk of backupOf(before.host, new Date(NOON))) chunks.push(chunk);
	writeFileSync(file, new Uint8Array(gzipSync(chunks.join(''))));
	const correction = supervisor.item(anObservation(1, { basket: 'red' }), { baseRev: 'r1' });
	await supervisor.push([supervisor.item(anObservation(4)), correction]);
	await coordinator.pull();
	await before.stop();

	const host = memoryHost();
	await restore(host, file, []);
	const after = await startSchool([], host);
	const [sender, reader] = [await after.signIn(1), await after.signIn(3)];
	coordinator.held.forEach((each, id) => reader.held.set(id, each));
	await reader.pull();
	expect((await reader.compare()).statusCode).toBe(204);
	expect(
		reader
			.ofType('observation')
			.map(({ id }) => id)
			.sort(),
	).toEqual([1, 2].map((n) => anId('observation', n)));

	// Sent again: what the old server took in after the backup, something new, and something that was erased.
	expect(await sender.push([correction])).toMatchObject([{ result: { kind: 'stored' } }]);
	expect(await sender.push([{ ...sender.item(anObservation(5)), seq: 10 }])).toMatchObject([
		{ result: { kind: 'stored' } },
	]);
	expect(await sender.push([{ ...sender.item(anObservation(3)), seq: 11 }])).toMatchObject([
		{ result: { kind: 'erased' } },
	]);
	await reader.pull();
	expect(
		reader
			.ofType('observation')
			.map(({ id }) => id)
			.sort(),
	).toEqual([1, 2, 5].map((n) => anId('observation', n)));
	await after.stop();
});

test(
	'backup from a server at work, restore elsewhere, move to CouchDB and back',
	{ timeout: PATIENCE_MS },
	async () => {
		const [data, second, third] = ['data', 'second', 'third'].map((name) => join(folder, name)) as [
			string,
			string,
			string,
		];
		const backups = join(folder, 'backups');
		mkdirSync(backups);
		writeFileSync(join(backups, 'pleinwacht-2020-01-01T00-00-00Z.jsonl.gz'), '');
		const cli = (env: Record<string, string>, ...args: string[]) => runServer('cli.ts', env, args).ended;

		const server = runServer('main.ts', { DATA_DIR: data });
		const supervisor = await signInAt(await server.ready(), 'supervisor');
		let sent = 0;
		let busy = true;
		const work = (async () => {
			while (busy) {
				await supervisor.push([supervisor.item(observedBy(supervisor.session, ++sent))]);
				await sleep(PACE_MS);
			}
		})();
		const made = await cli({ DATA_DIR: data }, 'backup', backups);
		busy = false;
		await work;
		expect(made.stderr).toBe('');
		expect(made.stdout).toMatch(
			/^\d+ records in \S+ \(sha256 \w{64}\)\.\nRemoved pleinwacht-2020-01-01T00-00-00Z\.jsonl\.gz\.\n$/,
		);
		const [name] = readdirSync(backups);
		const file = join(backups, name ?? '');
		const occupied = await cli({ DATA_DIR: data }, 'restore', file);
		expect([occupied.code, occupied.stderr]).toEqual([1, expect.stringMatching(/in use by another Pleinwacht/)]);
		server.child.kill('SIGTERM');
		await server.ended;
		const full = await cli({ DATA_DIR: data }, 'restore', file);
		expect([full.code, full.stderr]).toEqual([1, expect.stringMatching(/^There is data in this store already\./)]);

		expect((await cli({ DATA_DIR: second }, 'restore', file)).stdout).toMatch(/^Restored \d+ records of /);
		const couch = await startCouchDouble();
		try {
			const env = { COUCHDB_URL: couch.url };
			const there = await cli({ DATA_DIR: second, ...env }, 'migrate-store', '--from', 'embedded', '--to', 'couchdb');
			expect(there.stdout).toMatch(/^accounts: \d+ records, digest \w{16} on both sides\nschool_/);
			const back = await cli({ DATA_DIR: third, ...env }, 'migrate-store', '--from', 'couchdb', '--to', 'embedded');
			expect(digestsIn(back.stdout)).toEqual(digestsIn(there.stdout));
		} finally {
			await couch.stop();
		}

		const [from, to] = [await cli({ DATA_DIR: second }, 'export'), await cli({ DATA_DIR: third }, 'export')];
		expect(to.stdout.split('\n').sort()).toEqual(from.stdout.split('\n').sort());
		const again = runServer('main.ts', { DATA_DIR: third });
		const held = (await (await signInAt(await again.ready(), 'coordinator')).all('observation')).map(({ id }) => id);
		// Of what was sent one by one, a first part: nothing in between is missing.
		const told = held.filter((id) => id.startsWith('obs_01K001')).sort();
		expect(told).toEqual(told.map((_, i) => observedBy(supervisor.session, i + 1).id));
	},
);

const digestsIn = (text: string) => text.split('\n').filter((line) => line.includes('digest'));
