import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DocumentStore, StoreRecord } from '#server/store/document-store.ts';
import { embeddedHost } from '#server/store/embedded.ts';

interface Note extends StoreRecord {
	readonly text: string;
}

const SECRET = 'written by a child';

let dataDir: string;

beforeEach(() => {
	dataDir = mkdtempSync(join(tmpdir(), 'pleinwacht-embedded-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

/** Two records, one of which is removed again. */
async function withRemoved(): Promise<DocumentStore<Note>> {
	const store = await embeddedHost(dataDir).open<Note>('notes');
	await store.put({ id: 'gone', rev: '1', text: SECRET }, null);
	await store.put({ id: 'stays', rev: '1', text: SECRET }, null);
	await store.put({ id: 'stays', rev: '2', text: 'harmless' }, '1');
	await store.remove('gone');
	return store;
}

const bytesOf = (folder: string) =>
	readdirSync(folder)
		.map((name) => readFileSync(join(folder, name), 'latin1'))
		.join('');

const readAll = async (store: DocumentStore<Note>) => {
	const all: Note[] = [];
	for await (const changes of store.changes(null)) all.push(...changes.flatMap(({ record }) => record ?? []));
	return all;
};

test('after a purge no byte of what was removed or replaced is left in the folder, nor its id', async () => {
	const store = await withRemoved();
	expect(bytesOf(join(dataDir, 'notes'))).toContain(SECRET);
	await store.purge();
	const left = bytesOf(join(dataDir, 'notes'));
	expect(left).not.toContain(SECRET);
	expect(left).not.toContain('gone');
	expect(left).toContain('harmless');
	expect(readdirSync(dataDir)).toEqual(['notes']);
	await store.close();
});

test('killed anywhere in a purge, the next start has everything, once, and clears up', async () => {
	const store = await withRemoved();
	await store.put({ id: 'other', rev: '1', text: 'also here' }, null);
	const expected = await readAll(store);
	await store.close();
	const folder = join(dataDir, 'notes');
	const whole = join(dataDir, 'kept');
	cpSync(folder, whole, { recursive: true });
	const states = {
		'while copying': () => {
			cpSync(whole, `${folder}.fresh`, { recursive: true });
			rmSync(join(`${folder}.fresh`, 'CURRENT'));
		},
		'with the copy complete': () => cpSync(whole, `${folder}.fresh`, { recursive: true }),
		'between the two moves': () => {
			cpSync(whole, `${folder}.fresh`, { recursive: true });
			renameSync(folder, `${folder}.stale`);
		},
		'before the old one is ended': () => cpSync(whole, `${folder}.stale`, { recursive: true }),
		'while the old one is ended': () => {
			cpSync(whole, `${folder}.stale`, { recursive: true });
			rmSync(join(`${folder}.stale`, 'CURRENT'));
		},
	};
	for (const [when, leave] of Object.entries(states)) {
		leave();
		const host = embeddedHost(dataDir);
		expect((await host.names()).sort(), when).toEqual(['kept', 'notes']);
		const again = await host.open<Note>('notes');
		expect(await readAll(again), when).toEqual(expected);
		expect(readdirSync(dataDir).sort(), when).toEqual(['kept', 'notes']);
		await host.close();
	}
});

test('purged again and again, also twice at once, it stays itself', async () => {
	const store = await withRemoved();
	for (let round = 1; round <= 3; round++) {
		await Promise.all([store.purge(), store.purge()]);
		expect((await store.put({ id: 'stays', rev: `${round + 2}`, text: 'newer' }, `${round + 1}`)).ok).toBe(true);
	}
	expect(await readAll(store)).toEqual([{ id: 'stays', rev: '5', text: 'newer' }]);
	await store.close();
});

test('a checkpoint from before a purge starts over, one from after it goes on', async () => {
	const store = await withRemoved();
	const checkpointOf = async () => {
		let last: string | null = null;
		for await (const changes of store.changes(null)) last = changes.at(-1)?.checkpoint ?? last;
		return last;
	};
	const before = await checkpointOf();
	await store.purge();
	const after = await checkpointOf();
	const idsSince = async (since: string | null) => {
		const ids: string[] = [];
		for await (const changes of store.changes(since)) ids.push(...changes.map(({ id }) => id));
		return ids;
	};
	expect(await idsSince(before)).toEqual(['stays']);
	expect(await idsSince(after)).toEqual([]);
	await store.close();
});

test('destroying a database leaves nothing of it, half copies included', async () => {
	const store = await withRemoved();
	await store.close();
	cpSync(join(dataDir, 'notes'), join(dataDir, 'notes.fresh'), { recursive: true });
	const host = embeddedHost(dataDir);
	await host.destroy('notes');
	expect(existsSync(join(dataDir, 'notes'))).toBe(false);
	expect(readdirSync(dataDir)).toEqual([]);
});
