import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMemoryDisk } from '#tests/factories/memory-disk.ts';
import type { DeviceStorage, DeviceTables } from './device-storage.ts';
import { createHeldStore, type HeldChange } from './held-store.ts';
import { plainSealing } from './sealing.ts';

/** Hundreds of transactions on a machine that does other things too. */
const PROPERTY_MS = 60_000;

function open() {
	const storage = createMemoryDisk().open();
	return { storage, held: createHeldStore(storage, plainSealing) };
}

function rowsIn(storage: DeviceStorage): Promise<[packs: number, changes: number]> {
	return storage.read(['packs', 'changes'], ({ packs, changes }) => Promise.all([packs.count(), changes.count()]));
}

const entry = (n: number, rev = 'r1'): HeldChange => ({ id: `obs_${n}`, rev, doc: { n, rev } });
const gone = (n: number): HeldChange => ({ id: `obs_${n}`, rev: null });
const many = (count: number, rev: string) => Array.from({ length: count }, (_, n) => entry(n, rev));

/** What a device would hold in memory after reading all of it. */
function fold(changes: readonly HeldChange[], into = new Map<string, HeldChange>()) {
	for (const change of changes) {
		if (change.rev === null) into.delete(change.id);
		else into.set(change.id, change);
	}
	return into;
}

async function everything(held: ReturnType<typeof open>['held']) {
	const { changes, complete } = await held.readSince(0);
	expect(complete).toBe(true);
	return fold(changes);
}

test('a large batch lies in one row, a small one in rows of its own', async () => {
	const { storage, held } = open();
	await held.apply(many(1000, 'r1'));
	await held.apply([entry(1, 'r2'), gone(2)]);
	expect(await rowsIn(storage)).toEqual([1, 2]);
	const all = await everything(held);
	expect(all.size).toBe(999);
	expect(all.get('obs_1')?.rev).toBe('r2');
});

test('a pack that comes after a row about the same document overtakes it', async () => {
	const { held } = open();
	await held.apply([entry(1, 'old')]);
	await held.apply(many(1000, 'new'));
	expect((await everything(held)).get('obs_1')?.rev).toBe('new');
});

test('a pack asks the disk to delete only the rows it overtakes: a first sync has none', async () => {
	const storage = createMemoryDisk().open();
	const deleted: string[] = [];
	const watched: DeviceStorage = {
		...storage,
		write: (names, run) =>
			storage.write(names, (tables) => {
				const { changes } = tables as Partial<DeviceTables>;
				if (!changes) return run(tables);
				const watching = {
					...changes,
					delete: (keys: readonly string[]) => (deleted.push(...keys), changes.delete(keys)),
				};
				return run({ ...tables, changes: watching });
			}),
	};
	const held = createHeldStore(watched, plainSealing);
	await held.apply(many(1000, 'r1'));
	expect(deleted).toEqual([]);
	await held.apply([entry(1, 'r2'), entry(5000)]);
	await held.apply(many(1000, 'r3'));
	expect(deleted).toEqual(['obs_1']);
	const all = await everything(held);
	expect([all.size, all.get('obs_1')?.rev]).toEqual([1001, 'r3']);
});

test('who has read before reads only what came since', async () => {
	const { held } = open();
	const before = await held.apply(many(1000, 'r1'));
	await held.apply([entry(5000)]);
	const { changes, complete } = await held.readSince(before);
	expect(complete).toBe(false);
	expect(changes).toEqual([entry(5000)]);
});

test('after the packs were written anew, who read before reads all', async () => {
	const { storage, held } = open();
	const first = await held.apply(many(1000, 'r0'));
	for (let round = 1; round <= 3; round++) await held.apply(many(1000, `r${round}`));
	let generation = 0;
	for (let n = 0; n < 1000; n += 100) {
		generation = await held.apply(Array.from({ length: 100 }, (_, i) => gone(n + i)));
	}
	await held.apply([entry(7)]);
	generation++;
	await held.tidy(() => [{ id: 'obs_7', rev: 'r1', doc: { n: 7, rev: 'r1' } }], generation);
	expect(await rowsIn(storage)).toEqual([1, 0]);
	const { changes, complete } = await held.readSince(first);
	expect(complete).toBe(true);
	expect(changes).toEqual([entry(7)]);
});

test('housekeeping leaves alone what another tab wrote meanwhile', async () => {
	const { storage, held } = open();
	let generation = 0;
	for (let n = 0; n < 1200; n += 200) generation = await held.apply(many(1200, 'r1').slice(n, n + 200));
	await held.tidy(() => [], generation - 1);
	expect(await rowsIn(storage)).toEqual([0, 1200]);
	await held.tidy(() => [], generation);
	expect(await rowsIn(storage)).toEqual([1, 0]);
	expect((await everything(held)).size).toBe(1200);
});

test('bytes that cannot be read are dropped, the rest is kept', async () => {
	const { storage, held } = open();
	await held.apply(many(400, 'r1'));
	await held.apply([entry(1000)]);
	await storage.write(['packs'], async ({ packs }) => {
		const [pack] = await packs.all();
		if (pack) await packs.put([{ ...pack, bytes: new Uint8Array([0xff, 0x00]) }]);
	});
	expect([...(await everything(held)).keys()]).toEqual(['obs_1000']);
	expect(await rowsIn(storage)).toEqual([0, 1]);
});

test(
	'whatever is applied and tidied, in whatever order: disk and memory hold the same',
	async () => {
		const change = fc.record({ n: fc.nat({ max: 900 }), rev: fc.constantFrom('a', 'b', null) });
		const batch = fc.oneof(
			fc.array(change, { minLength: 1, maxLength: 4 }),
			fc
				.record({ from: fc.nat({ max: 500 }), rev: fc.constantFrom('a', 'b') })
				.map(({ from, rev }) => Array.from({ length: 400 }, (_, i) => ({ n: from + i, rev }))),
		);
		await fc.assert(
			fc.asyncProperty(fc.array(batch, { maxLength: 8 }), fc.nat({ max: 8 }), async (batches, readAt) => {
				const { held } = open();
				const memory = new Map<string, HeldChange>();
				const late = new Map<string, HeldChange>();
				let lateGeneration = 0;
				for (const [index, each] of batches.entries()) {
					const changes = new Map(each.map(({ n, rev }) => [n, rev === null ? gone(n) : entry(n, rev)]));
					const generation = await held.apply([...changes.values()]);
					fold([...changes.values()], memory);
					await held.tidy(() => [...memory.values()].filter((kept) => kept.rev !== null), generation);
					if (index === readAt) {
						fold((await held.readSince(0)).changes, late);
						lateGeneration = (await held.readSince(0)).generation;
					}
				}
				expect(await everything(held)).toEqual(memory);
				const since = await held.readSince(lateGeneration);
				expect(fold(since.changes, since.complete ? new Map<string, HeldChange>() : late)).toEqual(memory);
			}),
			{ numRuns: 40 },
		);
	},
	PROPERTY_MS,
);
