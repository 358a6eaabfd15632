import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { DomainDocument } from '#domain/document.ts';
import { embeddedHost } from '#server/store/embedded.ts';
import { aRoster, anId, anObservation } from '#tests/factories/school.ts';
import { killAll, runServer } from './process.ts';
import { startSchool } from './running-school.ts';

const PATIENCE_MS = 60_000;

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
	for (const command of ['demo', 'analyse', 'export', 'user', 'schema']) expect(help.stdout).toContain(command);
	expect(help.code).toBe(0);
	const wrong = await Promise.all([
		cli('dance'),
		cli('export', '--colour'),
		cli('user', 'add', '--name', 'Ada'),
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
	expect(await (await signIn(code)).json()).toMatchObject({ name: 'Ada', roles: ['teacher'] });
	expect((await signIn(code)).status).toBe(403);
	expect((await signIn(secondCode)).status).toBe(200);
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
