import type { DeviceStorage, DeviceTables, NamedValue, OutboxRow, ReceiptRow } from './device-storage.ts';
import { HELD_TABLES, type HeldStore, type SealedChanges } from './held-store.ts';
import { canUndo, placeBehind } from './outbox-chain.ts';
import type { SettlementPlan } from './settlement.ts';

/** A revision about to be saved, its contents sealed. One save has each document at most once. */
export interface NewRevision {
	readonly id: string;
	readonly rev: string;
	/** What the person saw when writing it. */
	readonly heldRev: string | null;
	/** Nobody here has ever seen this document: nothing of it can wait already. */
	readonly isNew: boolean;
	readonly holdUntil: number;
	readonly bytes: Uint8Array<ArrayBuffer>;
	readonly sealed?: string;
	/** The version the server gave, where it can be merged. */
	readonly heldBytes?: Uint8Array<ArrayBuffer> | undefined;
	readonly savedAt: number;
	readonly shiftedBy: number;
}

/**
 * From here on one row that speaks for many beats many rows: writing 500 of them, and 500 receipts, takes a phone longer
 * than the network does.
 */
const MANY = 20;

/** Somebody signed this person out in another tab a moment ago: the database is about to go. */
class Leaving extends Error {}

type Outbox = DeviceTables['outbox'];

