import type { ChangeRow, DeviceStorage, DeviceTables } from './device-storage.ts';
import type { Content, Sealing } from './sealing.ts';

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

/** So many are opened beside each other: ciphers run on other threads, and each pack takes a few megabytes meanwhile. */
const PACKS_AT_ONCE = 4;
const ROWS_AT_ONCE = 200;

/** The tables that one change of what is held touches. */
export const HELD_TABLES = ['packs', 'changes', 'marks'] as const;

export interface HeldSnapshot {
	/** In order of age: what comes later replaces what came before. */
	readonly changes: readonly HeldChange[];
	readonly generation: number;
	/** Everything there is, or only what came after the generation asked for. */
	readonly complete: boolean;
}

/** Ready to be written: ciphers take their time, and a transaction does not wait for them. */
export type SealedChanges =
	| { readonly kind: 'rows'; readonly rows: readonly NewRow[] }
	| { readonly kind: 'pack'; readonly bytes: Uint8Array<ArrayBuffer>; readonly ids: readonly string[] };

type NewRow = Omit<ChangeRow, 'generation'>;

type HeldTables = Pick<DeviceTables, (typeof HELD_TABLES)[number]>;

/** What lies on disk of what the server gave: packs, and rows newer than any pack (D5). */
export function createHeldStore(storage: DeviceStorage, sealing: Sealing) {
	async function nextGeneration({ marks }: Pick<DeviceTables, 'marks'>): Promise<number> {
		const value = (await numberIn(marks, 'generation')) + 1;
		await marks.put([{ name: 'generation', value }]);
		return value;
	}

	/** Rows always say the last word, so a new pack takes away the rows it overtakes. */
	async function putPack(tables: HeldTables, bytes: Uint8Array<ArrayBuffer>, ids: readonly string[]): Promise<number> {
		const [generation, standing] = await Promise.all([nextGeneration(tables), tables.changes.keys()]);
		// Asking which there are is one request to the disk; deleting a thousand that are not there is a thousand.
		const packed = new Set(standing.length > 0 ? ids : []);
		const overtaken = standing.filter((id) => packed.has(id));
		if (overtaken.length > 0 && overtaken.length === standing.length) await tables.changes.clear();
		else if (overtaken.length > 0) await tables.changes.delete(overtaken);
		await tables.packs.add({ generation, count: ids.length, bytes });
		return generation;
	}

	async function putRows(tables: HeldTables, rows: readonly NewRow[]): Promise<number> {
		const generation = await nextGeneration(tables);
		await tables.changes.put(rows.map((row) => ({ ...row, generation })));
		return generation;
	}

	async function sealRow(change: HeldChange): Promise<NewRow> {
		return { id: change.id, bytes: await sealing.seal(JSON.stringify(change), `changes/${change.id}`) };
	}

	return {
		sealRow,
		/** Call inside a transaction over `HELD_TABLES`, with rows sealed before it opened. */
		putRows,

		/** `text`: the same as JSON, where the caller has it: making it again takes as long as reading it. */
		async seal(changes: readonly HeldChange[], text?: string): Promise<SealedChanges> {
			if (changes.length < PACK_FROM) return { kind: 'rows', rows: await Promise.all(changes.map(sealRow)) };
			const bytes = await sealing.seal(text ?? JSON.stringify(changes), 'packs');
			return { kind: 'pack', bytes, ids: changes.map((change) => change.id) };
		},

		/** Call inside a transaction over `HELD_TABLES`. @returns the generation it made. */
		put: (tables: HeldTables, sealed: SealedChanges): Promise<number> =>
			sealed.kind === 'pack' ? putPack(tables, sealed.bytes, sealed.ids) : putRows(tables, sealed.rows),

		async apply(changes: readonly HeldChange[], text?: string): Promise<number> {
			const sealed = await this.seal(changes, text);
			return storage.write(HELD_TABLES, (tables) => this.put(tables, sealed));
		},

		/** Nothing the server gave is on the disk any more. @returns the generation it made. */
		clear: (): Promise<number> =>
			storage.write(HELD_TABLES, async (tables) => {
				const generation = await nextGeneration(tables);
				// Another tab reads everything anew: nothing.
				await tables.marks.put([{ name: 'compactedAt', value: generation }]);
				await tables.packs.clear();
				await tables.changes.clear();
				return generation;
			}),

		/** What changed after `since`, or everything when that can no longer be told. */
		async readSince(since: number): Promise<HeldSnapshot> {
			const read = await storage.read(HELD_TABLES, async ({ packs, changes, marks }) => {
				const generation = await numberIn(marks, 'generation');
				const compactedAt = await numberIn(marks, 'compactedAt');
				const from = since < compactedAt ? 0 : since;
				if (from === generation) return { generation, from, packs: [], rows: [] };
				const [newPacks, rows] = await Promise.all([
					packs.above('generation', from),
					changes.above('generation', from),
				]);
				return { generation, from, packs: newPacks, rows };
			});
			const [packs, rows] = await Promise.all([
				inOrder(read.packs, PACKS_AT_ONCE, async ({ bytes }) => openOrUndefined(bytes, 'packs')),
				inOrder(read.rows, ROWS_AT_ONCE, async (row) => openOrUndefined(row.bytes, contentOf(row))),
			]);
			await drop(
				read.packs.filter((_, index) => packs[index] === undefined).map(({ key }) => key),
				read.rows.filter((_, index) => rows[index] === undefined).map(({ id }) => id),
			);
			const changes = [...packs.flatMap((pack) => pack ?? []), ...rows.filter((row) => row !== undefined)];
			return { changes: changes as HeldChange[], generation: read.generation, complete: read.from === 0 };
		},

		/**
		 * Housekeeping between syncs: rows into a pack, and packs anew once they are mostly history.
		 * `held`: everything, as of `generation`; when the disk is further, it is left for the next time.
		 */
		async tidy(held: () => readonly HeldEntry[], generation: number): Promise<void> {
			const [rows, packs] = await storage.read(['changes', 'packs'], (tables) =>
				Promise.all([tables.changes.count(), tables.packs.count()]),
			);
			if (rows < FOLD_AT) return;
			const packed = packs * PACK_SIZE;
			if (packed > COMPACT_AT * held().length + PACK_SIZE) await compact(held(), generation);
			else await fold(generation);
		},
	};

	async function openOrUndefined(bytes: Uint8Array, content: Content): Promise<unknown> {
		try {
			return JSON.parse(await sealing.open(bytes, content)) as unknown;
		} catch {
			return undefined;
		}
	}

	/**
	 * What cannot be read goes: the sets then differ, and the next pull brings the documents again (D4). Until then it must
	 * not look as if this device had them.
	 */
	async function drop(packKeys: readonly number[], ids: readonly string[]): Promise<void> {
		if (packKeys.length + ids.length === 0) return;
		await storage.write(['packs', 'changes', 'marks'], async ({ packs, changes, marks }) => {
			await packs.delete(packKeys);
			await changes.delete(ids);
			await marks.delete(['lastEqualAt']);
		});
	}

	async function fold(generation: number): Promise<void> {
		const rows = await storage.read(['changes'], ({ changes }) => changes.all());
		const texts = await Promise.all(rows.map((row) => sealing.open(row.bytes, contentOf(row))));
		const bytes = await sealing.seal(`[${texts.join(',')}]`, 'packs');
		await storage.write(HELD_TABLES, async (tables) => {
			if ((await numberIn(tables.marks, 'generation')) !== generation) return;
			await putPack(
				tables,
				bytes,
				rows.map((row) => row.id),
			);
		});
	}

	async function compact(entries: readonly HeldEntry[], generation: number): Promise<void> {
		const packs: { count: number; bytes: Uint8Array<ArrayBuffer> }[] = [];
		for (let at = 0; at < entries.length; at += PACK_SIZE) {
			const slice = entries.slice(at, at + PACK_SIZE);
			packs.push({ count: slice.length, bytes: await sealing.seal(JSON.stringify(slice), 'packs') });
		}
		await storage.write(HELD_TABLES, async (tables) => {
			if ((await numberIn(tables.marks, 'generation')) !== generation) return;
			const next = await nextGeneration(tables);
			await tables.marks.put([{ name: 'compactedAt', value: next }]);
			await tables.packs.clear();
			await tables.changes.clear();
			for (const pack of packs) await tables.packs.add({ ...pack, generation: next });
		});
	}
}

export type HeldStore = ReturnType<typeof createHeldStore>;

function contentOf({ id, fromOutbox }: NewRow): Content {
	return fromOutbox ? `outbox/${id}` : `changes/${id}`;
}

async function numberIn(marks: DeviceTables['marks'], name: 'generation' | 'compactedAt'): Promise<number> {
	return ((await marks.get(name))?.value as number | undefined) ?? 0;
}

async function inOrder<T, R>(all: readonly T[], atOnce: number, run: (each: T) => Promise<R>): Promise<R[]> {
	const done: R[] = [];
	for (let at = 0; at < all.length; at += atOnce) {
		for (const each of await Promise.all(all.slice(at, at + atOnce).map(run))) done.push(each);
	}
	return done;
}
