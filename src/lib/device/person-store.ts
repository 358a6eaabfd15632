import type { LeaseTimes } from '#domain/access/lease.ts';
import type { DomainDocument } from '#domain/document.ts';
import { quarantineDecisionIdFor } from '#domain/id.ts';
import { canMerge } from '#domain/sync/merge.ts';
import type { LostRevision, PushItem, Receipt } from '#domain/sync/messages.ts';
import { keepUnknownToThisApp } from '#domain/sync/unknown-fields.ts';
import { MS_PER_DAY } from '#domain/time/local-time.ts';
import { CLOCK_TOLERANCE_MS, withRightTimes } from '#domain/time/wrong-clock.ts';
import type { OutboxRow } from './device-storage.ts';
import type { HeldChange } from './held-store.ts';
import { LOOKS_NOTE, openLocalNotes } from './local-notes.ts';
import { openPersonDisk, type StoreSurroundings } from './person-disk.ts';
import { MemoryReplica, type OwnRevision } from './replica.svelte.ts';

/** "Arrived" is remembered this long; what matters is today's list. */
const RECEIPTS_KEPT_MS = 30 * MS_PER_DAY;

/** Refused without the server keeping all of it. */
const ONLY_HERE: ReadonlySet<OutboxRow['refusal']> = new Set(['tooLarge', 'notKept']);

