import type { Receipt, RefusalReason } from '#domain/sync/messages.ts';
import { HELD_TABLES, type HeldChange, type HeldStore } from './held-store.ts';
import { canUndo, placeBehind, settle } from './outbox-chain.ts';
import type { OutboxRow, PersonDatabase } from './person-database.ts';

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
}

/** Somebody signed this person out in another tab a moment ago: the database is about to go. */
class Leaving extends Error {}

/** The rows on disk that have not arrived. Every method is one transaction, so two tabs can not disagree. */
export function createOutbox(db: PersonDatabase, held: HeldStore) {
	/** Rows of equal index come in the order of their key: oldest first. */
	const chainOf = (id: string) => db.outbox.where('id').equals(id).toArray();

	async function place({ heldRev, isNew, ...revision }: NewRevision): Promise<number> {
		const { baseRev, replaces } = placeBehind(isNew ? [] : await chainOf(revision.id), heldRev);
		if (replaces.length > 0) await db.outbox.bulkDelete([...replaces]);
		return db.outbox.add({ ...revision, baseRev, sent: false, refusal: null });
	}

	return {
		all: (): Promise<OutboxRow[]> => db.outbox.orderBy('seq').toArray(),

		/**
		 * On a slow phone each answer of IndexedDB costs milliseconds: a document that was never here before goes in
		 * with the one question asked beside it.
		 * @returns the sequence number of each.
		 */
		add: (revisions: readonly NewRevision[]): Promise<number[]> =>
			db.transaction('rw', db.outbox, db.marks, async () => {
				const [leaving, seqs] = await Promise.all([db.mark('leaving'), Promise.all(revisions.map(place))]);
				// Thrown inside: what was just written is not written.
				if (leaving) throw new Leaving();
				return seqs;
			}),

		undo: (id: string): Promise<boolean> =>
			db.transaction('rw', db.outbox, async () => {
				const chain = await chainOf(id);
				const tail = chain.at(-1);
				if (!tail || !canUndo(chain)) return false;
				await db.outbox.delete(tail.seq);
				return true;
			}),

		/** Before they go out: from here on only a receipt says where they are. Undone ones drop out. */
		markSent: (seqs: readonly number[]): Promise<OutboxRow[]> =>
			db.transaction('rw', db.outbox, async () => {
				const rows = (await db.outbox.bulkGet([...seqs])).filter((row) => row !== undefined);
				const sent = rows.map((row) => ({ ...row, sent: true }));
				await db.outbox.bulkPut(sent.filter((_, index) => !rows[index]?.sent));
				return sent;
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
			await db.transaction('rw', [...HELD_TABLES, 'outbox', 'receipts'], async () => {
				const changed: Awaited<ReturnType<HeldStore['sealRow']>>[] = [];
				for (const receipt of receipts) {
					const chain = await chainOf(receipt.id);
					const row = chain.find((each) => each.seq === receipt.seq && each.rev === receipt.rev);
					if (!row) continue;
					const { remove, update } = settle(chain, receipt);
					await db.outbox.bulkDelete([...remove]);
					if (update) await db.outbox.update(update.seq, update.changes);
					const { kind } = receipt.result;
					if (kind === 'stored' || kind === 'duplicate') {
						changed.push({ id: row.id, bytes: row.bytes });
						await db.receipts.put({ id: row.id, at });
					}
					const theirs = current.get(receipt);
					if (theirs) changed.push(theirs);
				}
				if (changed.length > 0) await held.putRows(changed);
			});
		},

		/** What the server cannot even be asked about. */
		refuse: (seq: number, refusal: RefusalReason): Promise<void> =>
			db.transaction('rw', db.outbox, async () => void (await db.outbox.update(seq, { refusal }))),

		/** Closes the door to further saves when nothing waits. @returns how much does. */
		leave: (): Promise<number> =>
			db.transaction('rw', db.outbox, db.marks, async () => {
				const ids = await db.outbox.orderBy('id').uniqueKeys();
				if (ids.length === 0) await db.setMark('leaving', true);
				return ids.length;
			}),
	};
}
