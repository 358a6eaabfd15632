import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { ulid } from 'ulid';
import { expect, test } from 'vitest';
import { note, noteOf, NOW, serverWithJudgement, sync } from '#tests/factories/device-and-server.ts';
import { createMemoryDisk, type MemoryDisk } from '#tests/factories/memory-disk.ts';
import { anId } from '#tests/factories/school.ts';
import { dropKeys } from './device-keys.ts';
import type { DeviceStorage } from './device-storage.ts';
import { createHeldStore } from './held-store.ts';
import { openSealing } from './open-sealing.ts';
import { openPersonStore } from './person-store.ts';
import { sealPlain } from './seal-plain.ts';
import { plainSealing, type Sealing } from './sealing.ts';
import { sendUnsent } from './send-unsent.ts';
import { SettingsDatabase } from './settings-database.ts';

const PERSON = anId('person', 1);
const settings = new SettingsDatabase();
const id = (n: number) => anId('observation', n);

const around = (disk: MemoryDisk, sealing: Sealing) => ({
	...{ storage: disk.open(), sealing, now: () => NOW, newUlid: () => ulid() },
});
const open = (disk: MemoryDisk, sealing: Sealing) => openPersonStore(around(disk, sealing));

/** The words an older app wrote, in every kind of row. */
const WORDS = ['heldword', 'packword', 'unsentword', 'baseword', 'draftword'];

/** A device as an app from before sealing left it: a pack, rows, a correction under way, a draft. */
async function anOlderAppsDisk() {
	const [disk, server] = [createMemoryDisk(), serverWithJudgement()];
	const storage = disk.open();
	const pack = Array.from({ length: 400 }, (_, n) => ({ id: id(n + 1), rev: 'r1', doc: note(n + 1, 'packword') }));
	for (const { id, rev, doc } of pack) server.put(id, rev, doc);
	await createHeldStore(storage, plainSealing).apply(pack);
	const store = await open(disk, plainSealing);
	server.put(id(401), 'r1', note(401, 'heldword'));
	server.put(id(402), 'r1', note(402, 'baseword'));
	await sync(store, server);
	await store.save([note(402, 'unsentword')], 0);
	await storage.write(['notes'], ({ notes }) => notes.put([{ name: 'draft', value: { text: 'draftword' } }]));
	return { disk, server };
}

function wordsOn(disk: MemoryDisk): string[] {
	const seen = (['packs', 'changes', 'outbox', 'notes'] as const).flatMap((table) =>
		[...disk.inspect(table).values()].map((row) => rawText(row)),
	);
	return WORDS.filter((word) => seen.some((text) => text.includes(word)));
}

/** As someone with the disk in hand would read it. */
function rawText(value: unknown): string {
	if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
	if (typeof value !== 'object' || value === null) return String(value);
	return Object.values(value).map(rawText).join(' ');
}

async function expectAllThere(disk: MemoryDisk, sealing: Sealing): Promise<void> {
	const store = await open(disk, sealing);
	expect(store.replica.all('observation')).toHaveLength(402);
	expect(noteOf(store.replica.get('observation', id(400)))).toBe('packword');
	expect(noteOf(store.replica.get('observation', id(401)))).toBe('heldword');
	expect(noteOf(store.replica.get('observation', id(402)))).toBe('unsentword');
	expect(noteOf(store.replica.heldDocument(id(402)))).toBe('baseword');
	expect(store.replica.unsentCount).toBe(1);
	expect(await store.notes.get('draft')).toEqual({ text: 'draftword' });
}

test('what an older app left in plain text is sealed at the first visit, and all of it is still there', async () => {
	const { disk } = await anOlderAppsDisk();
	expect(wordsOn(disk)).toEqual(WORDS);
	const sealing = await openSealing(settings, PERSON);
	await expectAllThere(disk, sealing);
	expect(wordsOn(disk)).toEqual([]);
	await expectAllThere(disk, sealing);
});

test('whatever moment the page is killed at, nothing is lost and the next visit does the rest', async () => {
	const sealing = await openSealing(settings, PERSON);
	let kills = 0;
	for (let transactions = 0; ; transactions++) {
		const { disk } = await anOlderAppsDisk();
		const storage = disk.open();
		let left = transactions;
		const dying: DeviceStorage = {
			...storage,
			write: (names, run) => (left-- > 0 ? storage.write(names, run) : Promise.reject(new Error('killed'))),
			writeRelaxed: (names, run) =>
				left-- > 0 ? storage.writeRelaxed(names, run) : Promise.reject(new Error('killed')),
		};
		const killed = await sealPlain({ ...around(disk, sealing), storage: dying }).then(
			() => false,
			() => true,
		);
		await expectAllThere(disk, sealing);
		expect(wordsOn(disk)).toEqual([]);
		if (!killed) break;
		kills++;
	}
	// Packs, changes, outbox, notes, and the mark that says so.
	expect(kills).toBe(5);
});

