import type { DomainDocument } from '#domain/document.ts';
import { idOf, type DeviceId } from '#domain/id.ts';
import { mergeVersions } from '#domain/sync/merge.ts';
import type { PushItem, Receipt } from '#domain/sync/messages.ts';
import type { DeviceStorage, OutboxRow } from './device-storage.ts';
import { createHeldStore, type HeldChange, type HeldEntry } from './held-store.ts';
import { createOutbox } from './outbox.ts';
import { readDocument } from './readable.ts';
import { Locked, Unreadable, type Sealing } from './sealing.ts';
import { planSettlement, type MergedRevision, type SettlementPlan } from './settlement.ts';

/** @returns the text sealed to the school (`school-seal.ts`). */
export type SealToSchool = (text: string, revision: Pick<HeldEntry, 'id' | 'rev'>) => Promise<string>;

/** What a store works with; a test brings its own. */
export interface StoreSurroundings {
	readonly storage: DeviceStorage;
	readonly sealing: Sealing;
	/** `null`, or left out: the school's key is not known, and what waits is sealed for this device only. */
	readonly toSchool?: Promise<SealToSchool | null>;
	/** Milliseconds by this device's clock, which may be wrong. */
	readonly now: () => number;
	readonly newUlid: () => string;
}

/** What one person's disk holds, and what a push and its receipts do to it: all that is needed to send, without a page. */
export function openPersonDisk({ storage, sealing, toSchool, now, newUlid }: StoreSurroundings) {
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

	/** `null`: its key is gone, or behind the PIN. */
	function entryOrNull({ bytes, id }: Pick<OutboxRow, 'bytes' | 'id'>): Promise<HeldEntry | null> {
		return entryIn(bytes, id).catch((error: unknown) => {
			if (error instanceof Unreadable || error instanceof Locked) return null;
			throw error;
		});
	}

	/** The numbers of those that can be opened, or could be with the PIN, or can be sent as they are. */
	async function readableOf(rows: readonly OutboxRow[]): Promise<ReadonlySet<number>> {
		const seqs = await Promise.all(
			rows.map((row) =>
				(row.sealed && !row.refusal ? Promise.resolve(null) : entryIn(row.bytes, row.id)).then(
					() => row.seq,
					(error: unknown) => (error instanceof Unreadable ? null : row.seq),
				),
			),
		);
		return new Set(seqs.filter((seq) => seq !== null));
	}

	/** What the server gave, for merging: it is read by who may read. */
	const sealBase = (entry: HeldEntry) => sealing.seal(JSON.stringify(entry), `outbox/${entry.id}`, true);

	/** To the school, and a copy for this person; where the school's key is not known, for this device. */
	async function sealRevision(entry: HeldEntry): Promise<Pick<OutboxRow, 'bytes' | 'sealed'>> {
		const text = JSON.stringify(entry);
		const seal = await toSchool;
		const [bytes, sealed] = await Promise.all([
			sealing.seal(text, `outbox/${entry.id}`, Boolean(seal)),
			seal?.(text, entry),
		]);
		return sealed === undefined ? { bytes } : { bytes, sealed };
	}

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
			const [base, mine] = await Promise.all([entryOrNull({ bytes: baseBytes, id }), entryOrNull(newest)]);
			const doc = base && mine && mergeVersions(base.doc as DomainDocument, mine.doc as DomainDocument, theirs);
			if (!doc) continue;
			const rev = newUlid();
			const baseBytesNow = await sealBase({ id, rev: result.currentRev, doc: result.current });
			merged.set(newest.seq, { id, rev, ...(await sealRevision({ id, rev, doc })), baseBytes: baseBytesNow });
		}
		return merged;
	}

	/** What arrived is from now on what the server holds; after a conflict the server's version is. */
	async function changesOf({ arrived, conflicts }: SettlementPlan): Promise<HeldChange[]> {
		// Of what cannot be read here, the next pull brings what arrived.
		const own = (await Promise.all(arrived.map(entryOrNull))).filter((entry) => entry !== null);
		const theirs = conflicts.flatMap(({ id, result }) => {
			const isThere = result.kind === 'conflict' && result.current !== undefined && result.current !== null;
			return isThere ? [{ id, rev: result.currentRev, doc: result.current }] : [];
		});
		// The last word about a document counts: several revisions may have arrived at once.
		return [...new Map([...own, ...theirs].map((change) => [change.id, change])).values()];
	}

	/** While locked nothing can be opened or sealed: what arrived is held as it lay in the outbox. */
	async function heldFrom(plan: SettlementPlan) {
		const changes = sealing.isLocked ? [] : await changesOf(plan);
		if (!sealing.isLocked) return { changes, sealed: await held.seal(changes) };
		const rows = plan.arrived.map(({ id, bytes }) => ({ id, bytes, fromOutbox: true as const }));
		return {
			changes,
			sealed: { kind: 'rows' as const, rows: [...new Map(rows.map((row) => [row.id, row])).values()] },
		};
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
		entryOrNull,
		sealBase,
		sealRevision,
		isLocked: sealing.isLocked,

		/** A disk that was full may have room by the next time it is asked. */
		deviceId: (): Promise<DeviceId> =>
			(ownId ??= readDeviceId().catch((error: unknown) => {
				ownId = undefined;
				throw error;
			})),

		/** @param isOpen in plain text, for a server that cannot open the seal. */
		async itemOf(row: OutboxRow, isOpen = !row.sealed): Promise<PushItem> {
			const { id, rev, baseRev, seq, sealed } = row;
			const entry = isOpen ? await entryOrNull(row) : null;
			if (!entry && !sealed) throw new Unreadable('There is nothing left to send');
			return { id, rev, baseRev, seq, ...(entry ? { doc: entry.doc } : { sealed }) };
		},

		/**
		 * What waits and lost its key can never be sent, or, refused, never be put right. It goes out of the way of what is written from now on, and is kept
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
				const { changes, sealed } = await heldFrom(plan);
				const planned = rows.map((row) => row.seq);
				const generation = await outbox.carryOut(plan, planned, sealed, now());
				if (generation !== null) return { generation, changes };
			}
		},
	};
}

export type PersonDisk = ReturnType<typeof openPersonDisk>;
