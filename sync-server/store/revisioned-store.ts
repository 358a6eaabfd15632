import { ok, refuse, type Result } from '#domain/result.ts';
import type { Change, Checkpoint, Conflict, DocumentStore, StoreRecord, Write } from './document-store.ts';

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

/** The few calls in which CouchDB and embedded PouchDB differ. */
export interface Driver {
	fetch(ids: readonly string[]): Promise<(Row | null)[]>;
	/** `false`: another revision stands there. */
	write(rows: readonly Row[]): Promise<boolean[]>;
	changes(since: Checkpoint | null, limit: number): Promise<RowChange[]>;
	readNote(name: string): Promise<Row | null>;
	writeNote(row: Row): Promise<void>;
	close(): Promise<void>;
	/** How often to look for what other processes wrote; left out when there can be none. */
	readonly pollMs?: number;
}

/** Documents of about 1 KB: one answer stays near a megabyte. */
const CHANGES_PER_READ = 1000;

export function storeOver<R extends StoreRecord>(driver: Driver): DocumentStore<R> {
	const wakers = new Set<() => void>();
	const wakeFollowers = () => wakers.forEach((wake) => wake());

	async function putAll(writes: readonly Write<R>[]): Promise<Result<void, Conflict>[]> {
		const revised = writes.filter((write) => write.expectedRev !== null);
		const standing = revised.length === 0 ? [] : await driver.fetch(revised.map((write) => write.record.id));
		const rowOf = new Map(standing.map((row, i) => [revised[i]?.record.id, row]));
		const accepted = writes.filter(
			({ record, expectedRev }) => expectedRev === null || rowOf.get(record.id)?.rev === expectedRev,
		);
		const written = await driver.write(accepted.map(({ record }) => toRow(record, rowOf.get(record.id)?._rev)));
		const stored = new Set(accepted.filter((_, i) => written[i]).map(({ record }) => record.id));
		if (stored.size > 0) wakeFollowers();
		return writes.map(({ record }) => (stored.has(record.id) ? ok(undefined) : refuse({ kind: 'conflict' })));
	}

	async function* changes(since: Checkpoint | null): AsyncGenerator<Change<R>[]> {
		for (let at = since; ;) {
			const batch = await nextChanges(at);
			const last = batch.at(-1);
			if (!last) return;
			at = last.checkpoint;
			yield batch;
		}
	}

	async function nextChanges(since: Checkpoint | null): Promise<Change<R>[]> {
		const rows = await driver.changes(since, CHANGES_PER_READ);
		return rows.map(({ checkpoint, id, row }) => ({ checkpoint, id, record: row && fromRow<R>(row) }));
	}

	/** A database elsewhere may be away for a while: then this is as if nothing changed, and the next poll finds it. */
	async function readPatiently(since: Checkpoint | null): Promise<Change<R>[]> {
		return nextChanges(since).catch((error: unknown) => {
			if (driver.pollMs === undefined) throw error;
			return [];
		});
	}

	function follow(since: Checkpoint | null, onChanges: (changes: Change<R>[]) => void | Promise<void>) {
		let stopped = false;
		let wake = () => {};
		const run = async () => {
			for (let at = since; !stopped;) {
				// Asked for before reading, so that a write during the read is not slept through.
				const written = new Promise<void>((resolve) => (wake = resolve));
				wakers.add(wake);
				const batch = await readPatiently(at);
				if (stopped) return;
				const last = batch.at(-1);
				if (last) {
					await onChanges(batch);
					at = last.checkpoint;
				} else await eitherOr(written, driver.pollMs);
				wakers.delete(wake);
			}
		};
		const running = run();
		return async () => {
			stopped = true;
			wake();
			await running;
		};
	}

	return {
		putAll,
		changes,
		follow,
		async get(id) {
			const [row] = await driver.fetch([id]);
			return row ? fromRow<R>(row) : undefined;
		},
		async put(record, expectedRev) {
			const [outcome] = await putAll([{ record, expectedRev }]);
			return outcome ?? refuse({ kind: 'conflict' });
		},
		async remove(id) {
			const [row] = await driver.fetch([id]);
			// A tombstone without a body: what was in it must not stay readable.
			if (row?._rev) await driver.write([{ _id: id, _rev: row._rev, _deleted: true, rev: '' }]);
			wakeFollowers();
		},
		readNote: async (name) => (await driver.readNote(name))?.value,
		async writeNote(name, value) {
			const standing = await driver.readNote(name);
			await driver.writeNote({ ...(standing ?? { _id: `_local/${name}` }), rev: '', value });
		},
		close: () => driver.close(),
	};
}

async function eitherOr(woken: Promise<void>, ms: number | undefined): Promise<void> {
	if (ms === undefined) return woken;
	let timer: NodeJS.Timeout | undefined;
	await Promise.race([woken, new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)))]);
	clearTimeout(timer);
}

function toRow({ id, ...rest }: StoreRecord, _rev: string | undefined): Row {
	return { _id: id, ...(_rev && { _rev }), ...rest };
}

function fromRow<R extends StoreRecord>({ _id, _rev, ...rest }: Row): R {
	return { id: _id, ...rest } as unknown as R;
}
