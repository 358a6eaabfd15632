import Dexie, { type Table } from 'dexie';
import type { PersonId } from '#domain/id.ts';
import {
	StorageFull,
	type DeviceStorage,
	type DeviceTables,
	type NumberedTable,
	type StoredTable,
	type TableName,
} from './device-storage.ts';

/** Versions are whole numbers and never edited after a release. */
function declared(name: string, durability: 'strict' | 'relaxed'): Dexie {
	const db = new Dexie(name, { chromeTransactionDurability: durability });
	const tables: Record<TableName, string> = {
		packs: '++key, generation',
		changes: 'id, generation',
		outbox: '++seq, id',
		receipts: 'id, at',
		notes: 'name',
		marks: 'name',
	};
	db.version(1).stores(tables);
	return db;
}

/** In front of the id of the person whose it is. */
export const PERSON_DATABASE_PREFIX = 'pleinwacht-';

/** `DeviceStorage` in IndexedDB: one database per person, so that what one may see is never open under another's session. */
export function openPersonDatabase(personId: PersonId): DeviceStorage {
	const name = `${PERSON_DATABASE_PREFIX}${personId}`;
	const strict = declared(name, 'strict');
	const relaxed = declared(name, 'relaxed');
	const [tables, relaxedTables] = [tablesOf(strict), tablesOf(relaxed)];

	/** Dexie's types follow literal names as far as they can; here they need not. */
	const within = (names: readonly string[]): string[] => [...names];

	/** `run` is wrapped in an `async` function on purpose: Dexie only follows native promises in those. */
	return {
		read: (names, run) => strict.transaction('r', within(names), async () => run(tables)),
		write: (names, run) => orFull(strict.transaction('rw', within(names), async () => run(tables))),
		writeAtOnce: (names, run) =>
			orFull(
				strict.transaction('rw', within(names), async (transaction) => {
					const asked = run(tables);
					transaction.idbtrans.commit();
					return asked;
				}),
			),
		writeRelaxed: (names, run) => orFull(relaxed.transaction('rw', within(names), async () => run(relaxedTables))),
		close() {
			strict.close();
			relaxed.close();
		},
		destroy() {
			relaxed.close();
			return strict.delete();
		},
	};
}

function tablesOf(db: Dexie): DeviceTables {
	return {
		packs: numbered(db.table('packs')),
		changes: stored(db.table('changes')),
		outbox: numbered(db.table('outbox')),
		receipts: stored(db.table('receipts')),
		notes: stored(db.table('notes')),
		marks: stored(db.table('marks')),
	};
}

function stored<Row, Key extends IDBValidKey, Index extends keyof Row & string>(
	table: Table<Row, Key>,
): StoredTable<Row, Key, Index> {
	return {
		get: (key) => table.get(key),
		all: () => table.toArray(),
		keys: () => table.toCollection().primaryKeys(),
		count: () => table.count(),
		equals: (index, value) => table.where(index).equals(value).toArray(),
		// An index gives its own order; a few thousand rows at most are put back into that of their keys.
		above: async (index, value) => inKeyOrder(table, await table.where(index).above(value).toArray()),
		put: async (rows) => void (await table.bulkPut([...rows])),
		delete: (keys) => table.bulkDelete([...keys]),
		clear: () => table.clear(),
	};
}

function numbered<Row, KeyName extends keyof Row & string, Index extends keyof Row & string>(
	table: Table<Row, number>,
): NumberedTable<Row, KeyName, Index> {
	return { ...stored<Row, number, Index>(table), add: (row) => table.add(row as Row) };
}

function inKeyOrder<Row, Key extends IDBValidKey>(table: Table<Row, Key>, rows: Row[]): Row[] {
	const key = table.schema.primKey.keyPath as keyof Row;
	return rows.sort((a, b) => (a[key] < b[key] ? -1 : 1));
}

async function orFull<T>(writing: PromiseLike<T>): Promise<T> {
	try {
		return await writing;
	} catch (error) {
		throw isFull(error) ? new StorageFull('The disk has no room', { cause: error }) : error;
	}
}

/** Dexie wraps what IndexedDB threw. */
function isFull(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	if (error.name === 'QuotaExceededError') return true;
	return 'inner' in error && isFull(error.inner);
}
