import type { Receipt, RefusalReason } from '#domain/sync/messages.ts';
import type { DeviceStorage, DeviceTables, OutboxRow } from './device-storage.ts';
import { HELD_TABLES, type HeldChange, type HeldStore } from './held-store.ts';
import { canUndo, placeBehind, settle } from './outbox-chain.ts';

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
	readonly savedAt: number;
	readonly shiftedBy: number;
}

/** Somebody signed this person out in another tab a moment ago: the database is about to go. */
class Leaving extends Error {}

type Outbox = DeviceTables['outbox'];

/** The rows on disk that have not arrived. Every method is one transaction, so two tabs can not disagree. */
export function createOutbox(storage: DeviceStorage, held: HeldStore) {
	/** Oldest first. */
	const chainOf = (outbox: Outbox, id: string) => outbox.equals('id', id);

	async function place(outbox: Outbox, { heldRev, isNew, ...revision }: NewRevision): Promise<number> {
		const { baseRev, replaces } = placeBehind(isNew ? [] : await chainOf(outbox, revision.id), heldRev);
		if (replaces.length > 0) await outbox.delete(replaces);
		return outbox.add({ ...revision, baseRev, sent: false, refusal: null });
	}

	return {
		all: (): Promise<OutboxRow[]> => storage.read(['outbox'], ({ outbox }) => outbox.all()),

		/**
		 * On a slow phone each answer of IndexedDB costs milliseconds: a document that was never here before goes in
		 * with the one question asked beside it.
		 * @returns the sequence number of each.
		 */
		add: (revisions: readonly NewRevision[]): Promise<number[]> =>
			storage.write(['outbox', 'marks'], async ({ outbox, marks }) => {
				const [leaving, seqs] = await Promise.all([
					marks.get('leaving'),
					Promise.all(revisions.map((revision) => place(outbox, revision))),
				]);
				// Thrown inside: what was just written is not written.
				if (leaving?.value) throw new Leaving();
				return seqs;
			}),

		/**
		 * What the server lost goes back where it waits, in the same moment in which it stops being held: as the server's
		 * state it is no more. Behind something newer made here it need not go: that is what the person means now.
		 * `gone`: sealed rows that say that it is not held. @returns how many wait.
		 */
		putBack: (
			revisions: readonly Pick<OutboxRow, 'id' | 'rev' | 'baseRev' | 'bytes'>[],
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
			storage.write(['outbox'], async ({ outbox }) => {
				const chain = await chainOf(outbox, id);
				const tail = chain.at(-1);
				if (!tail || !canUndo(chain)) return false;
				await outbox.delete([tail.seq]);
				return true;
			}),

		/** Before they go out: from here on only a receipt says where they are. Undone ones drop out. */
		markSent: (seqs: readonly number[]): Promise<OutboxRow[]> =>
			storage.write(['outbox'], async ({ outbox }) => {
				const rows = (await Promise.all(seqs.map((seq) => outbox.get(seq)))).filter((row) => row !== undefined);
				const unmarked = rows.filter((row) => !row.sent);
				if (unmarked.length > 0) await outbox.put(unmarked.map((row) => ({ ...row, sent: true })));
				return rows.map((row) => ({ ...row, sent: true }));
			}),

		/** Record and outbox in one transaction: no moment at which a document is in neither. */
		async settle(receipts: readonly Receipt[], at: number): Promise<void> {
			const current = new Map(
				await Promise.all(
					receipts.map(async (receipt) => {
						const { result, id } = receipt;
						if (result.kind !== 'conflict' || result.current === undefined || result.current === null)
							return [receipt, null] as const;
						const entry: HeldChange = { id, rev: result.currentRev, doc: result.current };
						return [receipt, await held.sealRow(entry)] as const;
					}),
				),
			);
			await storage.write([...HELD_TABLES, 'outbox', 'receipts'], async (tables) => {
				const { outbox } = tables;
				const changed: Awaited<ReturnType<HeldStore['sealRow']>>[] = [];
				for (const receipt of receipts) {
					const chain = await chainOf(outbox, receipt.id);
					const row = chain.find((each) => each.seq === receipt.seq && each.rev === receipt.rev);
					if (!row) continue;
					const { remove, update } = settle(chain, receipt);
					await outbox.delete(remove);
					const updated = update && chain.find((each) => each.seq === update.seq);
					if (updated) await outbox.put([{ ...updated, ...update.changes }]);
					const { kind } = receipt.result;
					if (kind === 'stored' || kind === 'duplicate') {
						changed.push({ id: row.id, bytes: row.bytes });
						await tables.receipts.put([{ id: row.id, at }]);
					}
					const theirs = current.get(receipt);
					if (theirs) changed.push(theirs);
				}
				if (changed.length > 0) await held.putRows(tables, changed);
			});
		},

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

		/** What the server cannot even be asked about. */
		refuse: (seq: number, refusal: RefusalReason): Promise<void> =>
			storage.write(['outbox'], async ({ outbox }) => {
				const row = await outbox.get(seq);
				if (row) await outbox.put([{ ...row, refusal }]);
			}),

		/** Writes rows anew that are still as they were read; what was sent or undone meanwhile stays as it is. */
		rewrite: (rows: readonly OutboxRow[]): Promise<void> =>
			storage.write(['outbox'], async ({ outbox }) => {
				const standing = await Promise.all(rows.map(({ seq }) => outbox.get(seq)));
				await outbox.put(rows.filter((row, index) => standing[index]?.rev === row.rev && !standing[index]?.sent));
			}),

		/** Closes the door to further saves when nothing waits. @returns how much does. */
		leave: (): Promise<number> =>
			storage.write(['outbox', 'marks'], async ({ outbox, marks }) => {
				const ids = new Set((await outbox.all()).map((row) => row.id));
				if (ids.size === 0) await marks.put([{ name: 'leaving', value: true }]);
				return ids.size;
			}),
	};
}
