import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { contentDigestOf } from '#server/store/content-digest.ts';
import type { StoreHost, StoreRecord, Write } from '#server/store/document-store.ts';
import { embeddedHost } from '#server/store/embedded.ts';
import { memoryHost } from '#server/store/memory.ts';
import { migrate } from './migrate.ts';
import { restore } from './restore.ts';
import { assertFinished } from './unfinished.ts';
import { backupOf } from './write.ts';

const NOW = new Date('2026-03-09T12:00:00.000Z');

interface Note extends StoreRecord {
	readonly text: string;
}

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'pleinwacht-backup-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function fill(host: StoreHost, database: string, ids: readonly string[], rev = '1'): Promise<void> {
	const store = await host.open<Note>(database);
	await store.putAll(
		ids.map((id) => ({
			record: { id, rev, text: `text of ${id}` },
			expectedRev: null,
		})),
	);
}

async function aStore(observations = 2500): Promise<StoreHost> {
	const host = memoryHost();
	await fill(host, 'accounts', ['school:sch_1', 'account:per_1', 'session:abc', 'code:def', 'once:ghi']);
	await fill(host, 'leases', ['server:x']);
	await fill(host, 'denied_1', ['obs_erased_before']);
	await fill(host, 'school_1', ['sch_1', ...Array.from({ length: observations }, (_, i) => `obs_${i}`)]);
	return host;
}

async function backUp(host: StoreHost, name = 'backup'): Promise<string> {
	const text: string[] = [];
	for await (const chunk of backupOf(host, NOW)) text.push(chunk);
	const file = join(folder, name);
	writeFileSync(file, pack(text.join('')));
	return file;
}

async function idsIn(host: StoreHost, database: string): Promise<string[]> {
	const ids: string[] = [];
	for await (const changes of (await host.open(database)).changes(null)) {
		ids.push(...changes.flatMap(({ id, record }) => (record ? id : [])));
	}
	return ids;
}

const same = async (a: StoreHost, b: StoreHost, database: string) =>
	expect(await contentDigestOf(await a.open(database))).toEqual(await contentDigestOf(await b.open(database)));

test('a restored store is the one that was backed up, without its sessions and codes', async () => {
	const host = await aStore();
	const target = embeddedHost(join(folder, 'data'));
	const restored = await restore(target, await backUp(host), []);
	expect(restored).toEqual({
		madeAt: NOW.toISOString(),
		databases: 3,
		records: 2504,
		erased: 0,
	});
	await same(host, target, 'school_1');
	await same(host, target, 'denied_1');
	expect(await idsIn(target, 'accounts')).toEqual(['school:sch_1', 'account:per_1']);
	expect((await target.names()).sort()).toEqual(['accounts', 'denied_1', 'school_1']);
	await assertFinished(await target.open('accounts'));
	await target.close();
});

test('a backup made while others write is the state at its end', async () => {
	const host = await aStore();
	const store = await host.open<Note>('school_1');
	const lines: string[] = [];
	let written = 0;
	for await (const chunk of backupOf(host, NOW)) {
		lines.push(chunk);
		if (!chunk.includes('school_1') || written > 2) continue;
		await store.put(
			{ id: 'obs_0', rev: `new${written + 1}`, text: 'corrected' },
			written === 0 ? '1' : `new${written}`,
		);
		await store.put({ id: `obs_new_${written++}`, rev: '1', text: 'new' }, null);
		await store.remove('obs_1');
	}
	const file = join(folder, 'backup');
	writeFileSync(file, pack(lines.join('')));
	const target = memoryHost();
	await restore(target, file, []);
	await same(host, target, 'school_1');
});

test('what was erased stays away: as the backup knows it, and as a later one does', async () => {
	const host = await aStore(3);
	const early = await backUp(host, 'early');
	await fill(host, 'denied_1', ['obs_1']);
	await (await host.open('school_1')).remove('obs_1');
	const late = await backUp(host, 'late');

	const target = memoryHost();
	expect(await restore(target, early, [late])).toMatchObject({ erased: 1 });
	expect(await idsIn(target, 'school_1')).toEqual(['sch_1', 'obs_0', 'obs_2']);
	expect((await idsIn(target, 'denied_1')).sort()).toEqual(['obs_1', 'obs_erased_before']);
});

