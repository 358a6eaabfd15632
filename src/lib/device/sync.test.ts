import { expect, test } from 'vitest';
import type { DomainDocument } from '#domain/document.ts';
import {
	HELD,
	NOT_TAKEN,
	note,
	noteOf,
	NOW,
	openStore,
	serverWithJudgement,
	sync,
} from '#tests/factories/device-and-server.ts';
import { createFakeSyncServer } from '#tests/factories/fake-sync-server.ts';
import { createMemoryDisk } from '#tests/factories/memory-disk.ts';
import { anId } from '#tests/factories/school.ts';
import { pushAll } from './push.ts';

const id = (n: number) => anId('observation', n);

test('what is saved can be read at once, arrives, and is then the server’s', async () => {
	const [store, server] = [await openStore(), serverWithJudgement()];
	await store.save([note(1, 'a')], 0);
	expect(noteOf(store.replica.get('observation', id(1)))).toBe('a');
	expect(store.replica.deliveryOf(id(1))).toEqual({ kind: 'savedHere' });
	expect(await sync(store, server)).toBeNull();
	expect(store.replica.deliveryOf(id(1))).toEqual({ kind: 'arrived' });
	expect(store.replica.unsentCount).toBe(0);
	expect(server.received(id(1))).toHaveLength(1);
});

test('equal sets cost one request', async () => {
	const [store, server] = [await openStore(), serverWithJudgement()];
	server.put(id(1), 'r1', note(1, 'a'));
	await sync(store, server);
	const before = server.requests;
	expect(await sync(store, server)).toBeNull();
	expect(server.requests - before).toBe(1);
});

test('a receipt lost on the way makes no second document', async () => {
	const [store, server] = [await openStore(), serverWithJudgement()];
	await store.save([note(1, 'a')], 0);
	server.failNext('answerLost');
	expect(await sync(store, server)).toBe('unreachable');
	expect(store.replica.deliveryOf(id(1))).toEqual({ kind: 'savedHere' });
	expect(await store.undo(id(1))).toBe(false);
	expect(await sync(store, server)).toBeNull();
	expect(server.received(id(1))).toHaveLength(1);
});

test('what can be undone stays until its window is over; undone, it was never anywhere', async () => {
	const [store, server] = [await openStore(), serverWithJudgement()];
	await store.save([note(1, 'a')], HELD);
	await sync(store, server);
	expect(server.received(id(1))).toEqual([]);
	expect(await store.undo(id(1))).toBe(true);
	expect(store.replica.get('observation', id(1))).toBeUndefined();
	await sync(store, server, true);
	expect(server.received(id(1))).toEqual([]);
});

test('undoing a correction brings the version before it back', async () => {
	const [store, server] = [await openStore(), serverWithJudgement()];
	server.put(id(1), 'r1', note(1, 'as it was'));
	await sync(store, server);
	await store.save([note(1, 'corrected')], HELD);
	expect(noteOf(store.replica.get('observation', id(1)))).toBe('corrected');
	expect(await store.undo(id(1))).toBe(true);
	expect(noteOf(store.replica.get('observation', id(1)))).toBe('as it was');
});

test('a document that was not taken stays, with the reason; its correction takes its place', async () => {
	const [store, server] = [await openStore(), serverWithJudgement()];
	await store.save([note(1, NOT_TAKEN), note(2, 'fine')], 0);
	expect(await sync(store, server)).toBeNull();
	expect(store.replica.deliveryOf(id(1))).toEqual({ kind: 'notAccepted', reason: 'notAllowed' });
	expect(store.replica.deliveryOf(id(2))).toEqual({ kind: 'arrived' });
	expect(store.replica.unsentCount).toBe(1);
	await store.save([note(1, 'better')], 0);
	await sync(store, server);
	expect(store.replica.deliveryOf(id(1))).toEqual({ kind: 'arrived' });
	expect(store.replica.unsentCount).toBe(0);
});

