import { ulid } from 'ulid';
import type { DomainDocument } from '#domain/document.ts';
import { idOf, type DeviceId, type PersonId } from '#domain/id.ts';
import type { Receipt, RefusalReason } from '#domain/sync/messages.ts';
import { MS_PER_DAY } from '#domain/time/local-time.ts';
import { createHeldStore, type HeldChange, type HeldEntry } from './held-store.ts';
import { createOutbox } from './outbox.ts';
import { PersonDatabase, type OutboxRow } from './person-database.ts';
import { MemoryReplica, type OwnRevision } from './replica.svelte.ts';
import type { Sealing } from './sealing.ts';

/** How long a save can be taken back before it is sent. */
export const UNDO_WINDOW_MS = 10_000;

/** "Arrived" is remembered this long; what matters is today's list. */
const RECEIPTS_KEPT_MS = 30 * MS_PER_DAY;

/** One person's data on this device: disk, and the memory that mirrors it. Memory follows disk, never the reverse. */
export async function openPersonStore(personId: PersonId, sealing: Sealing) {
	const db = new PersonDatabase(personId);
	// Drafts are written at every tap: they outlive the page, and do not keep the disk busy while a save waits.
	const drafts = new PersonDatabase(personId, 'relaxed');
	const held = createHeldStore(db, sealing);
	const outbox = createOutbox(db, held);
	const replica = new MemoryReplica();
	let generation = 0;

	/** One at a time: what memory holds must follow the order of the disk's generations. */
	let turn: Promise<unknown> = Promise.resolve();
	function inTurn<T>(run: () => Promise<T>): Promise<T> {
		const mine = turn.then(run, run);
		turn = mine;
		return mine;
	}

	async function readHeld(): Promise<void> {
		const news = await held.readSince(generation);
		if (news.complete && generation > 0 && news.generation !== generation) replica.clearHeld();
		replica.applyHeld(news.changes);
		generation = news.generation;
	}

	/** Counts what memory learned without the disk: a reading that began before is out of date. */
	let learned = 0;
	async function readOutbox(): Promise<void> {
		for (;;) {
			const before = learned;
			const [rows, arrived] = await Promise.all([outbox.all(), db.receipts.toCollection().primaryKeys()]);
			const own = new Map<string, OwnRevision>();
			for (const row of rows) own.set(row.id, await ownRevision(row));
			if (before !== learned) continue;
			if (rows.length > 0 || replica.unsentCount > 0) learned++;
			return replica.setOwn(own, new Set(arrived));
		}
	}

	async function ownRevision(row: OutboxRow): Promise<OwnRevision> {
		const known = replica.own.get(row.id);
		const delivery = deliveryOf(row);
		if (known?.seq === row.seq && known.delivery.kind === delivery.kind) return known;
		const { doc } = JSON.parse(await sealing.open(row.bytes)) as HeldEntry;
		return { seq: row.seq, document: doc as DomainDocument, delivery };
	}

	/** Brings memory up to what is on disk; another tab may have written it. */
	const catchUp = () => inTurn(() => readHeld().then(readOutbox));

	await db.receipts
		.where('at')
		.below(Date.now() - RECEIPTS_KEPT_MS)
		.delete();
	await catchUp();

	return {
		replica,
		outbox,
		catchUp,

		/** Differs when memory differs. */
		version: () => `${generation} ${learned}`,

		async deviceId(): Promise<DeviceId> {
			return db.transaction('rw', db.marks, async () => {
				const known = await db.mark<DeviceId>('deviceId');
				if (known) return known;
				const made = idOf('device', ulid());
				await db.setMark('deviceId', made);
				return made;
			});
		},

		/** Resolves when it is on disk. `holdUntil` 0: may go out at once. */
		async save(documents: readonly DomainDocument[], holdUntil: number): Promise<void> {
			const revisions = await Promise.all(
				documents.map(async (doc) => {
					const { id } = doc;
					const entry: HeldEntry = { id, rev: ulid(), doc };
					const bytes = await sealing.seal(JSON.stringify(entry));
					const heldRev = replica.heldRev(id);
					const isNew = heldRev === null && !replica.own.has(id);
					return { id, rev: entry.rev, heldRev, isNew, holdUntil, bytes };
				}),
			);
			const seqs = await outbox.add(revisions);
			learned++;
			const own = new Map(replica.own);
			documents.forEach((document, index) => {
				const seq = seqs[index] ?? 0;
				// A copy: what the screen goes on changing is not what was saved.
				own.set(document.id, { seq, document: plainCopy(document), delivery: { kind: 'savedHere' } });
			});
			replica.setOwn(own, replica.arrived);
		},

		async undo(id: string): Promise<boolean> {
			const undone = await outbox.undo(id);
			if (undone) await catchUp();
			return undone;
		},

		async contentsOf(row: OutboxRow): Promise<unknown> {
			return (JSON.parse(await sealing.open(row.bytes)) as HeldEntry).doc;
		},

		async settle(receipts: readonly Receipt[]): Promise<void> {
			await outbox.settle(receipts, Date.now());
			await catchUp();
		},

		/** The server will not look at it at all. */
		async refuse(seq: number, reason: RefusalReason): Promise<void> {
			await outbox.refuse(seq, reason);
			await catchUp();
		},

		/** `text`: the same changes as JSON. */
		async applyPulled(changes: readonly HeldChange[], text?: string): Promise<void> {
			if (changes.length === 0) return;
			await inTurn(async () => {
				const made = await held.apply(changes, text);
				// Nobody else wrote in between: memory needs no look at the disk.
				if (made !== generation + 1) return readHeld();
				generation = made;
				replica.applyHeld(changes);
			});
		},

		tidy: () => held.tidy(() => [...replica.held()], generation),

		notes: {
			get: async (name: string) => (await drafts.notes.get(name))?.value,
			put: async (name: string, value: unknown) => void (await drafts.notes.put({ name, value })),
			remove: (name: string) => drafts.notes.delete(name),
		},

		close: () => {
			db.close();
			drafts.close();
		},
		/** Only after `outbox.leave()` said that nothing waits. */
		destroy: () => {
			drafts.close();
			return db.delete();
		},
	};
}

export type PersonStore = Awaited<ReturnType<typeof openPersonStore>>;

function deliveryOf(row: OutboxRow): OwnRevision['delivery'] {
	return row.refusal ? { kind: 'notAccepted', reason: row.refusal } : { kind: 'savedHere' };
}

function plainCopy(document: DomainDocument): DomainDocument {
	return JSON.parse(JSON.stringify(document)) as DomainDocument;
}
