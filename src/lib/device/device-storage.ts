import type { RefusalReason } from '#domain/sync/messages.ts';

/** About a thousand documents the server gave, as one sealed JSON array of `HeldChange`. */
export interface PackRow {
	key: number;
	generation: number;
	count: number;
	bytes: Uint8Array<ArrayBuffer>;
}

/** One `HeldChange`, newer than what any pack says about the same document. */
export interface ChangeRow {
	id: string;
	generation: number;
	bytes: Uint8Array<ArrayBuffer>;
	/** It arrived while locked, and lies as it lay in the outbox. */
	fromOutbox?: true;
}

/**
 * A revision made here that the server has not acknowledged. Few indexes: writing a row must stay cheap.
 * `bytes` seals the `HeldEntry` it becomes once it is stored.
 */
export interface OutboxRow {
	seq: number;
	id: string;
	rev: string;
	baseRev: string | null;
	/** Milliseconds of the device's clock until which it can still be undone. */
	holdUntil: number;
	/** It left this device at least once; whether it arrived only a receipt can say. */
	sent: boolean;
	refusal: RefusalReason | 'conflict' | null;
	bytes: Uint8Array<ArrayBuffer>;
	/**
	 * The same, sealed to the school: what is sent. With it `bytes` is this person's own copy, behind the PIN where there is
	 * one; without it `bytes` is what is sent.
	 */
	sealed?: string;
	/** Seals the `HeldEntry` of `baseRev`, where two versions written on it can be merged. */
	baseBytes?: Uint8Array<ArrayBuffer>;
	/** The device's clock at the saving, as it was; rows from before this was kept have none. */
	savedAt?: number;
	/** By how many milliseconds the times in it were already put right. */
	shiftedBy?: number;
	/** Its times were compared with the server's clock, and put right for good. */
	timesSettled?: boolean;
}

/** A document made here that arrived; told apart from those of others long after the outbox forgot it. */
export interface ReceiptRow {
	id: string;
	at: number;
	/** Many that arrived together, as one row; `id` is then no document's. */
	ids?: readonly string[];
}

export interface NamedValue {
	name: string;
	value: unknown;
}

/** Rows found by their key or by one of few indexes; lists come in the order of the key. */
export interface StoredTable<Row, Key extends IDBValidKey, Index extends keyof Row & string = never> {
	get(key: Key): Promise<Row | undefined>;
	all(): Promise<Row[]>;
	keys(): Promise<Key[]>;
	count(): Promise<number>;
	equals(index: Index, value: string | number): Promise<Row[]>;
	above(index: Index, value: number): Promise<Row[]>;
	/** Writes whole rows, new ones or in the place of old ones. */
	put(rows: readonly Row[]): Promise<void>;
	delete(keys: readonly Key[]): Promise<void>;
	clear(): Promise<void>;
}

/** The storage gives the key: it counts up and never gives one twice, not after its row is gone either. */
export interface NumberedTable<
	Row,
	KeyName extends keyof Row & string,
	Index extends keyof Row & string = never,
> extends StoredTable<Row, number, Index> {
	add(row: Omit<Row, KeyName>): Promise<number>;
}

export interface DeviceTables {
	readonly packs: NumberedTable<PackRow, 'key', 'generation'>;
	readonly changes: StoredTable<ChangeRow, string, 'generation'>;
	readonly outbox: NumberedTable<OutboxRow, 'seq', 'id'>;
	readonly receipts: StoredTable<ReceiptRow, string>;
	readonly notes: StoredTable<NamedValue, string>;
	/**
	 * `deviceId` (beside the outbox whose rows it numbers), `generation`, `compactedAt`, `leaving`, `clockBehindBy`;
	 * `sentTogether`: numbers of outbox rows that left in one large batch; `sealed`: no row is in plain text since;
	 * `unreadable`: outbox rows that lost their key.
	 */
	readonly marks: StoredTable<NamedValue, string>;
}

export type TableName = keyof DeviceTables;

/** What can be asked without having read anything first. */
export type TablesAtOnce = {
	readonly [Name in TableName]: Pick<DeviceTables[Name], 'get' | Extract<keyof DeviceTables[Name], 'add'>>;
};

/**
 * One person's disk on this device. A transaction is all or nothing, sees no other one half done, and undoes itself
 * when `run` throws. `run` awaits nothing but the tables it was given: anything else (a cipher, the network) ends the
 * transaction before its time.
 */
export interface DeviceStorage {
	read<T, Name extends TableName>(
		names: readonly Name[],
		run: (tables: Pick<DeviceTables, Name>) => Promise<T>,
	): Promise<T>;
	/** Resolves when the disk has it, not when the operating system promises to (D3). */
	write<T, Name extends TableName>(
		names: readonly Name[],
		run: (tables: Pick<DeviceTables, Name>) => Promise<T>,
	): Promise<T>;
	/**
	 * Like `write`, for a `run` that asks for all it wants before it first waits: the disk begins then, and not when a slow
	 * page has read the answers. What is asked later fails, and what is thrown later undoes nothing.
	 */
	writeAtOnce<T, Name extends TableName>(
		names: readonly Name[],
		run: (tables: Pick<TablesAtOnce, Name>) => Promise<T>,
	): Promise<T>;
	/** For drafts, written at every tap: they outlive the page, and need not outlive a power cut. */
	writeRelaxed<T, Name extends TableName>(
		names: readonly Name[],
		run: (tables: Pick<DeviceTables, Name>) => Promise<T>,
	): Promise<T>;
	close(): void;
	/** Everything is gone for good. */
	destroy(): Promise<void>;
}

/** The disk has no room: nothing was written. */
export class StorageFull extends Error {}
