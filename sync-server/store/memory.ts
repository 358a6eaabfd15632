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
	/** As text, as the other stores have it: what a caller goes on changing is not what was stored. */
	const standing = new Map<string, { at: number; rev: string | null; text: string }>();
	/** Ids in order of change; where an id changed later it stands there too, and here it says nothing any more. */
	const order: string[] = [];
	const notes = new Map<string, unknown>();

	const followers = followersOf(async (since) => changesAfter(since), undefined);

	function set(id: string, record: R | null) {
		standing.set(id, { at: order.push(id), rev: record?.rev ?? null, text: JSON.stringify(record) });
	}

	function write({ record, expectedRev }: Write<R>) {
		if ((standing.get(record.id)?.rev ?? null) !== expectedRev) return refuse({ kind: 'conflict' } as const);
		set(record.id, record);
		return ok(undefined);
	}

	function changesAfter(since: string | null): Change<R>[] {
		const changes: Change<R>[] = [];
		for (let at = Number(since ?? 0); at < order.length && changes.length < CHANGES_PER_READ; at++) {
			const id = order[at] ?? '';
			const stored = standing.get(id);
			if (stored?.at !== at + 1) continue;
			changes.push({ checkpoint: String(stored.at), id, record: JSON.parse(stored.text) as R | null });
		}
		return changes;
	}

	const store: DocumentStore<R> = {
		async get(id) {
			const stored = standing.get(id);
			return stored?.rev == null ? undefined : (JSON.parse(stored.text) as R);
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
			for (const id of ids) if (standing.get(id)?.rev != null) set(id, null);
			followers.wake();
		},
		async purge() {
			await followers.caughtUp();
			for (const [id, { rev }] of standing) if (rev === null) standing.delete(id);
		},
		async *changes(since) {
			for (let at = since; ;) {
				const changes = changesAfter(at);
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
