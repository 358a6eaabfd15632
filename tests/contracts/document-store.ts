import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DocumentStore, StoreHost, StoreRecord } from '#server/store/document-store.ts';

/** Many runs on a busy machine. */
const MANY_RUNS_MS = 60_000;

interface Note extends StoreRecord {
	readonly text: string;
}

const note = (id: string, rev: string, text = `${id} at ${rev}`): Note => ({ id, rev, text });

/** What every store must do, whatever it stands on. */
export function documentStoreContract(name: string, openHost: () => Promise<StoreHost>): void {
	describe(`a document store on ${name}`, () => {
		let host: StoreHost;
		let opened = 0;
		const names: string[] = [];

		beforeAll(async () => {
			host = await openHost();
		});
		afterAll(async () => {
			for (const used of names) await host.destroy(used);
			await host.close();
		});

		async function fresh(): Promise<DocumentStore<Note>> {
			names.push(`contract_${Date.now()}_${++opened}`);
			return host.open<Note>(names.at(-1) ?? '');
		}

		test('gives back what was put, and nothing for what was not', async () => {
			const store = await fresh();
			expect(await store.put(note('a', '1'), null)).toEqual({ ok: true, value: undefined });
			expect(await store.get('a')).toEqual(note('a', '1'));
			expect(await store.get('b')).toBeUndefined();
		});

		test('a write on another revision than the one that stands is a conflict and changes nothing', async () => {
			const store = await fresh();
			await store.put(note('a', '1'), null);
			for (const expected of [null, '0', '2']) {
				expect((await store.put(note('a', '9'), expected)).ok).toBe(false);
			}
			expect((await store.put(note('b', '2'), '1')).ok).toBe(false);
			expect(await store.get('a')).toEqual(note('a', '1'));
			expect((await store.put(note('a', '2'), '1')).ok).toBe(true);
			expect(await store.get('a')).toEqual(note('a', '2'));
		});

		test('in a bulk write one conflict does not hold up the rest', async () => {
			const store = await fresh();
			await store.put(note('b', '1'), null);
			const outcomes = await store.putAll([
				{ record: note('a', '1'), expectedRev: null },
				{ record: note('b', '2'), expectedRev: null },
				{ record: note('c', '1'), expectedRev: null },
			]);
			expect(outcomes.map(({ ok }) => ok)).toEqual([true, false, true]);
			expect(await store.get('b')).toEqual(note('b', '1'));
			expect(await store.get('c')).toEqual(note('c', '1'));
		});

		test('of many who write on the same revision at once, one wins', async () => {
			const store = await fresh();
			await store.put(note('a', '1'), null);
			const outcomes = await Promise.all(['2', '3', '4', '5'].map((rev) => store.put(note('a', rev), '1')));
			expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
		});

		test('changes give each record once, as it stands, and go on from any checkpoint', async () => {
			const store = await fresh();
			await store.putAll(['a', 'b', 'c'].map((id) => ({ record: note(id, '1'), expectedRev: null })));
			const first = await allChanges(store, null);
			expect(first.map(({ id }) => id).sort()).toEqual(['a', 'b', 'c']);

			const seen = first.at(-1)?.checkpoint ?? null;
			expect(await allChanges(store, seen)).toEqual([]);
			await store.put(note('a', '2'), '1');
			await store.put(note('a', '3'), '2');
			expect((await allChanges(store, seen)).map(({ record }) => record)).toEqual([note('a', '3')]);
		});

		test('what was removed is gone, shows as a change without contents, and can be made anew', async () => {
			const store = await fresh();
			await store.put(note('a', '1', 'secret'), null);
			await store.remove('a');
			await store.remove('never there');
			expect(await store.get('a')).toBeUndefined();
			const changes = await allChanges(store, null);
			expect(changes.map(({ id, record }) => ({ id, record }))).toEqual([{ id: 'a', record: null }]);
			expect((await store.put(note('a', '2'), null)).ok).toBe(true);
			expect(await store.get('a')).toEqual(note('a', '2'));
		});

		test('many are removed at once, and only they', async () => {
			const store = await fresh();
			const ids = Array.from({ length: 2500 }, (_, i) => `id${i}`);
			const outcomes = await store.putAll(ids.map((id) => ({ record: note(id, '1'), expectedRev: null })));
			expect(outcomes.filter(({ ok }) => ok)).toHaveLength(ids.length);
			await store.removeAll(ids.slice(1));
			const changes = await allChanges(store, null);
			expect(changes.filter(({ record }) => record !== null).map(({ id }) => id)).toEqual(['id0']);
			expect(changes).toHaveLength(ids.length);
		});

		test('a record that is written while it is removed is gone in the end, or written after it', async () => {
			const store = await fresh();
			await store.put(note('a', '1'), null);
			const [, written] = await Promise.all([store.remove('a'), store.put(note('a', '2'), '1')]);
			if (written.ok) await store.remove('a');
			expect(await store.get('a')).toBeUndefined();
		});

		test('a purge forgets what was removed and keeps the rest, its revisions and its notes', async () => {
			const store = await fresh();
			await store.putAll(['a', 'b', 'c'].map((id) => ({ record: note(id, '1'), expectedRev: null })));
			await store.put(note('c', '2'), '1');
			await store.writeNote('place', { at: '7' });
			await store.remove('a');
			await store.purge();
			expect(await store.get('a')).toBeUndefined();
			expect((await allChanges(store, null)).flatMap(({ record }) => record ?? [])).toEqual([
				note('b', '1'),
				note('c', '2'),
			]);
			expect(await store.readNote('place')).toEqual({ at: '7' });
			expect((await store.put(note('c', '3'), '1')).ok).toBe(false);
			expect((await store.put(note('c', '3'), '2')).ok).toBe(true);
			expect((await store.put(note('a', '9'), null)).ok).toBe(true);
		});

		test('who writes and follows during a purge loses nothing', async () => {
			const store = await fresh();
			const held = new Map<string, string | undefined>();
			const stop = store.follow(null, (changes) => {
				for (const { id, record } of changes) {
					if (record) held.set(id, record.text);
					else held.delete(id);
				}
			});
			await store.putAll(['a', 'b', 'gone'].map((id) => ({ record: note(id, '1'), expectedRev: null })));
			await store.remove('gone');
			const purge = store.purge();
			const during = Array.from({ length: 30 }, (_, i) => store.put(note(`new${i}`, '1'), null));
			await store.put(note('a', '2'), '1');
			const outcomes = await Promise.all(during);
			await purge;
			await store.remove('b');
			await store.put(note('last', '1'), null);
			await expect.poll(() => held.has('last'), { timeout: MANY_RUNS_MS }).toBe(true);
			await stop();
			expect(outcomes.every(({ ok }) => ok)).toBe(true);
			const living = (await allChanges(store, null)).flatMap(({ id, record }) => (record ? [[id, record.text]] : []));
			expect([...held].sort()).toEqual(living.sort());
			expect(held.get('a')).toBe('a at 2');
			expect(held.size).toBe(32);
		});

		test('a follower hears of what was there and of what comes, in order, until it stops', async () => {
			const store = await fresh();
			await store.put(note('a', '1'), null);
			const heard: (string | undefined)[] = [];
			let wake = () => {};
			const heardEnough = (n: number) =>
				new Promise<void>((resolve) => {
					wake = () => heard.length >= n && resolve();
					wake();
				});
			const stop = store.follow(null, (changes) => {
				heard.push(...changes.map(({ record }) => record?.text));
				wake();
			});
			await heardEnough(1);
			await store.put(note('b', '1'), null);
			await heardEnough(2);
			await store.put(note('a', '2'), '1');
			await heardEnough(3);
			await stop();
			await store.put(note('c', '1'), null);
			expect(heard).toEqual(['a at 1', 'b at 1', 'a at 2']);
		});

		test('notes stand beside the records and never show as changes', async () => {
			const store = await fresh();
			expect(await store.readNote('place')).toBeUndefined();
			await store.writeNote('place', { at: '7' });
			await store.writeNote('place', { at: '8' });
			expect(await store.readNote('place')).toEqual({ at: '8' });
			expect(await allChanges(store, null)).toEqual([]);
		});

		test('opening the same name again gives the same records; destroying it leaves none', async () => {
			const store = await fresh();
			const name = names.at(-1) ?? '';
			await store.put(note('a', '1'), null);
			expect(await (await host.open<Note>(name)).get('a')).toEqual(note('a', '1'));
			await host.destroy(name);
			expect(await (await host.open<Note>(name)).get('a')).toBeUndefined();
		});

		test('says which databases there are, and takes no name that is more than a name', async () => {
			await fresh();
			expect(await host.names()).toContain(names.at(-1));
			await host.assertReady();
			for (const bad of ['', '../elsewhere', 'Upper', 'a/b', '_users', 'a-b', 'a.fresh', 'x'.repeat(101)]) {
				await expect(host.open(bad)).rejects.toThrow('no name for a database');
				await expect(host.destroy(bad)).rejects.toThrow('no name for a database');
			}
		});

		test('two who open the same name hear of each other', async () => {
			const store = await fresh();
			const other = await host.open<Note>(names.at(-1) ?? '');
			const heard: string[] = [];
			const stop = store.follow(null, (changes) => void heard.push(...changes.map(({ id }) => id)));
			await other.put(note('a', '1'), null);
			await expect.poll(() => heard, { timeout: MANY_RUNS_MS }).toEqual(['a']);
			await stop();
		});

		test('after any row of writes it holds what a plain map would', { timeout: MANY_RUNS_MS }, async () => {
			const id = fc.constantFrom('a', 'b', 'c');
			const rev = fc.constantFrom('1', '2', '3');
			const write = fc.record({ id, rev, expectedRev: fc.option(rev) });
			await fc.assert(
				fc.asyncProperty(fc.array(write, { maxLength: 12 }), async (writes) => {
					const store = await fresh();
					const model = new Map<string, Note>();
					for (const { id, rev, expectedRev } of writes) {
						const accepts = (model.get(id)?.rev ?? null) === expectedRev;
						if (accepts) model.set(id, note(id, rev));
						expect((await store.put(note(id, rev), expectedRev)).ok).toBe(accepts);
					}
					const held = (await allChanges(store, null)).map(({ id, record }) => [id, record] as const);
					expect(new Map(held)).toEqual(model);
				}),
				{ numRuns: 8 },
			);
		});
	});
}

async function allChanges(store: DocumentStore<Note>, since: string | null) {
	const all = [];
	for await (const changes of store.changes(since)) all.push(...changes);
	return all;
}
