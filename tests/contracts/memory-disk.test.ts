import { expect, test } from 'vitest';
import { createMemoryDisk } from '#tests/factories/memory-disk.ts';
import { storageContract } from './device-storage.ts';

storageContract(createMemoryDisk);

const MARK = [{ name: 'a', value: 1 }];

test('a tab that is killed in the middle of a transaction wrote nothing, and holds up nobody', async () => {
	const disk = createMemoryDisk();
	const [dying, other] = [disk.open(), disk.open()];
	let answered = false;
	void dying
		.write(['marks'], async ({ marks }) => {
			await marks.put(MARK);
			dying.kill();
		})
		.finally(() => (answered = true));
	expect(await other.read(['marks'], ({ marks }) => marks.count())).toBe(0);
	expect(answered).toBe(false);
});

test('a full disk takes nothing, and takes it again once there is room', async () => {
	const disk = createMemoryDisk();
	const storage = disk.open();
	const write = () => storage.write(['marks'], ({ marks }) => marks.put(MARK));
	disk.full = true;
	await expect(write()).rejects.toThrow('no room');
	disk.full = false;
	await write();
	expect(await storage.read(['marks'], ({ marks }) => marks.count())).toBe(1);
});

test('what the browser throws away is gone for every tab', async () => {
	const disk = createMemoryDisk();
	const storage = disk.open();
	await storage.write(['marks'], ({ marks }) => marks.put(MARK));
	disk.evict();
	expect(await storage.read(['marks'], ({ marks }) => marks.count())).toBe(0);
});