test.each([
	['cut off in its packing', (whole: Uint8Array) => whole.subarray(0, -20), 'its end is missing'],
	['cut off at a line', (whole: Uint8Array) => repack(whole, (lines) => lines.slice(0, -1)), 'its end is missing'],
	[
		'changed in one letter',
		(whole: Uint8Array) => repack(whole, (lines) => lines.with(3, lines[3]?.replace('text of', 'text on') ?? '')),
		'its checksum does not fit',
	],
	[
		'short of a line',
		(whole: Uint8Array) => repack(whole, (lines) => lines.toSpliced(4, 1)),
		'its checksum does not fit',
	],
	[
		'spoiled in a line',
		(whole: Uint8Array) => repack(whole, (lines) => lines.with(2, '{"in":')),
		'line 3 cannot be read',
	],
	['something else', () => pack('{"type":"school"}\n'), 'is no backup of Pleinwacht'],
	['no file of ours at all', () => new TextEncoder().encode('a photograph'), 'is no backup of Pleinwacht'],
])('a backup that is %s leaves nothing behind', async (_, spoil, words) => {
	const file = await backUp(await aStore(10));
	writeFileSync(file, spoil(new Uint8Array(readFileSync(file))));
	const target = memoryHost();
	await expect(restore(target, file, [])).rejects.toThrow(words);
	expect(await target.names()).toEqual([]);
	await expect(restore(target, join(folder, 'nowhere'), [])).rejects.toThrow('cannot be read (ENOENT)');
});

function repack(whole: Uint8Array, change: (lines: string[]) => string[]): Uint8Array {
	return pack(`${change(gunzipSync(whole).toString().trimEnd().split('\n')).join('\n')}\n`);
}

function pack(text: string): Uint8Array {
	return new Uint8Array(gzipSync(text));
}

test('a store with anything in it is not restored into', async () => {
	const file = await backUp(await aStore(3));
	const target = await aStore(1);
	await expect(restore(target, file, [])).rejects.toThrow('There is data in this store already');
	expect(await idsIn(target, 'school_1')).toEqual(['sch_1', 'obs_0']);
});

/** Stops doing anything after so many writes. */
function dyingHost(host: StoreHost, writes: number): StoreHost {
	let left = writes;
	return {
		...host,
		async open<R extends StoreRecord>(name: string) {
			const store = await host.open<R>(name);
			const orDie = () => {
				if (left-- <= 0) throw new Error('killed');
			};
			return {
				...store,
				putAll: async (all: readonly Write<R>[]) => (orDie(), store.putAll(all)),
				writeNote: async (note: string, value: unknown) => (orDie(), store.writeNote(note, value)),
			};
		},
	};
}

test('killed anywhere, a restore is not served, and the same command makes it whole', async () => {
	const host = await aStore();
	const file = await backUp(host);
	for (let writes = 1; writes < 7; writes++) {
		const target = memoryHost();
		await expect(restore(dyingHost(target, writes), file, [])).rejects.toThrow('killed');
		await expect(assertFinished(await target.open('accounts'))).rejects.toThrow('"restore" was cut off');
		await restore(target, file, []);
		await assertFinished(await target.open('accounts'));
		await same(host, target, 'school_1');
	}
});

test('a store moves to another and back, and the source stays as it was', async () => {
	const host = await aStore();
	await (await host.open('school_1')).remove('obs_7');
	const before = await contentDigestOf(await host.open('school_1'));
	const [there, back] = [embeddedHost(join(folder, 'there')), memoryHost()];
	const moved: string[] = [];
	await migrate(host, there, 'one', ({ name, records }) => moved.push(`${name} ${records}`));
	await migrate(there, back, 'two', () => {});
	expect(moved).toEqual(['accounts 5', 'denied_1 1', 'school_1 2500']);
	for (const database of ['accounts', 'denied_1', 'school_1']) await same(host, back, database);
	expect(await contentDigestOf(await host.open('school_1'))).toEqual(before);
	await expect(migrate(host, back, 'one', () => {})).rejects.toThrow('There is data in this store already');
	await expect(migrate(memoryHost(), memoryHost(), 'none', () => {})).rejects.toThrow('nothing in the store');
	await there.close();
});

test('a move that was cut off goes on where it was, and takes what changed in between', async () => {
	for (let writes = 1; writes < 9; writes++) {
		const [host, target] = [await aStore(), memoryHost()];
		await expect(migrate(host, dyingHost(target, writes), 'one', () => {})).rejects.toThrow('killed');
		await expect(assertFinished(await target.open('accounts'))).rejects.toThrow('"migrate-store" was cut off');
		await expect(migrate(host, target, 'another', () => {})).rejects.toThrow('Finish that first');
		const store = await host.open<Note>('school_1');
		await store.put({ id: 'obs_0', rev: '2', text: 'corrected' }, '1');
		await store.remove('obs_1');
		await migrate(host, target, 'one', () => {});
		for (const database of ['accounts', 'denied_1', 'school_1']) await same(host, target, database);
		await assertFinished(await target.open('accounts'));
	}
});