test('what another tab writes meanwhile stays as that tab wrote it', async () => {
	const sealing = await openSealing(settings, PERSON);
	const { disk, server } = await anOlderAppsDisk();
	const other = await open(disk, plainSealing);
	let interrupted = false;
	const slow: Sealing = {
		...sealing,
		async seal(text, content) {
			if (content.startsWith('outbox/') && !interrupted) {
				interrupted = true;
				await sync(other, server, true);
				await other.save([note(401, 'corrected')], 0);
				await other.notes.put('draft', { text: 'newer' });
			}
			return sealing.seal(text, content);
		},
	};
	await sealPlain(around(disk, slow));
	const store = await open(disk, sealing);
	expect(interrupted).toBe(true);
	expect(noteOf(store.replica.get('observation', id(401)))).toBe('corrected');
	expect(noteOf(store.replica.get('observation', id(402)))).toBe('unsentword');
	expect(store.replica.unsentCount).toBe(1);
	expect(await store.notes.get('draft')).toEqual({ text: 'newer' });
	await sync(store, server, true);
	expect(store.replica.unsentCount).toBe(0);
	expect(server.received(id(402))).toHaveLength(2);
});

test('on a full disk the app opens with what lies there, and seals it once there is room', async () => {
	const sealing = await openSealing(settings, PERSON);
	const { disk } = await anOlderAppsDisk();
	disk.full = true;
	await expectAllThere(disk, sealing);
	expect(wordsOn(disk)).toEqual(WORDS);
	disk.full = false;
	await expectAllThere(disk, sealing);
	expect(wordsOn(disk)).toEqual([]);
});

test('a lost key: what the server has comes again, what waited is told and kept until it was seen', async () => {
	const { disk, server } = await anOlderAppsDisk();
	const before = await open(disk, await openSealing(settings, PERSON));
	await before.keepLastEqualAt(new Date(NOW));
	before.close();
	await dropKeys(settings, PERSON);

	const store = await open(disk, await openSealing(settings, PERSON));
	expect(store.replica.all('observation')).toEqual([]);
	expect(await store.lastEqualAt()).toBeNull();
	expect(store.replica.unsentCount).toBe(0);
	expect(await store.outbox.countSetAside()).toBe(1);
	// What is written from now on goes its way, about the same document too.
	expect(await sync(store, server)).toBeNull();
	expect(store.replica.all('observation')).toHaveLength(402);
	expect(noteOf(store.replica.get('observation', id(402)))).toBe('baseword');
	await store.save([note(402, 'again')], 0);
	expect(await sync(store, server)).toBeNull();
	expect(store.replica.unsentCount).toBe(0);
	expect(await store.outbox.countSetAside()).toBe(1);
	await store.outbox.forgetSetAside();
	expect(await store.outbox.countSetAside()).toBe(0);
});

test('the worker sends sealed rows without a page, and stumbles over none that lost its key', async () => {
	const { disk, server } = await anOlderAppsDisk();
	const sealing = await openSealing(settings, PERSON);
	(await open(disk, sealing)).close();
	const tabs = { announce: () => undefined, alone: <T>(run: () => Promise<T>) => run(), close: () => undefined };
	const wake = (by: Sealing) =>
		sendUnsent({ ...around(disk, by), tabs, isWatched: false, transport: server.transport });
	expect(await wake(sealing)).toBe('done');
	expect(server.received(id(402))).toHaveLength(2);

	const page = await open(disk, sealing);
	await page.save([note(401, 'lost with its key')], 0);
	await dropKeys(settings, PERSON);
	expect(await wake(await openSealing(settings, PERSON))).toBe('done');
	expect(server.received(id(401))).toHaveLength(1);
	const next = await open(disk, await openSealing(settings, PERSON));
	expect(await next.outbox.countSetAside()).toBe(1);
});

test('drafts land in the order in which they were written, whatever the cipher does', async () => {
	const disk = createMemoryDisk();
	const sealing = await openSealing(settings, PERSON);
	await fc.assert(
		fc.asyncProperty(fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 6 }), async (pauses) => {
			let call = 0;
			const uneven: Sealing = {
				...sealing,
				async seal(text, content) {
					for (let pause = pauses[call++ % pauses.length] ?? 0; pause > 0; pause--) await Promise.resolve();
					return sealing.seal(text, content);
				},
			};
			const { notes } = await open(disk, uneven);
			await Promise.all(pauses.map((_, n) => notes.put('draft', n)));
			expect(await notes.get('draft')).toBe(pauses.length - 1);
		}),
		{ numRuns: 30 },
	);
});