test('after a conflict both versions are there, and a new one can be written on the school’s', async () => {
	const [store, server] = [await openStore(), serverWithJudgement()];
	server.put(id(1), 'r1', note(1, 'first'));
	await sync(store, server);
	await store.save([note(1, 'mine')], 0);
	server.put(id(1), 'r2', note(1, 'theirs'));
	await sync(store, server);
	expect(noteOf(store.replica.get('observation', id(1)))).toBe('theirs');
	expect(store.replica.unsent.map(({ document, delivery }) => [noteOf(document), delivery])).toEqual([
		['mine', { kind: 'notAccepted', reason: 'conflict' }],
	]);
	await store.save([note(1, 'both')], 0);
	await sync(store, server);
	expect(noteOf(server.standing(id(1))?.doc)).toBe('both');
	expect(store.replica.unsentCount).toBe(0);
});

test('what one person wrote on two devices is merged and sent, without a word to anybody', async () => {
	const [phone, laptop, server] = [await openStore(), await openStore(), serverWithJudgement()];
	server.put(id(1), 'r1', note(1, 'first'));
	for (const device of [phone, laptop]) await sync(device, server);
	await phone.save([{ ...note(1, 'first'), basket: 'red' }] as DomainDocument[], 0);
	await laptop.save([note(1, 'from the laptop')], 0);
	await laptop.save([{ ...note(1, 'from the laptop'), digital: true }] as DomainDocument[], 0);
	expect(await sync(phone, server)).toBeNull();
	expect(await sync(laptop, server)).toBeNull();
	expect(await sync(phone, server)).toBeNull();
	const merged = { ...note(1, 'from the laptop'), basket: 'red', digital: true };
	expect(server.standing(id(1))?.doc).toEqual(merged);
	for (const device of [phone, laptop]) {
		expect(device.replica.get('observation', id(1))).toEqual(merged);
		expect(device.replica.deliveryOf(id(1))).toEqual({ kind: 'arrived' });
		expect(device.replica.unsentCount).toBe(0);
	}
});

test('a pull neither drops nor replaces what waits here', async () => {
	const [store, server] = [await openStore(), serverWithJudgement()];
	server.put(id(1), 'r1', note(1, 'first'));
	await sync(store, server);
	await store.save([note(1, 'mine')], HELD);
	server.hide(id(1));
	await sync(store, server);
	expect(noteOf(store.replica.get('observation', id(1)))).toBe('mine');
	expect(store.replica.unsentCount).toBe(1);
});

test('a right gained brings its documents, a right lost drops them', async () => {
	const [store, server] = [await openStore(), serverWithJudgement()];
	server.put(id(1), 'r1', note(1, 'a'));
	server.put(id(2), 'r1', note(2, 'b'));
	server.hide(id(2));
	await sync(store, server);
	expect(store.replica.all('observation').map((each) => each.id)).toEqual([id(1)]);
	server.show(id(2));
	server.hide(id(1));
	await sync(store, server);
	expect(store.replica.all('observation').map((each) => each.id)).toEqual([id(2)]);
});

test('when nobody is signed in at the server, everything stays', async () => {
	const [store, server] = [await openStore(), serverWithJudgement()];
	server.put(id(1), 'r1', note(1, 'a'));
	await sync(store, server);
	await store.save([note(2, 'b')], 0);
	server.failNext('signedOut');
	expect(await sync(store, server)).toBe('signedOut');
	expect(store.replica.all('observation')).toHaveLength(2);
});

test('a push that is too large is sent in halves; one that is too large by itself is not accepted', async () => {
	const [store, server] = [await openStore(), serverWithJudgement()];
	await store.save([note(1, 'a'), note(2, 'b'), note(3, 'c')], 0);
	server.failNext('tooLarge', 'none', 'none', 'none');
	expect(await sync(store, server)).toBeNull();
	expect(store.replica.unsentCount).toBe(0);

	await store.save([note(4, 'd')], 0);
	const transport = { ...server.transport, push: async () => ({ kind: 'tooLarge' as const }) };
	expect(await pushAll(store, transport, { now: NOW, releaseHolds: false })).toBeNull();
	expect(store.replica.deliveryOf(id(4))).toEqual({ kind: 'notAccepted', reason: 'tooLarge' });
});