/** The rows on disk that have not arrived. Every method is one transaction, so two tabs can not disagree. */
export function createOutbox(storage: DeviceStorage, held: HeldStore) {
	/** Oldest first. */
	const chainOf = (outbox: Outbox, id: string) => outbox.equals('id', id);

	async function addBehind(revisions: readonly NewRevision[]): Promise<number[]> {
		return storage.write(['outbox', 'marks'], async ({ outbox, marks }) => {
			if (isLeaving(await marks.get('leaving'))) throw new Leaving();
			return Promise.all(revisions.map((revision) => place(outbox, revision)));
		});
	}

	async function place(outbox: Outbox, revision: NewRevision): Promise<number> {
		const { heldRev, heldBytes } = revision;
		const chain = revision.isNew ? [] : await chainOf(outbox, revision.id);
		const { baseRev, replaces, base } = placeBehind(chain, heldRev);
		if (replaces.length > 0) await outbox.delete(replaces);
		const tail = chain.at(-1);
		const baseBytes = { held: heldBytes, tail: tail?.bytes, underTail: tail?.baseBytes }[base];
		return outbox.add(rowOf(revision, baseRev, baseBytes));
	}

	/**
	 * The commonest save, and on a slow phone each answer of IndexedDB that has to be waited for costs milliseconds:
	 * documents that were never here before go in while it is still being asked whether they may.
	 */
	async function addNew(revisions: readonly NewRevision[]): Promise<number[]> {
		const [leaving, seqs] = await storage.writeAtOnce(['outbox', 'marks'], ({ outbox, marks }) =>
			Promise.all([marks.get('leaving'), Promise.all(revisions.map((revision) => outbox.add(rowOf(revision, null))))]),
		);
		if (!isLeaving(leaving)) return seqs;
		await storage.write(['outbox'], ({ outbox }) => outbox.delete(seqs));
		throw new Leaving();
	}

	async function sentTogether(marks: DeviceTables['marks']): Promise<ReadonlySet<number>> {
		return new Set((await marks.get('sentTogether'))?.value as readonly number[] | undefined);
	}

	/** Rows that lost their key. */
	async function setAsideIn(marks: DeviceTables['marks']): Promise<readonly OutboxRow[]> {
		return ((await marks.get('unreadable'))?.value ?? []) as readonly OutboxRow[];
	}

	async function forgetSent(marks: DeviceTables['marks'], gone: readonly number[]): Promise<void> {
		const together = await sentTogether(marks);
		if (!gone.some((seq) => together.has(seq))) return;
		const left = [...together].filter((seq) => !gone.includes(seq));
		if (left.length > 0) await marks.put([{ name: 'sentTogether', value: left }]);
		else await marks.delete(['sentTogether']);
	}

	return {
		all: (): Promise<OutboxRow[]> =>
			storage.read(['outbox', 'marks'], async ({ outbox, marks }) => {
				const [rows, together] = await Promise.all([outbox.all(), sentTogether(marks)]);
				if (together.size === 0) return rows;
				return rows.map((row) => (together.has(row.seq) ? { ...row, sent: true } : row));
			}),

		/** @returns the sequence number of each. */
		add: (revisions: readonly NewRevision[]): Promise<number[]> =>
			revisions.every(({ isNew }) => isNew) ? addNew(revisions) : addBehind(revisions),

		/**
		 * What the server lost goes back where it waits, in the same moment in which it stops being held: as the server's
		 * state it is no more. Behind something newer made here it need not go: that is what the person means now.
		 * `gone`: sealed rows that say that it is not held. @returns how many wait.
		 */
		putBack: (
			revisions: readonly Pick<OutboxRow, 'id' | 'rev' | 'baseRev' | 'bytes' | 'sealed'>[],
			gone: readonly Awaited<ReturnType<HeldStore['sealRow']>>[],
		): Promise<number> =>
			storage.write([...HELD_TABLES, 'outbox'], async (tables) => {
				let waiting = 0;
				for (const revision of revisions) {
					if ((await chainOf(tables.outbox, revision.id)).length > 0) continue;
					await tables.outbox.add({ ...revision, holdUntil: 0, sent: true, refusal: null });
					waiting++;
				}
				await held.putRows(tables, gone);
				return waiting;
			}),

		undo: (id: string): Promise<boolean> =>
			storage.write(['outbox', 'marks'], async ({ outbox, marks }) => {
				const [chain, together] = await Promise.all([chainOf(outbox, id), sentTogether(marks)]);
				const tail = chain.at(-1);
				if (!tail || !canUndo(chain.map((row) => ({ ...row, sent: row.sent || together.has(row.seq) })))) return false;
				await outbox.delete([tail.seq]);
				return true;
			}),

		/** Before they go out: from here on only a receipt says where they are. Undone ones drop out. */
		markSent: (batch: readonly OutboxRow[]): Promise<OutboxRow[]> =>
			storage.write(['outbox', 'marks'], async ({ outbox, marks }) => {
				const standing = new Set(await outbox.keys());
				const rows = batch.filter((row) => standing.has(row.seq));
				const unmarked = rows.filter((row) => !row.sent);
				const sent = rows.map((row) => ({ ...row, sent: true }));
				if (rows.length >= MANY) {
					const together = [...(await sentTogether(marks)), ...unmarked.map((row) => row.seq)];
					await marks.put([{ name: 'sentTogether', value: together }]);
				} else if (unmarked.length > 0) await outbox.put(unmarked.map((row) => ({ ...row, sent: true })));
				return sent;
			}),

		/**
		 * Record and outbox in one transaction: no moment at which a document is in neither.
		 * @param planned the numbers of the rows the plan was made on.
		 * @returns the generation it made; `null`: somebody saved or took back meanwhile, so plan anew.
		 */
		carryOut: (
			{ remove, put, add, arrived }: SettlementPlan,
			planned: readonly number[],
			changes: SealedChanges,
			at: number,
		): Promise<number | null> =>
			storage.write([...HELD_TABLES, 'outbox', 'receipts'], async (tables) => {
				const { outbox, receipts } = tables;
				const standing = await outbox.keys();
				if (standing.length !== planned.length || standing.some((seq, index) => seq !== planned[index])) return null;
				await (remove.length === standing.length ? outbox.clear() : outbox.delete(remove));
				await outbox.put(put);
				for (const row of add) await outbox.add(row);
				await receipts.put(receiptsOf(arrived, at));
				await forgetSent(tables.marks, remove);
				return held.put(tables, changes);
			}),

		/** Refused revisions that the coordinator accepted after all: they have arrived. */
		settleAccepted: (seqs: readonly number[], at: number): Promise<void> =>
			storage.write(['outbox', 'receipts'], async ({ outbox, receipts }) => {
				for (const seq of seqs) {
					const row = await outbox.get(seq);
					if (!row?.refusal) continue;
					await outbox.delete([seq]);
					await receipts.put([{ id: row.id, at }]);
				}
			}),

		/** Writes rows anew that are still as they were read; what was sent or undone meanwhile stays as it is. */
		rewrite: (rows: readonly OutboxRow[]): Promise<void> =>
			storage.write(['outbox'], async ({ outbox }) => {
				const standing = await Promise.all(rows.map(({ seq }) => outbox.get(seq)));
				await outbox.put(rows.filter((row, index) => standing[index]?.rev === row.rev && !standing[index]?.sent));
			}),

		/** What nobody can read any more no longer waits, and is not forgotten either. */
		setAside: (rows: readonly OutboxRow[]): Promise<void> =>
			storage.write(['outbox', 'marks'], async ({ outbox, marks }) => {
				const standing = new Set(await outbox.keys());
				const going = rows.filter(({ seq }) => standing.has(seq));
				await marks.put([{ name: 'unreadable', value: [...(await setAsideIn(marks)), ...going] }]);
				await outbox.delete(going.map(({ seq }) => seq));
			}),

		/** A key came back: what was set aside waits again, under its own numbers. */
		takeBack: (isReadable: ReadonlySet<number>): Promise<void> =>
			storage.write(['outbox', 'marks'], async ({ outbox, marks }) => {
				const aside = await setAsideIn(marks);
				const left = aside.filter(({ seq }) => !isReadable.has(seq));
				await outbox.put(aside.filter(({ seq }) => isReadable.has(seq)));
				if (left.length > 0) await marks.put([{ name: 'unreadable', value: left }]);
				else await marks.delete(['unreadable']);
			}),

		setAsideRows: (): Promise<readonly OutboxRow[]> => storage.read(['marks'], ({ marks }) => setAsideIn(marks)),

		/** How many documents were set aside. */
		countSetAside: (): Promise<number> =>
			storage.read(['marks'], async ({ marks }) => {
				return new Set((await setAsideIn(marks)).map(({ id }) => id)).size;
			}),

		/** The person knows. */
		forgetSetAside: (): Promise<void> => storage.write(['marks'], ({ marks }) => marks.delete(['unreadable'])),

		/** Closes the door to further saves when nothing waits. @returns how much does. */
		leave: (): Promise<number> =>
			storage.write(['outbox', 'marks'], async ({ outbox, marks }) => {
				const ids = new Set((await outbox.all()).map((row) => row.id));
				if (ids.size === 0) await marks.put([{ name: 'leaving', value: true }]);
				return ids.size;
			}),
	};
}

function rowOf(revision: NewRevision, baseRev: string | null, baseBytes?: OutboxRow['bytes']): Omit<OutboxRow, 'seq'> {
	const { id, rev, holdUntil, bytes, sealed, savedAt, shiftedBy } = revision;
	const row = { id, rev, baseRev, holdUntil, sent: false, refusal: null, bytes, savedAt, shiftedBy };
	return { ...row, ...(sealed !== undefined && { sealed }), ...(baseBytes && { baseBytes }) };
}

function isLeaving(mark: NamedValue | undefined): boolean {
	return Boolean(mark?.value);
}

function receiptsOf(arrived: readonly OutboxRow[], at: number): ReceiptRow[] {
	const ids = arrived.map(({ id }) => id);
	const [first] = arrived;
	return first && ids.length >= MANY ? [{ id: `from ${first.seq}`, at, ids }] : ids.map((id) => ({ id, at }));
}
