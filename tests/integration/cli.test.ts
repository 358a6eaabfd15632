import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { DomainDocument } from '#domain/document.ts';
import { writeRescueFile } from '#domain/sync/write-rescue.ts';
import { MS_PER_DAY } from '#domain/time/local-time.ts';
import { embeddedHost } from '#server/store/embedded.ts';
import { aRoster, anId, anObservation } from '#tests/factories/school.ts';
import { killAll, runServer } from './process.ts';
import { startSchool } from './running-school.ts';

const PATIENCE_MS = 180_000;

/** As much of a JSON Schema as is looked at here. */
const Schema = z.looseObject({ required: z.array(z.string()).optional() });

let dataDir: string;

beforeAll(async () => {
	dataDir = mkdtempSync(join(tmpdir(), 'pleinwacht-cli-'));
	const docs = [...aRoster(), { ...anObservation(1), toldBy: anId('pupil', 3) }];
	await (await startSchool(docs, embeddedHost(dataDir))).stop();
});
afterEach(killAll);
afterAll(() => rmSync(dataDir, { recursive: true }));

const cli = (...args: string[]) => runServer('cli.ts', { DATA_DIR: dataDir }, args).ended;

test('help says what there is and is no failure; wrong use is 2', { timeout: PATIENCE_MS }, async () => {
	const help = await cli('--help');
	for (const command of ['demo', 'analyse', 'export', 'school', 'user', 'rescue', 'erase', 'schema'])
		expect(help.stdout).toContain(command);
	expect(help.code).toBe(0);
	const wrong = await Promise.all([
		cli('dance'),
		cli('export', '--colour'),
		cli('user', 'add', '--name', 'Ada'),
		cli('erase'),
		cli('erase', '--pupil', 'a', '--observation', 'b'),
		cli(),
	]);
	for (const { code, stdout, stderr } of wrong) {
		expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
		expect(stderr).not.toBe('');
	}
});

test('schema prints JSON Schemas of documents and messages', { timeout: PATIENCE_MS }, async () => {
	const all = z.record(z.string(), Schema).parse(JSON.parse((await cli('schema')).stdout));
	expect(Object.keys(all)).toEqual(expect.arrayContaining(['observation', 'case', 'PushRequest', 'PullLine']));
	const one = Schema.parse(JSON.parse((await cli('schema', 'observation')).stdout));
	expect(one).toEqual(all.observation);
	expect(one).toMatchObject({ type: 'object', additionalProperties: false });
	expect(one.required).toContain('occurredAt');
});

test('export writes documents, without who reported unless asked for', { timeout: PATIENCE_MS }, async () => {
	const { code, stdout, stderr } = await cli('export');
	expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
	const docs = stdout
		.trim()
		.split('\n')
		.map((line) => DomainDocument.parse(JSON.parse(line)));
	expect(docs).toHaveLength(aRoster().length + 1);
	const told = docs.find(({ type }) => type === 'observation');
	expect(told).not.toHaveProperty('reporterId');
	expect(told).not.toHaveProperty('toldBy');

	const out = join(dataDir, 'whole.jsonl');
	expect((await cli('export', '--with-reporters', '--out', out)).code).toBe(0);
	expect(readFileSync(out, 'utf8')).toContain(`"reporterId":"${anId('person', 1)}"`);
});

test('user add prints a code that signs in, once', { timeout: PATIENCE_MS }, async () => {
	const added = await cli('user', 'add', '--name', 'Ada', '--role', 'teacher', '--group', '6a');
	const code = /^ {2}(\S+)$/m.exec(added.stdout)?.[1] ?? '';
	const listed = await cli('user', 'list');
	const row = listed.stdout.split('\n').find((line) => line.includes('Ada')) ?? '';
	expect(row).toMatch(/^per_\w{26}\tAda\tteacher\t6A$/);
	const again = await cli('user', 'code', row.split('\t')[0] ?? '');
	const secondCode = /^ {2}(\S+)$/m.exec(again.stdout)?.[1] ?? '';

	const server = runServer('main.ts', { DATA_DIR: dataDir });
	const address = await server.ready();
	const signIn = (text: string) =>
		fetch(`${address}/api/sign-in`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ code: text }),
		});
	// The newer one ended it.
	expect((await signIn(code)).status).toBe(403);
	expect(await (await signIn(secondCode)).json()).toMatchObject({ name: 'Ada', roles: ['teacher'] });
	expect((await signIn(secondCode)).status).toBe(403);
});

