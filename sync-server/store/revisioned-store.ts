import { ok, refuse, type Result } from '#domain/result.ts';
import type { Change, Checkpoint, Conflict, DocumentStore, StoreRecord, Write } from './document-store.ts';
import { followersOf } from './followers.ts';
import { StoreUnavailable } from './unavailable.ts';

/** A document as CouchDB and PouchDB keep it: their own revision beside ours. */
export interface Row {
	_id: string;
	_rev?: string;
	_deleted?: boolean;
	rev: string;
	[field: string]: unknown;
}

interface RowChange {
	readonly checkpoint: Checkpoint;
	readonly id: string;
	readonly row: Row | null;
}

/** One version that nothing came after. Servers of a cluster that wrote at once can leave several of one document. */
interface Leaf {
	readonly id: string;
	readonly rev: string;
}

/** The few calls in which CouchDB and embedded PouchDB differ. */
export interface Driver {
	fetch(ids: readonly string[]): Promise<(Row | null)[]>;
	/** Those that live; an id without any is not there. */
	leavesOf(ids: readonly string[]): Promise<Leaf[]>;
	/** `false`: another revision stands there. */
	write(rows: readonly Row[]): Promise<boolean[]>;
	/** In order, after `since`; empty at the end. */
	changes(since: Checkpoint | null, limit: number): Promise<RowChange[]>;
	purge(): Promise<void>;
	readNote(name: string): Promise<unknown>;
	/** Of two who write at once, the last word counts. */
	writeNote(name: string, value: unknown): Promise<void>;
	close(): Promise<void>;
	/** How often to look for what other processes wrote; left out when there can be none. */
	readonly pollMs?: number;
}

/** Documents of about 1 KB: one request or answer stays near a megabyte. */
const ROWS_AT_ONCE = 1000;

/** Somebody may write to a record while it is removed; not this often in a row. */
const MAX_REMOVALS = 20;

export function storeOver<R extends StoreRecord>(driver: Driver): DocumentStore<R> {
	async function nextChanges(since: Checkpoint | null): Promise<Change<R>[]> {
		const rows = await driver.changes(since, ROWS_AT_ONCE);
		return rows.map(({ checkpoint, id, row }) => ({ checkpoint, id, record: row && fromRow<R>(row) }));
	}

	const followers = followersOf(nextChanges, driver.pollMs);

	async function putAll(writes: readonly Write<R>[]): Promise<Result<void, Conflict>[]> {
		const outcomes: Result<void, Conflict>[] = [];
		for (const some of slices(writes)) outcomes.push(...(await putSome(some)));
		return outcomes;
	}

	async function putSome(writes: readonly Write<R>[]): Promise<Result<void, Conflict>[]> {
		const revised = writes.filter((write) => write.expectedRev !== null);
		const standing = revised.length === 0 ? [] : await driver.fetch(revised.map((write) => write.record.id));
		const rowOf = new Map(standing.map((row, i) => [revised[i]?.record.id, row]));
		const accepted = writes.filter(
			({ record, expectedRev }) => expectedRev === null || rowOf.get(record.id)?.rev === expectedRev,
		);
		const rows = accepted.map(({ record }) => toRow(record, rowOf.get(record.id)?._rev));
		const written = rows.length === 0 ? [] : await driver.write(rows);
		const stored = new Set(accepted.filter((_, i) => written[i]).map(({ record }) => record.id));
		if (stored.size > 0) followers.wake();
		return writes.map(({ record }) => (stored.has(record.id) ? ok(undefined) : refuse({ kind: 'conflict' })));
	}

	async function removeSome(ids: readonly string[]): Promise<void> {
		for (let round = 0; round < MAX_REMOVALS; round++) {
			const leaves = await driver.leavesOf(ids);
			if (leaves.length === 0) return;
			// Tombstones without a body: what was in it must not stay readable.
			await driver.write(leaves.map(({ id, rev }) => ({ _id: id, _rev: rev, _deleted: true, rev: '' })));
			followers.wake();
		}
		throw new StoreUnavailable('Records that are removed keep being written. Try again.');
	}

	return {
		putAll,
		follow: followers.add,
		async *changes(since) {
			for (let at = since; ;) {
				const batch = await nextChanges(at);
				const last = batch.at(-1);
				if (!last) return;
				at = last.checkpoint;
				yield batch;
			}
		},
		async get(id) {
			const [row] = await driver.fetch([id]);
			return row ? fromRow<R>(row) : undefined;
		},
		async put(record, expectedRev) {
			const [outcome] = await putAll([{ record, expectedRev }]);
			return outcome ?? refuse({ kind: 'conflict' });
		},
		remove: (id) => removeSome([id]),
		async removeAll(ids) {
			for (const some of slices(ids)) await removeSome(some);
		},
		async purge() {
			// After it, nothing in the order of changes tells of a removal.
			await followers.caughtUp();
			await driver.purge();
			followers.wake();
		},
		readNote: driver.readNote,
		writeNote: driver.writeNote,
		close: () => driver.close(),
	};
}

function* slices<T>(all: readonly T[]): Generator<readonly T[]> {
	for (let at = 0; at < all.length; at += ROWS_AT_ONCE) yield all.slice(at, at + ROWS_AT_ONCE);
}

function toRow({ id, ...rest }: StoreRecord, _rev: string | undefined): Row {
	return { _id: id, ...(_rev && { _rev }), ...rest };
}

function fromRow<R extends StoreRecord>({ _id, _rev, ...rest }: Row): R {
	return { id: _id, ...rest } as unknown as R;
}
