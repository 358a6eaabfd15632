import type { DomainDocument } from '#domain/document.ts';
import { idOf, type DeviceId } from '#domain/id.ts';
import { mergeVersions } from '#domain/sync/merge.ts';
import type { PushItem, Receipt } from '#domain/sync/messages.ts';
import type { DeviceStorage, OutboxRow } from './device-storage.ts';
import { createHeldStore, type HeldChange, type HeldEntry } from './held-store.ts';
import { createOutbox } from './outbox.ts';
import { readDocument } from './readable.ts';
import { Unreadable, type Sealing } from './sealing.ts';
import { planSettlement, type MergedRevision, type SettlementPlan } from './settlement.ts';

/** What a store works with; a test brings its own. */
export interface StoreSurroundings {
	readonly storage: DeviceStorage;
	readonly sealing: Sealing;
	/** Milliseconds by this device's clock, which may be wrong. */
	readonly now: () => number;
	readonly newUlid: () => string;
}

/** What one person's disk holds, and what a push and its receipts do to it: all that is needed to send, without a page. */
export function openPersonDisk({ storage, sealing, now, newUlid }: StoreSurroundings) {
	const held = createHeldStore(storage, sealing);
	const outbox = createOutbox(storage, held);

	/** A push opens a row to send it, and its receipt makes it what is held: the same bytes are opened once. */
	const opened = new WeakMap<Uint8Array, Promise<HeldEntry>>();
	function entryIn(bytes: Uint8Array, id: string): Promise<HeldEntry> {
		const open = async () => JSON.parse(await sealing.open(bytes, `outbox/${id}`)) as HeldEntry;
		let entry = opened.get(bytes);
		if (!entry) opened.set(bytes, (entry = open()));
		return entry;
	}

	async function documentIn(bytes: Uint8Array, id: string): Promise<DomainDocument> {
		return (await entryIn(bytes, id)).doc as DomainDocument;
	}

	/** The numbers of those that can be opened, or could be with the PIN. */
	async function readableOf(rows: readonly OutboxRow[]): Promise<ReadonlySet<number>> {
		const seqs = await Promise.all(
			rows.map((row) =>
				entryIn(row.bytes, row.id).then(
					() => row.seq,
					(error: unknown) => (error instanceof Unreadable ? null : row.seq),
				),
			),
		);
		return new Set(seqs.filter((seq) => seq !== null));
	}

	const sealEntry = (entry: HeldEntry) => sealing.seal(JSON.stringify(entry), `outbox/${entry.id}`);

	/**
	 * Where this person wrote on another device meanwhile, both versions become one where nothing speaks against it. What
	 * cannot be merged stays a conflict, and both are kept.
	 */
	async function mergesFor(rows: readonly OutboxRow[], receipts: readonly Receipt[]) {
		const merged = new Map<number, MergedRevision>();
		for (const { id, seq, result } of receipts) {
			if (result.kind !== 'conflict') continue;
			const theirs = readDocument(result.current, id);
			const chain = rows.filter((row) => row.id === id);
			const baseBytes = chain.find((row) => row.seq === seq)?.baseBytes;
			const newest = chain.at(-1);
			if (!theirs || !baseBytes || !newest) continue;
			const [base, mine] = await Promise.all([documentIn(baseBytes, id), documentIn(newest.bytes, id)]);
			const doc = mergeVersions(base, mine, theirs);
			if (!doc) continue;
			const rev = newUlid();
			const bytes = await sealEntry({ id, rev, doc });
			const baseBytesNow = await sealEntry({ id, rev: result.currentRev, doc: result.current });
			merged.set(newest.seq, { id, rev, bytes, baseBytes: baseBytesNow });
		}
		return merged;
	}

	/** What arrived is from now on what the server holds; after a conflict the server's version is. */
	async function changesOf({ arrived, conflicts }: SettlementPlan): Promise<HeldChange[]> {
		const own = await Promise.all(arrived.map((row) => entryIn(row.bytes, row.id)));
		const theirs = conflicts.flatMap(({ id, result }) => {
			const isThere = result.kind === 'conflict' && result.current !== undefined && result.current !== null;
			return isThere ? [{ id, rev: result.currentRev, doc: result.current }] : [];
		});
		// The last word about a document counts: several revisions may have arrived at once.
		return [...new Map([...own, ...theirs].map((change) => [change.id, change])).values()];
	}

	/** A number of its own for each device and person: the server knows by it what it has seen (D4). */
	async function readDeviceId(): Promise<DeviceId> {
		const standing = await storage.read(['marks'], ({ marks }) => marks.get('deviceId'));
		if (standing) return standing.value as DeviceId;
		const made = idOf('device', newUlid());
		return storage.write(['marks'], async ({ marks }) => {
			const known = await marks.get('deviceId');
			if (known) return known.value as DeviceId;
			await marks.put([{ name: 'deviceId', value: made }]);
			return made;
		});
	}
	let ownId: Promise<DeviceId> | undefined;

	return {
		held,
		outbox,
		documentIn,
		sealEntry,

		/** A disk that was full may have room by the next time it is asked. */
		deviceId: (): Promise<DeviceId> =>
			(ownId ??= readDeviceId().catch((error: unknown) => {
				ownId = undefined;
				throw error;
			})),

		async itemOf(row: OutboxRow): Promise<PushItem> {
			const { id, rev, baseRev, seq } = row;
			return { id, rev, baseRev, seq, doc: await documentIn(row.bytes, id) };
		},

		/**
		 * What waits and lost its key can never be sent. It goes out of the way of what is written from now on, and is kept
		 * until the person has seen how much it was.
		 */
		async setAsideUnreadable(): Promise<void> {
			const [rows, aside] = await Promise.all([outbox.all(), outbox.setAsideRows()]);
			const readable = await readableOf(aside);
			if (readable.size > 0) await outbox.takeBack(readable);
			const standing = await readableOf(rows);
			const lost = rows.filter(({ seq }) => !standing.has(seq));
			if (lost.length > 0) await outbox.setAside(lost);
		},

		/** What was never sent and never compared with the server's clock. */
		async timesToSettle(): Promise<OutboxRow[]> {
			const rows = await outbox.all();
			return rows.filter((row) => !row.sent && !row.timesSettled && row.savedAt !== undefined);
		},

		/**
		 * `known`: the whole outbox as it was read for the push; reading 500 rows again takes as long as writing them.
		 * @returns what is held from now on, and the generation in which the disk says so.
		 */
		async settle(receipts: readonly Receipt[], known?: readonly OutboxRow[]) {
			for (let before = known; ; before = undefined) {
				const rows = before ?? (await outbox.all());
				const plan = planSettlement(rows, receipts, await mergesFor(rows, receipts));
				// Taking rows out needs their numbers only; what is written anew must be as it stands now.
				if (before && plan.put.length + plan.add.length > 0) continue;
				const changes = await changesOf(plan);
				const planned = rows.map((row) => row.seq);
				const generation = await outbox.carryOut(plan, planned, await held.seal(changes), now());
				if (generation !== null) return { generation, changes };
			}
		},
	};
}

export type PersonDisk = ReturnType<typeof openPersonDisk>;
