import Dexie, { type Table } from 'dexie';
import type { PersonId } from '#domain/id.ts';
import type { RefusalReason } from '#domain/sync/messages.ts';

/** About a thousand documents the server gave, as one sealed JSON array of `HeldChange`. */
export interface PackRow {
	key?: number;
	generation: number;
	count: number;
	bytes: Uint8Array<ArrayBuffer>;
}

/** One `HeldChange`, newer than what any pack says about the same document. */
export interface ChangeRow {
	id: string;
	generation: number;
	bytes: Uint8Array<ArrayBuffer>;
}

/**
 * A revision made here that the server has not acknowledged. Few indexes: writing a row must stay cheap.
 * `bytes` seals the `HeldEntry` it becomes once it is stored.
 */
export interface OutboxRow {
	/** Counts up and is never given twice, not after a deletion either: IndexedDB's key generator sees to it. */
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
}

/** A document made here that arrived; told apart from those of others long after the outbox forgot it. */
export interface ReceiptRow {
	id: string;
	at: number;
}

interface NamedValue {
	name: string;
	value: unknown;
}

/** One database per person, so that what one person may see is never open under another's session. */
export class PersonDatabase extends Dexie {
	declare readonly packs: Table<PackRow, number>;
	declare readonly changes: Table<ChangeRow, string>;
	declare readonly outbox: Table<OutboxRow, number, Omit<OutboxRow, 'seq'>>;
	declare readonly receipts: Table<ReceiptRow, string>;
	declare readonly notes: Table<NamedValue, string>;
	/** `deviceId` (beside the outbox whose rows it numbers), `generation`, `compactedAt`, `leaving`. */
	declare readonly marks: Table<NamedValue, string>;

	/** Strict: a transaction is complete when the disk says so, not when the operating system promises to (D3). */
	constructor(personId: PersonId, durability: 'strict' | 'relaxed' = 'strict') {
		super(`pleinwacht-${personId}`, { chromeTransactionDurability: durability });
		this.version(1).stores({
			packs: '++key, generation',
			changes: 'id, generation',
			outbox: '++seq, id',
			receipts: 'id, at',
			notes: 'name',
			marks: 'name',
		});
	}

	async mark<T>(name: string): Promise<T | undefined> {
		return (await this.marks.get(name))?.value as T | undefined;
	}

	async setMark(name: string, value: unknown): Promise<void> {
		await this.marks.put({ name, value });
	}
}