/** One person's data on this device: disk, and the memory that mirrors it. Memory follows disk, never the reverse. */
export async function openPersonStore(around: StoreSurroundings) {
	const { storage, sealing, toSchool, now, newUlid } = around;
	const disk = openPersonDisk(around);
	const { held, outbox, entryOrNull, sealBase, sealRevision } = disk;
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
			const [rows, receipts] = await Promise.all([
				outbox.all(),
				storage.read(['receipts'], (tables) => tables.receipts.all()),
			]);
			const arrived = receipts.flatMap(({ id, ids }) => ids ?? [id]);
			const own = new Map<string, OwnRevision>();
			const unseen = new Set<string>();
			for (const row of rows) {
				const revision = await ownRevision(row);
				if (revision) own.set(row.id, revision);
				else unseen.add(row.id);
			}
			if (before !== learned) continue;
			if (rows.length > 0 || replica.unsentCount > 0) learned++;
			return replica.setOwn(own, new Set(arrived), [...unseen].filter((id) => !own.has(id)).length);
		}
	}

	/** `null`: sealed to the school, and the key of the copy is gone. */
	async function ownRevision(row: OutboxRow): Promise<OwnRevision | null> {
		const known = replica.own.get(row.id);
		const delivery = deliveryOf(row);
		const shiftedBy = row.shiftedBy ?? 0;
		const isKnown = known?.seq === row.seq && known.delivery.kind === delivery.kind && known.shiftedBy === shiftedBy;
		if (isKnown) return known;
		const entry = await entryOrNull(row);
		return entry && { seq: row.seq, document: entry.doc as DomainDocument, delivery, shiftedBy };
	}

	/** Brings memory up to what is on disk; another tab may have written it. */
	const catchUp = () => inTurn(() => readHeld().then(readOutbox));

	async function forgetOldReceipts(): Promise<void> {
		const receipts = await storage.read(['receipts'], (tables) => tables.receipts.all());
		const old = receipts.filter(({ at }) => at < now() - RECEIPTS_KEPT_MS).map(({ id }) => id);
		if (old.length > 0) await storage.write(['receipts'], (tables) => tables.receipts.delete(old));
	}

	/** Left in a file while the disk was too full to say so: said before anything is done with them here. */
	let unmarked: readonly OutboxRow[] = [];
	async function markWhatLeft(): Promise<void> {
		if (unmarked.length === 0) return;
		await outbox.markSent(unmarked);
		unmarked = [];
	}

	/** What an older app left in plain text, or sealed for this device only; loaded where there is any. */
	async function sealWhatIsOlder(): Promise<void> {
		const [mark, rows] = await storage.read(['marks', 'outbox'], ({ marks, outbox: table }) =>
			Promise.all([marks.get('sealed'), table.all()]),
		);
		const isOlder = sealing.version !== null && mark?.value !== sealing.version;
		const isForSchool = rows.some((row) => row.sealed === undefined) && (await toSchool);
		if (isOlder || isForSchool) await (await import('./seal-plain.ts')).sealPlain(around);
	}

	await forgetOldReceipts();
	// What cannot be written anew today (a full disk) is read as it lies; the next visit tries again.
	await sealWhatIsOlder().catch(() => undefined);
	await disk.setAsideUnreadable();
	await catchUp();

	return {
		replica,
		outbox,
		catchUp,
		deviceId: disk.deviceId,
		itemOf: disk.itemOf,
		entryOrNull,
		isLocked: disk.isLocked,

		/** Differs when memory differs. */
		version: () => `${generation} ${learned}`,

		/**
		 * Resolves when it is on disk. `holdUntil` 0: may go out at once.
		 * @param shiftedBy by how much the clock is known to be behind: the times it gave are put right.
		 */
		async save(written: readonly DomainDocument[], holdUntil: number, shiftedBy = 0): Promise<void> {
			const savedAt = now();
			const documents = written.map((document) => {
				const standing = replica.heldDocument(document.id);
				const whole = standing ? keepUnknownToThisApp(standing, document) : document;
				return withRightTimes(whole, shiftedBy, savedAt);
			});
			const revisions = await Promise.all(
				documents.map(async (doc) => {
					const { id } = doc;
					const rev = newUlid();
					const sealed = await sealRevision({ id, rev, doc });
					const heldRev = replica.heldRev(id);
					const standing = canMerge(doc.type) && replica.heldEntry(id);
					const heldBytes = standing ? await sealBase(standing) : undefined;
					const isNew = heldRev === null && !replica.own.has(id);
					return { id, rev, heldRev, heldBytes, isNew, holdUntil, ...sealed, savedAt, shiftedBy };
				}),
			);
			const seqs = await outbox.add(revisions);
			learned++;
			const own = new Map(replica.own);
			documents.forEach((document, index) => {
				const seq = seqs[index] ?? 0;
				// A copy: what the screen goes on changing is not what was saved.
				own.set(document.id, { seq, document: plainCopy(document), delivery: { kind: 'savedHere' }, shiftedBy });
			});
			replica.setOwn(own, replica.arrived, replica.unseen);
		},

		async undo(id: string): Promise<boolean> {
			await markWhatLeft();
			const undone = await outbox.undo(id);
			if (undone) await catchUp();
			return undone;
		},

		/**
		 * What waits here, refused ones included, as a push would send it; oldest first. It leaves this device in a file:
		 * from then on it is neither put right nor taken back here without a word, no more than after a push.
		 */
		async unsentItems(): Promise<PushItem[]> {
			const waiting = await outbox.all();
			// A full disk is a reason to make the file, not one to refuse it.
			const rows = await outbox.markSent(waiting).catch(() => (unmarked = waiting));
			// What was refused a person has to read; the rest is read by the server, and by nobody on the way.
			return Promise.all(rows.map((row) => disk.itemOf(row, !row.sealed || row.refusal !== null)));
		},

		/** What was never sent and never compared with the server's clock. */
		async timesToSettle(): Promise<OutboxRow[]> {
			await markWhatLeft();
			return disk.timesToSettle();
		},

		/** The clock that gave these their times turns out to be behind by so much. */
		async settleTimes(rows: readonly OutboxRow[], behindBy: number): Promise<void> {
			const off = rows.filter((row) => Math.abs(behindBy - (row.shiftedBy ?? 0)) > CLOCK_TOLERANCE_MS);
			if (off.length === 0) return;
			const settled = await Promise.all(
				off.map(async ({ sealed, ...row }) => {
					const { id, rev, shiftedBy = 0, savedAt = 0 } = row;
					const written = await entryOrNull(row);
					// What nobody can read here goes as it is: with the wrong time rather than never.
					if (!written) return { ...row, ...(sealed !== undefined && { sealed }), timesSettled: true };
					const doc = withRightTimes(written.doc as DomainDocument, behindBy - shiftedBy, savedAt + shiftedBy);
					return { ...row, ...(await sealRevision({ id, rev, doc })), shiftedBy: behindBy, timesSettled: true };
				}),
			);
			await outbox.rewrite(settled);
			await catchUp();
		},

		/** Kept across visits: what is saved before the server is heard again is put right by it. */
		async lastClockError(): Promise<number> {
			const mark = await storage.read(['marks'], ({ marks }) => marks.get('clockBehindBy'));
			return (mark?.value as number | undefined) ?? 0;
		},
		keepClockError: (value: number) =>
			storage.writeRelaxed(['marks'], ({ marks }) => marks.put([{ name: 'clockBehindBy', value }])),

		/** Kept across visits: a first sync that was broken off must not look like a finished one. */
		async lastEqualAt(): Promise<Date | null> {
			const mark = await storage.read(['marks'], ({ marks }) => marks.get('lastEqualAt'));
			return typeof mark?.value === 'number' ? new Date(mark.value) : null;
		},
		keepLastEqualAt: (at: Date) =>
			storage.writeRelaxed(['marks'], ({ marks }) => marks.put([{ name: 'lastEqualAt', value: at.getTime() }])),

		/** Where the lease stood; from before there was one, the last contact. `null`: there was no contact yet. */
		async leaseTimes(): Promise<LeaseTimes | null> {
			const [lease, lastEqualAt] = await storage.read(['marks'], ({ marks }) =>
				Promise.all([marks.get('lease'), marks.get('lastEqualAt')]),
			);
			if (lease) return lease.value as LeaseTimes;
			return typeof lastEqualAt?.value === 'number' ? { since: lastEqualAt.value, furthest: lastEqualAt.value } : null;
		},
		keepLeaseTimes: (value: LeaseTimes): Promise<void> =>
			storage.writeRelaxed(['marks'], ({ marks }) => marks.put([{ name: 'lease', value }])),

		/** `known`: see `PersonDisk`. */
		async settle(receipts: readonly Receipt[], known?: readonly OutboxRow[]): Promise<void> {
			await inTurn(async () => {
				const { generation: made, changes } = await disk.settle(receipts, known);
				// Nobody else wrote in between: memory needs no look at the disk.
				if (made !== generation + 1) return readHeld();
				generation = made;
				replica.applyHeld(changes);
			});
			await catchUp();
		},

		/** After a pull: what was refused here may have been accepted by the coordinator meanwhile. */
		async settleAccepted(): Promise<void> {
			const refused = (await outbox.all()).filter((row) => row.refusal !== null);
			if (refused.length === 0) return;
			const entries = replica.all('quarantineEntry');
			const accepted = refused.filter((row) => {
				const entry = entries.find(({ itemId, itemRev }) => itemId === row.id && itemRev === row.rev);
				// The school's word, not a decision made here that it has not taken yet.
				const decided = entry && replica.heldDocument(quarantineDecisionIdFor(entry.id));
				return decided?.type === 'quarantineDecision' && decided.decision.kind === 'accepted';
			});
			if (accepted.length === 0) return;
			await outbox.settleAccepted(
				accepted.map(({ seq }) => seq),
				now(),
			);
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

		/** Lets go of all that the server gave; what was written here and not sent stays, half written or whole (D3). */
		async dropHeld(): Promise<void> {
			await inTurn(async () => {
				generation = await held.clear();
				replica.clearHeld();
			});
			await storage.write(['marks'], ({ marks }) => marks.delete(['lastEqualAt']));
		},

		/** A device that must forget keeps no draft; looks that were not told yet wait for the last telling (D10). */
		dropNotes: (): Promise<void> =>
			storage.write(['notes'], async ({ notes }) =>
				notes.delete((await notes.keys()).filter((name) => name !== LOOKS_NOTE)),
			),

		/**
		 * What the server did not take, it keeps for the coordinator: a device that must forget needs no copy of its own. Of
		 * what was too large it has the beginning at most, or never saw it, and what it had no room for it has not: that stays
		 * here until somebody saved it.
		 * @returns how much else waits; then nothing is dropped.
		 */
		async dropRefused(): Promise<number> {
			const waiting = await storage.write(['outbox'], async ({ outbox }) => {
				const rows = await outbox.all();
				const unsent = rows.filter(({ refusal }) => refusal === null || ONLY_HERE.has(refusal)).length;
				if (unsent === 0) await outbox.delete(rows.map(({ seq }) => seq));
				return unsent;
			});
			await catchUp();
			return waiting;
		},

		/**
		 * A restored server has never heard of these. What it receipted once to this device is offered again, and what this
		 * person may write goes on what stands there now; of the rest this device holds a copy only, and drops it.
		 * @returns how many wait to go out.
		 */
		async offerAgain(lost: readonly LostRevision[]): Promise<number> {
			const here = lost.filter(({ id, lost: rev }) => replica.heldRev(id) === rev);
			const mine = here.flatMap(({ id, lost: rev, current }) => {
				const doc = replica.heldDocument(id);
				const isMine = current !== null || replica.arrived.has(id);
				// What the server adds to a revision is for it to add again.
				return doc && isMine ? [{ id, rev: rev.replace(/~.*$/, ''), baseRev: current, doc }] : [];
			});
			const revisions = await Promise.all(
				mine.map(async ({ id, rev, baseRev, doc }) => {
					return { id, rev, baseRev, ...(await sealRevision({ id, rev, doc })) };
				}),
			);
			const gone = await Promise.all(here.map(({ id }) => held.sealRow({ id, rev: null })));
			const waiting = await outbox.putBack(revisions, gone);
			await catchUp();
			return waiting;
		},

		tidy: () => held.tidy(() => [...replica.held()], generation),

		notes: openLocalNotes(storage, sealing),

		close: () => storage.close(),
		/** Only after `outbox.leave()` said that nothing waits. */
		destroy: () => storage.destroy(),
	};
}

export type PersonStore = Awaited<ReturnType<typeof openPersonStore>>;

function deliveryOf(row: OutboxRow): OwnRevision['delivery'] {
	return row.refusal ? { kind: 'notAccepted', reason: row.refusal } : { kind: 'savedHere' };
}

function plainCopy(document: DomainDocument): DomainDocument {
	return JSON.parse(JSON.stringify(document)) as DomainDocument;
}
