import { expect, test } from 'vitest';
import type { DeviceStorage, OutboxRow } from '#lib/device/device-storage.ts';

const bytes = (n: number) => new Uint8Array([n]);
const row = (id: string): Omit<OutboxRow, 'seq'> => ({
	...{ id, rev: 'r1', baseRev: null, holdUntil: 0 },
	...{ sent: false, refusal: null, bytes: bytes(1) },
});

/** What every `DeviceStorage` promises. `open`: each call another tab on one and the same disk, empty at first. */
export function storageContract(onNewDisk: () => { open: () => DeviceStorage }): void {
	test('what was written is read, also by another tab', async () => {
		const disk = onNewDisk();
		const [here, there] = [disk.open(), disk.open()];
		await here.write(['marks'], ({ marks }) => marks.put([{ name: 'a', value: 1 }]));
		expect(await there.read(['marks'], ({ marks }) => marks.get('a'))).toEqual({ name: 'a', value: 1 });
		expect(await there.read(['marks'], ({ marks }) => marks.get('b'))).toBeUndefined();
	});

	test('it outlives the tab that wrote it', async () => {
		const disk = onNewDisk();
		const first = disk.open();
		await first.write(['outbox'], ({ outbox }) => outbox.add(row('obs_1')));
		first.close();
		expect(await disk.open().read(['outbox'], ({ outbox }) => outbox.count())).toBe(1);
	});

	test('a transaction that throws never happened', async () => {
		const storage = onNewDisk().open();
		await storage.write(['marks'], ({ marks }) => marks.put([{ name: 'a', value: 1 }]));
		const failing = storage.write(['marks', 'outbox'], async ({ marks, outbox }) => {
			await marks.put([{ name: 'a', value: 2 }]);
			await outbox.add(row('obs_1'));
			throw new Error('no');
		});
		await expect(failing).rejects.toThrow('no');
		const read = storage.read(['marks', 'outbox'], ({ marks, outbox }) =>
			Promise.all([marks.get('a'), outbox.count()]),
		);
		expect(await read).toEqual([{ name: 'a', value: 1 }, 0]);
	});

	test('what is asked for at once is written and answered as a whole', async () => {
		const disk = onNewDisk();
		const [here, there] = [disk.open(), disk.open()];
		await here.write(['marks'], ({ marks }) => marks.put([{ name: 'a', value: 1 }]));
		const [mark, seqs] = await here.writeAtOnce(['marks', 'outbox'], ({ marks, outbox }) =>
			Promise.all([marks.get('a'), Promise.all([outbox.add(row('obs_1')), outbox.add(row('obs_2'))])]),
		);
		expect(mark).toEqual({ name: 'a', value: 1 });
		const rows = await there.read(['outbox'], ({ outbox }) => outbox.all());
		expect(rows.map(({ seq, id }) => [seq, id])).toEqual([
			[seqs[0], 'obs_1'],
			[seqs[1], 'obs_2'],
		]);
	});

	test('what cannot be asked for as a whole leaves nothing', async () => {
		const disk = onNewDisk();
		const storage = disk.open();
		const failing = storage.writeAtOnce(['outbox'], ({ outbox }) => {
			void outbox.add(row('obs_1')).catch(() => undefined);
			throw new Error('no');
		});
		await expect(failing).rejects.toThrow('no');
		expect(await disk.open().read(['outbox'], ({ outbox }) => outbox.count())).toBe(0);
	});

	test('two transactions that count lose nothing', async () => {
		const disk = onNewDisk();
		const count = (storage: DeviceStorage) =>
			storage.write(['marks'], async ({ marks }) => {
				const value = ((await marks.get('n'))?.value as number | undefined) ?? 0;
				await marks.put([{ name: 'n', value: value + 1 }]);
			});
		const [here, there] = [disk.open(), disk.open()];
		await Promise.all([count(here), count(there), count(here), count(there)]);
		expect(await here.read(['marks'], ({ marks }) => marks.get('n'))).toEqual({ name: 'n', value: 4 });
	});

	test('numbers count up and are never given twice', async () => {
		const storage = onNewDisk().open();
		const add = (id: string) => storage.write(['outbox'], ({ outbox }) => outbox.add(row(id)));
		const first = await add('obs_1');
		const second = await add('obs_2');
		expect(second).toBeGreaterThan(first);
		await storage.write(['outbox'], ({ outbox }) => outbox.delete([second]));
		expect(await add('obs_3')).toBeGreaterThan(second);
		await storage.write(['outbox'], ({ outbox }) => outbox.clear());
		expect(await add('obs_4')).toBeGreaterThan(second + 1);
	});

	test('lists come in the order of the key, whatever index found them', async () => {
		const storage = onNewDisk().open();
		await storage.write(['changes', 'outbox'], async ({ changes, outbox }) => {
			await changes.put(
				[
					['c', 1],
					['a', 3],
					['b', 2],
				].map(([id, generation]) => ({ id: id as string, generation: generation as number, bytes: bytes(0) })),
			);
			for (const id of ['obs_2', 'obs_1', 'obs_2']) await outbox.add(row(id));
		});
		const read = await storage.read(['changes', 'outbox'], async ({ changes, outbox }) => ({
			all: (await changes.all()).map(({ id }) => id),
			keys: await changes.keys(),
			above: (await changes.above('generation', 1)).map(({ id }) => id),
			chain: (await outbox.equals('id', 'obs_2')).map(({ seq }) => seq),
			count: await outbox.count(),
		}));
		expect(read).toMatchObject({ all: ['a', 'b', 'c'], keys: ['a', 'b', 'c'], above: ['a', 'b'], count: 3 });
		expect(read.chain).toHaveLength(2);
		expect(read.chain[0]).toBeLessThan(read.chain[1] ?? 0);
	});

	test('put replaces, delete of what is not there does no harm', async () => {
		const storage = onNewDisk().open();
		await storage.writeRelaxed(['notes'], async ({ notes }) => {
			await notes.put([
				{ name: 'a', value: 1 },
				{ name: 'b', value: { deep: [1] } },
			]);
			await notes.put([{ name: 'a', value: 2 }]);
			await notes.delete(['nothing']);
		});
		expect(await storage.read(['notes'], ({ notes }) => notes.all())).toEqual([
			{ name: 'a', value: 2 },
			{ name: 'b', value: { deep: [1] } },
		]);
	});

	test('what is read is a copy', async () => {
		const storage = onNewDisk().open();
		const written = { name: 'a', value: { deep: 1 } };
		await storage.write(['notes'], ({ notes }) => notes.put([written]));
		written.value.deep = 2;
		const read = await storage.read(['notes'], ({ notes }) => notes.get('a'));
		(read?.value as { deep: number }).deep = 3;
		expect(await storage.read(['notes'], ({ notes }) => notes.get('a'))).toEqual({ name: 'a', value: { deep: 1 } });
	});

	test('bytes stay bytes', async () => {
		const storage = onNewDisk().open();
		await storage.write(['packs'], ({ packs }) => packs.add({ generation: 1, count: 1, bytes: bytes(7) }));
		const [pack] = await storage.read(['packs'], ({ packs }) => packs.all());
		expect(pack?.bytes).toEqual(bytes(7));
	});

	test('a closed storage takes nothing more', async () => {
		const storage = onNewDisk().open();
		await storage.write(['marks'], ({ marks }) => marks.put([{ name: 'a', value: 1 }]));
		storage.close();
		await expect(storage.write(['marks'], ({ marks }) => marks.put([{ name: 'b', value: 1 }]))).rejects.toThrow();
	});

	test('destroyed, nothing is left', async () => {
		const disk = onNewDisk();
		const storage = disk.open();
		await storage.write(['outbox', 'marks'], async ({ outbox, marks }) => {
			await outbox.add(row('obs_1'));
			await marks.put([{ name: 'a', value: 1 }]);
		});
		await storage.destroy();
		const again = disk.open();
		const left = await again.read(['outbox', 'marks'], ({ outbox, marks }) =>
			Promise.all([outbox.count(), marks.count()]),
		);
		expect(left).toEqual([0, 0]);
	});
}