test('what cannot be done is said in one sentence', { timeout: PATIENCE_MS }, async () => {
	const failures = await Promise.all([
		cli('export', '--school', 'sch_nothing'),
		runServer('cli.ts', { DATA_DIR: join(dataDir, 'empty') }, ['user', 'list']).ended,
	]);
	expect(failures.map(({ code, stderr }) => [code, stderr.trim()])).toEqual([
		[1, 'There is no school sch_nothing.'],
		[1, 'There is no school in this store yet.'],
	]);
	const unknown = await cli('user', 'add', '--name', 'Bo', '--role', 'teacher', '--group', '9Z');
	expect([unknown.code, unknown.stderr.trim()]).toEqual([1, 'There is no group 9Z. There are: 6A, 8B.']);
});

test(
	'while the server runs it does what the command line asks, and says it in the same words',
	{ timeout: PATIENCE_MS },
	async () => {
		const folder = mkdtempSync(join(tmpdir(), 'pleinwacht-control-'));
		try {
			const env = { DATA_DIR: folder, DEMO: 'no' };
			const ask = (...args: string[]) => runServer('cli.ts', env, args).ended;
			const server = runServer('main.ts', env);
			await server.ready();
			expect(statSync(join(folder, 'control.sock')).mode & 0o077).toBe(0);

			const names = ['--name', 'De Watertoren', '--region', 'north', '--coordinator', 'Marijke'];
			const made = await ask('school', 'add', ...names, '--group', '3A', '5/6B');
			expect(made).toMatchObject({ code: 0, stderr: '' });
			expect(made.stdout).toMatch(/De Watertoren is there .* 2 groups[\s\S]*Marijke .*\n\n {2}\S+\n/);
			const there = /\((sch_\w{26})\)/.exec(made.stdout)?.[1] ?? '';
			const askThere = (...args: string[]) => ask(...args, '--school', there);
			expect((await askThere('user', 'list')).stdout).toMatch(/^per_\w{26}\tMarijke\tcoordinator$/m);
			const unknown = await askThere('user', 'add', '--name', 'Bo', '--role', 'teacher', '--group', '9Z');
			expect([unknown.code, unknown.stderr.trim()]).toEqual([1, 'There is no group 9Z. There are: 3A, 5/6B.']);

			const docs = (await askThere('export', '--with-reporters')).stdout
				.trim()
				.split('\n')
				.map((line) => DomainDocument.parse(JSON.parse(line)));
			expect(docs.find(({ type }) => type === 'group')).toMatchObject({ name: '3A', yearGroups: [3] });
			const school = docs.find((doc) => doc.type === 'school');
			const person = docs.find((doc) => doc.type === 'person');
			if (!school || !person) throw new Error('No school, or nobody in it');
			const file = join(folder, 'rescue.json');
			const yesterday = `${new Date(Date.now() - MS_PER_DAY).toISOString().slice(0, 10)}T12:14`;
			const told = {
				...anObservation(1),
				schoolId: school.id,
				reporterId: person.id,
				placeId: null,
				participants: [],
				occurredAt: yesterday,
			};
			writeFileSync(
				file,
				writeRescueFile({
					...{ madeAt: '2026-03-09T12:00:00.000Z', appVersion: '1', schoolId: school.id, personId: person.id },
					deviceId: anId('device', 1),
					items: [{ id: told.id, rev: 'r1', baseRev: null, seq: 1, doc: told }],
				}),
			);
			expect((await ask('rescue', file)).stdout).toContain('1 taken in, 0 known already');
			expect((await ask('rescue', file)).stdout).toContain('0 taken in, 1 known already');
			expect((await askThere('erase', '--observation', told.id)).stdout).toMatch(/^Erased 1 documents?\./);
			expect((await ask('rescue', file)).stdout).toContain('1 erased since');

			server.child.kill('SIGTERM');
			expect((await server.ended).code).toBe(0);
			expect((await ask('rescue', file)).stdout).toContain('1 erased since');
		} finally {
			rmSync(folder, { recursive: true });
		}
	},
);
