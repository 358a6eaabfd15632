import { ok, refuse } from '#domain/result.ts';
import { assertDatabaseName } from './database-name.ts';
import type { Change, DocumentStore, StoreHost, StoreRecord, Write } from './document-store.ts';
import { followersOf } from './followers.ts';

/** As the other stores do, so that what is written while somebody reads is met in tests too. */
const CHANGES_PER_READ = 1000;

/** Databases that vanish with the process: for tests and for tools that need no disk. */
export function memoryHost(): StoreHost {
	const databases = new Map<string, DocumentStore<never>>();
	return {
		isShared: false,
		async open<R extends StoreRecord>(name: string) {
			assertDatabaseName(name);
			const store = (databases.get(name) as DocumentStore<R> | undefined) ?? memoryStore<R>();
			databases.set(name, store as unknown as DocumentStore<never>);
			return store;
		},
		async destroy(name) {
			assertDatabaseName(name);
			databases.delete(name);
		},
		names: async () => [...databases.keys()],
		async assertReady() {},
		async close() {},
	};
}

export function memoryStore<R extends StoreRecord>(): DocumentStore<R> {
	/** In order of change: a record that changes moves to the end. */
	const standing = new Map<string, { at: number; record: R | null }>();
	const notes = new Map<string, unknown>();
	let clock = 0;

	const followers = followersOf(async (since) => changesAfter(since), undefined);

	function set(id: string, record: R | null) {
		standing.delete(id);
		standing.set(id, { at: ++clock, record });
	}

	function write({ record, expectedRev }: Write<R>) {
		if ((standing.get(record.id)?.record?.rev ?? null) !== expectedRev) return refuse({ kind: 'conflict' } as const);
		set(record.id, structuredClone(record));
		return ok(undefined);
	}

	function changesAfter(since: string | null): Change<R>[] {
		return [...standing]
			.filter(([, { at }]) => at > Number(since ?? 0))
			.map(([id, { at, record }]) => ({
				checkpoint: String(at),
				id,
				record: structuredClone(record),
			}));
	}

	const store: DocumentStore<R> = {
		async get(id) {
			return structuredClone(standing.get(id)?.record ?? undefined);
		},
		async put(record, expectedRev) {
			const [outcome] = await store.putAll([{ record, expectedRev }]);
			return outcome ?? refuse({ kind: 'conflict' });
		},
		async putAll(writes) {
			const outcomes = writes.map(write);
			followers.wake();
			return outcomes;
		},
		remove: (id) => store.removeAll([id]),
		async removeAll(ids) {
			for (const id of ids) if (standing.get(id)?.record) set(id, null);
			followers.wake();
		},
		async purge() {
			await followers.caughtUp();
			for (const [id, { record }] of standing) if (!record) standing.delete(id);
		},
		async *changes(since) {
			for (let at = since; ;) {
				const changes = changesAfter(at).slice(0, CHANGES_PER_READ);
				const last = changes.at(-1);
				if (!last) return;
				at = last.checkpoint;
				yield changes;
			}
		},
		follow: followers.add,
		readNote: async (name) => structuredClone(notes.get(name)),
		async writeNote(name, value) {
			notes.set(name, structuredClone(value));
		},
		async close() {},
	};
	return store;
}