test('what was written meanwhile on something too large goes out without it', async () => {
	const [store, server] = [await openStore(), serverWithJudgement()];
	await store.save([note(1, 'far too long')], 0);
	const push: typeof server.transport.push = async (request) => {
		if (noteOf(request.items[0]?.doc) !== 'far too long') return server.transport.push(request);
		await store.save([note(1, 'short')], 0);
		return { kind: 'tooLarge' };
	};
	expect(await pushAll(store, { ...server.transport, push }, { now: NOW, releaseHolds: false })).toBeNull();
	expect(server.received(id(1))).toHaveLength(1);
	expect(noteOf(store.replica.heldDocument(id(1)))).toBe('short');
	expect(store.replica.deliveryOf(id(1))).toEqual({ kind: 'arrived' });
});

test('what left in a file from a full disk cannot be taken back here once there is room', async () => {
	const disk = createMemoryDisk();
	const store = await openStore(disk);
	await store.save([note(1, 'a')], HELD);
	disk.full = true;
	expect(await store.unsentItems()).toHaveLength(1);
	await expect(store.undo(id(1))).rejects.toThrow();
	disk.full = false;
	expect(await store.undo(id(1))).toBe(false);
	expect(store.replica.unsentCount).toBe(1);
});

test('of a large batch, too, nothing can be taken back once it left, whatever came of the answer', async () => {
	const disk = createMemoryDisk();
	const [store, server] = [await openStore(disk), serverWithJudgement()];
	const many = Array.from({ length: 60 }, (_, n) => note(n + 1, 'a'));
	await store.save(many, 0);
	server.failNext('tooLarge', 'answerLost');
	expect(await sync(store, server)).toBe('unreachable');
	store.close();
	const again = await openStore(disk);
	for (const { id: each } of many) expect(await again.undo(each)).toBe(false);
	await again.save([note(61, 'b')], HELD);
	expect(await again.undo(id(61))).toBe(true);
	expect(await sync(again, server)).toBeNull();
	expect(again.replica.unsentCount).toBe(0);
	for (const { id: each } of many) {
		expect(server.received(each)).toHaveLength(1);
		expect(again.replica.deliveryOf(each)).toEqual({ kind: 'arrived' });
	}
	again.close();
	const later = await openStore(disk);
	expect(later.replica.deliveryOf(id(60))).toEqual({ kind: 'arrived' });
	expect(later.replica.digest.count()).toBe(60);
});

test('a document that speaks of one still on its way is sent again after it', async () => {
	const server = createFakeSyncServer((doc) =>
		doc.type === 'withdrawal' && !server.standing(doc.observationId) ? 'unknownReference' : null,
	);
	const store = await openStore();
	const withdrawal: DomainDocument = {
		type: 'withdrawal',
		v: 1,
		id: anId('withdrawal', 1),
		schoolId: anId('school', 1),
		observationId: id(1),
		withdrawnAt: '2026-03-09T12:00:00.000Z' as never,
	};
	await store.save([withdrawal], 0);
	await store.save([note(1, 'a')], HELD);
	expect(await sync(store, server)).toBeNull();
	expect(store.replica.deliveryOf(withdrawal.id)).toEqual({ kind: 'savedHere' });
	expect(await sync(store, server, true)).toBeNull();
	expect(store.replica.deliveryOf(withdrawal.id)).toEqual({ kind: 'arrived' });
});

test('a field that only a newer app knows outlives a correction made here', async () => {
	const [store, server] = [await openStore(), serverWithJudgement()];
	server.put(id(1), 'r1', { ...note(1, 'as it was'), field2030: 'kept' });
	await sync(store, server);
	await store.save([note(1, 'corrected')], 0);
	await sync(store, server);
	expect(server.standing(id(1))?.doc).toEqual({ ...note(1, 'corrected'), field2030: 'kept' });
});

test('what this app cannot read is kept unseen and asked for only once', async () => {
	const [store, server] = [await openStore(), serverWithJudgement()];
	server.put('xyz_1', 'r1', { type: 'from the future', id: 'xyz_1' });
	server.put(id(1), 'r1', { ...note(1, 'a'), v: 2 });
	expect(await sync(store, server)).toBeNull();
	expect(store.replica.all('observation')).toEqual([]);
	expect(store.replica.digest.count()).toBe(2);
	const before = server.requests;
	await sync(store, server);
	expect(server.requests - before).toBe(1);
});
