import {
	StorageFull,
	type DeviceStorage,
	type DeviceTables,
	type NumberedTable,
	type StoredTable,
	type TableName,
} from '#lib/device/device-storage.ts';

type NumberedName = 'packs' | 'outbox';
type Contents = Record<TableName, ReadonlyMap<string | number, object>>;

export interface MemoryStorage extends DeviceStorage {
	/** The tab is gone at this very moment: what was not complete never happened, and no promise is answered. */
	kill(): void;
}

export interface MemoryDisk {
	/** What one tab has open. */
	open(): MemoryStorage;
	/** While `true`, every write fails as on a full disk. */
	full: boolean;
	/** The browser threw everything away. */
	evict(): void;
	/** What lies in one table now, for who checks: another map after each transaction that wrote to it. */
	inspect(table: TableName): ReadonlyMap<IDBValidKey, unknown>;
}

/**
 * A disk in memory, for tests and the simulation: the twin of `person-database.ts` under the same contract. It outlives
 * the tabs that open it. Transactions run one after the other, each on its own copy, which takes effect as a whole.
 */
export function createMemoryDisk(): MemoryDisk {
	let contents = nothing();
	/** Kept apart from the rows: a key is never given twice. */
	const lastKey: Record<NumberedName, number> = { packs: 0, outbox: 0 };
	let turn: Promise<unknown> = Promise.resolve();

	const disk: MemoryDisk = {
		full: false,
		evict: () => void (contents = nothing()),
		inspect: (table) => contents[table],
		open() {
			let state: 'open' | 'closed' | 'killed' = 'open';

			function transact<T, Name extends TableName>(
				names: readonly Name[],
				run: (tables: Pick<DeviceTables, Name>) => Promise<T>,
				writes: boolean,
			): Promise<T> {
				if (state !== 'open') return state === 'killed' ? never() : Promise.reject(new Error('The storage is closed'));
				const mine = turn.then(async () => {
					if (state === 'killed') return never<T>();
					const copy: Contents = { ...contents };
					const result = await run(tablesOn(copy, lastKey, new Set(names), writes));
					if ((state as string) === 'killed') return never<T>();
					if (!writes) return result;
					if (disk.full) throw new StorageFull('The disk has no room');
					contents = copy;
					return result;
				});
				// A tab that was killed in the middle holds up nobody.
				turn = Promise.race([mine.catch(() => undefined), killed]);
				return mine;
			}

			let die: () => void = () => undefined;
			const killed = new Promise<void>((resolve) => (die = resolve));

			return {
				read: (names, run) => transact(names, run, false),
				write: (names, run) => transact(names, run, true),
				writeAtOnce: (names, run) => transact(names, run, true),
				writeRelaxed: (names, run) => transact(names, run, true),
				close: () => void (state = 'closed'),
				kill() {
					state = 'killed';
					die();
				},
				async destroy() {
					state = 'closed';
					await turn;
					contents = nothing();
				},
			};
		},
	};
	return disk;
}

function nothing(): Contents {
	const empty = new Map<never, never>();
	return { packs: empty, changes: empty, outbox: empty, receipts: empty, notes: empty, marks: empty };
}

function never<T>(): Promise<T> {
	return new Promise<T>(() => undefined);
}

function tablesOn(
	copy: Contents,
	lastKey: Record<NumberedName, number>,
	allowed: ReadonlySet<string>,
	writes: boolean,
): DeviceTables {
	function stored<Row extends object, Key extends string | number, Index extends keyof Row & string = never>(
		name: TableName,
		keyName: keyof Row,
	): StoredTable<Row, Key, Index> {
		let own: Map<Key, Row> | null = null;
		function rows(): ReadonlyMap<Key, Row> {
			if (!allowed.has(name)) throw new Error(`The transaction does not span ${name}`);
			return own ?? (copy[name] as ReadonlyMap<Key, Row>);
		}
		function writable(): Map<Key, Row> {
			if (!writes) throw new Error('The transaction only reads');
			own ??= new Map(rows());
			copy[name] = own;
			return own;
		}
		const sorted = () => [...rows()].sort(([a], [b]) => (a < b ? -1 : 1));
		const all = () => sorted().map(([, row]) => copyOf(row));
		return {
			get: async (key) => copyOf(rows().get(key)),
			all: async () => all(),
			keys: async () => sorted().map(([key]) => key),
			count: async () => rows().size,
			equals: async (index, value) => all().filter((row) => row[index] === value),
			above: async (index, value) => all().filter((row) => (row[index] as number) > value),
			put: async (many) => many.forEach((row) => writable().set(row[keyName] as Key, copyOf(row))),
			delete: async (keys) => keys.forEach((key) => writable().delete(key)),
			clear: async () => writable().clear(),
		};
	}

	function numbered<Row extends object, KeyName extends keyof Row & string, Index extends keyof Row & string>(
		name: NumberedName,
		keyName: KeyName,
	): NumberedTable<Row, KeyName, Index> {
		const table = stored<Row, number, Index>(name, keyName);
		return {
			...table,
			async add(row) {
				const key = ++lastKey[name];
				await table.put([{ ...row, [keyName]: key } as Row]);
				return key;
			},
		};
	}

	return {
		packs: numbered('packs', 'key'),
		changes: stored('changes', 'id'),
		outbox: numbered('outbox', 'seq'),
		receipts: stored('receipts', 'id'),
		notes: stored('notes', 'name'),
		marks: stored('marks', 'name'),
	};
}

/** Rows are flat but for what a note or a mark holds; their bytes are written once and never changed. */
function copyOf<R>(row: R): R {
	const hasDepth = typeof row === 'object' && row !== null && 'value' in row && typeof row.value === 'object';
	return hasDepth || row === undefined ? structuredClone(row) : { ...row };
}
