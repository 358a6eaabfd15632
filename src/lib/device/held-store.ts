import type { ChangeRow, PersonDatabase } from './person-database.ts';
import type { Sealing } from './sealing.ts';

/** A document as the server gave it, or as the server acknowledged it. */
export interface HeldEntry {
	readonly id: string;
	readonly rev: string;
	/** Perhaps of a kind that only a newer app can read: kept all the same (D3). */
	readonly doc: unknown;
}

/** What a pull or a receipt changed: a document, or that it is no longer held. */
export type HeldChange = HeldEntry | { readonly id: string; readonly rev: null };

/** From here on a batch is cheaper as one row of bytes than as single rows. */
const PACK_FROM = 300;

/** Single rows before they are folded into a pack: they slow down opening the app. */
const FOLD_AT = 1000;

/** Packs hold old versions and removals; past this share of dead weight they are written anew. */
const COMPACT_AT = 2;

/** Documents per pack: one call to open, 1 MB or so to hold at once. */
const PACK_SIZE = 1000;

/** The tables that one change of what is held touches. */
export const HELD_TABLES = ['packs', 'changes', 'marks'] as const;

export interface HeldSnapshot {
	/** In order of age: what comes later replaces what came before. */
	readonly changes: readonly HeldChange[];
	readonly generation: number;
	/** Everything there is, or only what came after the generation asked for. */
	readonly complete: boolean;
}

/** What lies on disk of what the server gave: packs, and rows newer than any pack (D5). */
export function createHeldStore(db: PersonDatabase, sealing: Sealing) {
	async function nextGeneration(): Promise<number> {
		const generation = ((await db.mark<number>('generation')) ?? 0) + 1;
		await db.setMark('generation', generation);
		return generation;
	}

	/** Rows always say the last word, so a new pack takes away the rows it overtakes. */
	async function putPack(bytes: Uint8Array<ArrayBuffer>, ids: readonly string[]): Promise<number> {
		const generation = await nextGeneration();
		await db.changes.bulkDelete([...ids]);
		await db.packs.add({ generation, count: ids.length, bytes });
		return generation;
	}

	/** Call inside a transaction over `HELD_TABLES`, with rows sealed before it opened. */
	async function putRows(rows: readonly Omit<ChangeRow, 'generation'>[]): Promise<number> {
		const generation = await nextGeneration();
		await db.changes.bulkPut(rows.map((row) => ({ ...row, generation })));
		return generation;
	}

	return {
		putRows,

		async sealRow(change: HeldChange): Promise<Omit<ChangeRow, 'generation'>> {
			return { id: change.id, bytes: await sealing.seal(JSON.stringify(change)) };
		},

		/**
		 * The scopes below are `async` functions on purpose: Dexie only follows native promises in those.
		 * @param text the same as JSON, where the caller has it: making it again takes as long as reading it.
		 * @returns the generation it made.
		 */
		async apply(changes: readonly HeldChange[], text?: string): Promise<number> {
			if (changes.length >= PACK_FROM) {
				const bytes = await sealing.seal(text ?? JSON.stringify(changes));
				const ids = changes.map((change) => change.id);
				return db.transaction('rw', [...HELD_TABLES], async () => putPack(bytes, ids));
			}
			const rows = await Promise.all(changes.map((change) => this.sealRow(change)));
			return db.transaction('rw', [...HELD_TABLES], async () => putRows(rows));
		},

		/** What changed after `since`, or everything when that can no longer be told. */
		async readSince(since: number): Promise<HeldSnapshot> {
			const read = await db.transaction('r', [...HELD_TABLES], async () => {
				const generation = (await db.mark<number>('generation')) ?? 0;
				const compactedAt = (await db.mark<number>('compactedAt')) ?? 0;
				const from = since < compactedAt ? 0 : since;
				if (from === generation) return { generation, from, packs: [], rows: [] };
				const packs = await db.packs.where('generation').above(from).toArray();
				const rows = await db.changes.where('generation').above(from).toArray();
				packs.sort((a, b) => (a.key ?? 0) - (b.key ?? 0));
				return { generation, from, packs, rows };
			});
			const changes: HeldChange[] = [];
			for (const pack of read.packs) {
				const opened = await openOr(sealing, pack.bytes, () => db.packs.delete(pack.key ?? -1));
				for (const change of (opened as HeldChange[] | undefined) ?? []) changes.push(change);
			}
			for (const row of read.rows) {
				const opened = await openOr(sealing, row.bytes, () => db.changes.delete(row.id));
				if (opened !== undefined) changes.push(opened as HeldChange);
			}
			return { changes, generation: read.generation, complete: read.from === 0 };
		},

		/**
		 * Housekeeping between syncs: rows into a pack, and packs anew once they are mostly history.
		 * `held`: everything, as of `generation`; when the disk is further, it is left for the next time.
		 */
		async tidy(held: () => readonly HeldEntry[], generation: number): Promise<void> {
			if ((await db.changes.count()) < FOLD_AT) return;
			const packed = (await db.packs.count()) * PACK_SIZE;
			if (packed > COMPACT_AT * held().length + PACK_SIZE) await compact(held(), generation);
			else await fold(generation);
		},
	};

	async function fold(generation: number): Promise<void> {
		const rows = await db.changes.toArray();
		const texts = await Promise.all(rows.map((row) => sealing.open(row.bytes)));
		const bytes = await sealing.seal(`[${texts.join(',')}]`);
		await db.transaction('rw', [...HELD_TABLES], async () => {
			if ((await db.mark<number>('generation')) !== generation) return;
			await putPack(
				bytes,
				rows.map((row) => row.id),
			);
		});
	}

	async function compact(entries: readonly HeldEntry[], generation: number): Promise<void> {
		const packs: { count: number; bytes: Uint8Array<ArrayBuffer> }[] = [];
		for (let at = 0; at < entries.length; at += PACK_SIZE) {
			const slice = entries.slice(at, at + PACK_SIZE);
			packs.push({ count: slice.length, bytes: await sealing.seal(JSON.stringify(slice)) });
		}
		await db.transaction('rw', [...HELD_TABLES], async () => {
			if ((await db.mark<number>('generation')) !== generation) return;
			const next = await nextGeneration();
			await db.setMark('compactedAt', next);
			await db.packs.clear();
			await db.changes.clear();
			await db.packs.bulkAdd(packs.map((pack) => ({ ...pack, generation: next })));
		});
	}
}

export type HeldStore = ReturnType<typeof createHeldStore>;

/** Bytes that cannot be read are dropped: the sets then differ, and the next pull brings the documents again (D4). */
async function openOr(sealing: Sealing, bytes: Uint8Array, drop: () => Promise<void>): Promise<unknown> {
	try {
		return JSON.parse(await sealing.open(bytes)) as unknown;
	} catch {
		await drop();
		return undefined;
	}
}
