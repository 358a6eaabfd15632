import type { Result } from '#domain/result.ts';

/** What a store holds: an id, a revision the writer chose, and whatever else belongs to it. */
export interface StoreRecord {
	readonly id: string;
	readonly rev: string;
}

export interface Write<R extends StoreRecord> {
	readonly record: R;
	/** The revision it replaces; `null` when there must be none. Anything else stored is a conflict. */
	readonly expectedRev: string | null;
}

/** A place in a store's order of changes. Opaque: only the store that gave it can read it. */
export type Checkpoint = string;

export interface Change<R extends StoreRecord> {
	readonly checkpoint: Checkpoint;
	readonly id: string;
	/** As it stands now; `null` once removed. */
	readonly record: R | null;
}

export type Conflict = { readonly kind: 'conflict' };

/**
 * One database: documents with optimistic revisions and an order of changes (D6). Every implementation passes
 * `tests/contracts/document-store.ts`.
 */
export interface DocumentStore<R extends StoreRecord> {
	get(id: string): Promise<R | undefined>;
	put(record: R, expectedRev: string | null): Promise<Result<void, Conflict>>;
	/** One answer per write, in order; one conflict does not hold up the rest. An id may occur once. */
	putAll(writes: readonly Write<R>[]): Promise<Result<void, Conflict>[]>;
	/** Every version of these records is gone for readers; who follows hears of it as a change without a record. */
	removeAll(ids: readonly string[]): Promise<void>;
	remove(id: string): Promise<void>;
	/**
	 * Forgets on the disk too what was removed or replaced before the call, the removed ids included. A checkpoint from
	 * before may start over: all that lives comes again, and nothing tells of what was removed. Whoever must learn that
	 * something is gone for good therefore reads it in a record (the deny list), never in a missing one.
	 */
	purge(): Promise<void>;
	/**
	 * Each record changed after `since` once, as it stands now, oldest change first; `null`: from the beginning. What changes
	 * while they are being read comes again.
	 */
	changes(since: Checkpoint | null): AsyncIterable<Change<R>[]>;
	/** Like `changes`, and then what comes, until the returned function is called. Batches never overlap. */
	follow(since: Checkpoint | null, onChanges: (changes: Change<R>[]) => void | Promise<void>): () => Promise<void>;
	/** Notes that belong to this database and are no documents: a worker's place, for instance. */
	readNote(name: string): Promise<unknown>;
	writeNote(name: string, value: unknown): Promise<void>;
	close(): Promise<void>;
}

/** Where databases live: a folder, a CouchDB, memory. Names are lower case letters, digits, `_`. */
export interface StoreHost {
	/** Other processes may write to the same databases. */
	readonly isShared: boolean;
	/** Makes it when it is not there yet. */
	open<R extends StoreRecord>(name: string): Promise<DocumentStore<R>>;
	destroy(name: string): Promise<void>;
	/** Of every database there is, in no order. */
	names(): Promise<string[]>;
	/** Throws `StoreUnavailable` when nothing could be read or written now. */
	assertReady(): Promise<void>;
	close(): Promise<void>;
}
