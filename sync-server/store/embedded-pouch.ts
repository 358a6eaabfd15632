import PouchDB from 'pouchdb';
import type { Row } from './revisioned-store.ts';
import { StoreUnavailable } from './unavailable.ts';

export type Pouch = PouchDB.Database<Row>;

/** @throws what LevelDB says: its folder is locked by another process, or cannot be read. */
export async function openPouch(folder: string): Promise<Pouch> {
	// Without compaction the bodies of old revisions stay readable on disk.
	const db = new PouchDB<Row>(folder, { auto_compaction: true });
	await db.info();
	return db;
}

export async function readNote(db: Pouch, name: string): Promise<Row | undefined> {
	return db.get(`_local/${name}`).catch((error: { status?: number }) => {
		if (error.status === 404) return undefined;
		throw error;
	});
}

/** Of a note the last word counts. */
export async function writeNote(db: Pouch, name: string, value: unknown): Promise<void> {
	const standing = await readNote(db, name);
	await db.put({ _id: `_local/${name}`, ...(standing?._rev && { _rev: standing._rev }), rev: '', value });
}

/** For `.catch`: a disk that is full or gone is no bug of ours, and may be well again later. */
export function sayUnavailable(error: unknown): never {
	const { code, status } = error as { code?: unknown; status?: unknown };
	if (typeof code === 'string' || status === 500)
		throw new StoreUnavailable('The disk cannot be used. Is it full?', error);
	throw error;
}
