import type { Dice } from '#server/demo/random.ts';
import type { DocumentStore, StoreHost, StoreRecord, Write } from '#server/store/document-store.ts';
import { memoryHost } from '#server/store/memory.ts';
import type { VirtualTime } from './virtual-time.ts';

/** How a store's next write goes wrong. `after`: it was written all the same, and only the answer got lost. */
export type StoreFault = 'failsBefore' | 'failsAfter';

/** What a worker hears then; any other error is a bug. */
export class StoreAway extends Error {}

/** Milliseconds a write takes at most: a busy disk, or a CouchDB next door. */
const SLOW_WRITE_MS = 40;

/** How far a second server runs behind the first: CouchDB is asked every second. */
const FEED_DELAY_MS = 1000;

export type Contents = ReadonlyMap<string, readonly StoreRecord[]>;

export interface ServerDiskOptions {
	readonly time: VirtualTime;
	readonly dice: Dice;
	/** A record is on the disk from this moment. */
	readonly onStored: (database: string, record: StoreRecord) => void;
	/** And is not from this one. */
	readonly onRemoved: (database: string, id: string) => void;
}

/** What a server process opens; dead with it. */
export interface OpenHost extends StoreHost {
	/** The process is gone: what it asked for is not answered any more. */
	kill(): void;
}

/** The disk under one school's servers: it outlives them, can be slow or full, and can be put back to yesterday. */
export function createServerDisk({ time, dice, onStored, onRemoved }: ServerDiskOptions) {
	let host = memoryHost();
	const names = new Set<string>();
	const faults: StoreFault[] = [];

	async function write<R extends StoreRecord>(name: string, store: DocumentStore<R>, writes: readonly Write<R>[]) {
		const outcomes = await store.putAll(writes);
		writes.forEach(({ record }, index) => outcomes[index]?.ok && onStored(name, record));
		return outcomes;
	}

	/** A kill between two parts leaves the first: neither CouchDB nor LevelDB promises more for a batch. */
	async function writeInParts<R extends StoreRecord>(
		name: string,
		store: DocumentStore<R>,
		writes: readonly Write<R>[],
		isAlive: () => boolean,
	) {
		const fault = writes.length > 0 ? faults.shift() : undefined;
		if (fault === 'failsBefore') throw new StoreAway();
		const cut = dice.between(0, writes.length);
		const outcomes: Awaited<ReturnType<typeof store.putAll>> = [];
		for (const part of [writes.slice(0, cut), writes.slice(cut)]) {
			if (part.length === 0) continue;
			await time.pass(dice.between(0, SLOW_WRITE_MS));
			if (!isAlive()) return never<typeof outcomes>();
			outcomes.push(...(await write(name, store, part)));
		}
		await time.pass(dice.between(0, SLOW_WRITE_MS / 4));
		if (fault === 'failsAfter') throw new StoreAway();
		return outcomes;
	}

	return {
		/** `lags`: hears of what others write a while later. */
		open({ lags }: { readonly lags: boolean }): OpenHost {
			let alive = true;
			const isAlive = () => alive;

			function wrap<R extends StoreRecord>(name: string, store: DocumentStore<R>): DocumentStore<R> {
				const whileAlive = async <T>(run: () => Promise<T>) => {
					const answer = alive ? await run() : await never<T>();
					return alive ? answer : never<T>();
				};
				const removeAll = (ids: readonly string[]) =>
					whileAlive(async () => {
						await time.pass(dice.between(0, SLOW_WRITE_MS));
						if (!alive) return never<void>();
						await store.removeAll(ids);
						ids.forEach((id) => onRemoved(name, id));
					});
				const putAll = (writes: readonly Write<R>[]) => whileAlive(() => writeInParts(name, store, writes, isAlive));
				return {
					...store,
					get: (id) => whileAlive(() => store.get(id)),
					put: async (record, expectedRev) => {
						const [outcome] = await putAll([{ record, expectedRev }]);
						if (!outcome) throw new Error('One write has one outcome');
						return outcome;
					},
					putAll,
					remove: (id) => removeAll([id]),
					removeAll,
					purge: () => whileAlive(() => store.purge()),
					follow: (since, onChanges) =>
						store.follow(since, async (changes) => {
							if (lags) await time.aside(() => time.pass(dice.between(1, FEED_DELAY_MS)));
							if (alive) await onChanges(changes);
						}),
					readNote: (noteName) => whileAlive(() => store.readNote(noteName)),
					writeNote: (noteName, value) => whileAlive(() => store.writeNote(noteName, value)),
				};
			}

			return {
				...host,
				async open<R extends StoreRecord>(name: string) {
					names.add(name);
					return wrap(name, await host.open<R>(name));
				},
				kill: () => void (alive = false),
			};
		},

		/** Before a server runs: what the school has from the start. */
		async seed<R extends StoreRecord>(name: string, records: readonly R[]): Promise<void> {
			names.add(name);
			await write(
				name,
				await host.open<R>(name),
				records.map((record) => ({ record, expectedRev: null })),
			);
		},

		failNextWrites: (...next: readonly StoreFault[]) => void faults.push(...next),
		forgetFaults: () => void faults.splice(0),

		async read<R extends StoreRecord>(name: string): Promise<readonly R[]> {
			const records: R[] = [];
			for await (const changes of (await host.open<R>(name)).changes(null)) {
				for (const { record } of changes) if (record) records.push(record);
			}
			return records;
		},

		async snapshot(): Promise<Contents> {
			const contents = new Map<string, readonly StoreRecord[]>();
			for (const name of names) contents.set(name, await this.read(name));
			return contents;
		},

		/** Every server must be down. What is in `kept` stays as it is today. */
		async restore(contents: Contents, kept: readonly string[]): Promise<void> {
			const today = await this.snapshot();
			host = memoryHost();
			for (const name of names) {
				const records = (kept.includes(name) ? today : contents).get(name) ?? [];
				await (await host.open(name)).putAll(records.map((record) => ({ record, expectedRev: null })));
			}
		},
	};
}

export type ServerDisk = ReturnType<typeof createServerDisk>;

function never<T>(): Promise<T> {
	return new Promise<T>(() => undefined);
}
