import { ulid } from 'ulid';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Observation } from '#domain/observation/observation.ts';
import { toLocalDateTime, type Instant } from '#domain/time/local-time.ts';
import { note, NOT_TAKEN, serverWithJudgement } from '#tests/factories/device-and-server.ts';
import { BUSY_MS } from '#tests/factories/fake-sync-server.ts';
import { createMemoryDisk } from '#tests/factories/memory-disk.ts';
import { anId, anObservation } from '#tests/factories/school.ts';
import { LOOKS_NOTE } from './local-notes.ts';
import { openPersonWork } from './person-work.ts';
import { plainSealing } from './sealing.ts';

const NOON = Date.parse('2026-03-09T12:00:00.000Z');
const HOUR = 60 * 60_000;

beforeEach(() => void vi.useFakeTimers({ now: NOON }));
afterEach(() => void vi.useRealTimers());

/** One device of one person, with a clock that is off by so much; real time is that of the fake timers. */
async function atWork({
	clockOff = 0,
	disk = createMemoryDisk(),
	server = serverWithJudgement(),
	onOutdated = (): unknown => undefined,
	onForget = (): unknown => undefined,
	leaseMs = Infinity,
	network = true,
} = {}) {
	let off = clockOff;
	const bugs: unknown[] = [];
	const answered = async <A extends object>(asking: () => Promise<A>) =>
		network ? { ...(await asking()), serverTime: Date.now() } : ({ kind: 'failed', problem: 'unreachable' } as const);
	const work = await openPersonWork(
		{
			storage: disk.open(),
			sealing: plainSealing,
			now: () => Date.now() + off,
			uptime: () => Date.now(),
			random: () => 0.5,
			newUlid: () => ulid(),
			isVisible: () => true,
			later(run, ms) {
				const timer = setTimeout(run, ms);
				return () => clearTimeout(timer);
			},
			onBug: (bug) => bugs.push(bug),
			openTabs: () => ({ announce: () => undefined, alone: (run) => run(), close: () => undefined }),
			listen: () => () => undefined,
			transport: {
				push: (request) => answered(() => server.transport.push(request)),
				pull: (request) => answered(() => server.transport.pull(request)),
				askTime: async () => (network ? Date.now() : null),
			},
		},
		{
			onLeft: () => undefined,
			onRights: () => undefined,
			onOutdated: () => void onOutdated(),
			onForget: () => void onForget(),
			leaseMs,
		},
	);
	/** Noted now, by this device's clock. */
	const noted = (n: number): Observation => {
		const notedAt = new Date(Date.now() + off);
		const occurredAt = toLocalDateTime(notedAt, 'Europe/Amsterdam');
		return anObservation(n, { notedAt: notedAt.toISOString() as Instant, occurredAt });
	};
	return {
		...{ work, server, disk, bugs, noted },
		setClock: (by: number) => (off = by),
		setNetwork: (on: boolean) => (network = on),
	};
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const id = (n: number) => anId('observation', n);
const rightly = { occurredAt: '2026-03-09T13:00' };

test('a server that asks for peace gets it, also from who saves meanwhile; then everything goes out', async () => {
	const { work, server } = await atWork();
	server.failNext('busy');
	await work.save([note(1, 'a')]);
	await pass(100);
	const asked = server.requests;
	await work.save([note(2, 'b')]);
	work.loop.request();
	await pass(BUSY_MS - 1000);
	expect(server.requests).toBe(asked);
	await pass(BUSY_MS);
	expect(work.store.replica.unsentCount).toBe(0);
});

test('nobody signed in: it waits quietly, drops nothing, and sends after signing in', async () => {
	const { work, server } = await atWork();
	server.failNext(...Array<'signedOut'>(100).fill('signedOut'));
	await work.save([note(1, 'a')]);
	await pass(100);
	const asked = server.requests;
	await pass(3 * 60_000);
	expect(server.requests).toBe(asked);
	expect(work.loop.status.problem).toBe('signedOut');
	expect(work.store.replica.unsentCount).toBe(1);
	server.forgetFaults();
	work.loop.request();
	await pass(100);
	expect(work.store.replica.deliveryOf(id(1))).toEqual({ kind: 'arrived' });
});

test('a server that speaks with newer apps only: the app hears of it, nothing is dropped, nothing is tried in vain', async () => {
	let outdated = 0;
	const { work, server } = await atWork({ onOutdated: () => outdated++ });
	server.transport.push = async () => ({ kind: 'failed', problem: 'updateNeeded' });
	await work.save([note(1, 'a')]);
	await pass(3 * 60_000);
	expect(outdated).toBe(1);
	expect(work.store.replica.deliveryOf(id(1))).toEqual({ kind: 'savedHere' });
});

test.each([36 * HOUR, -36 * HOUR, -6 * 365 * 24 * HOUR])(
	'a clock that is off by %i ms is noticed, and what it stamped is put right before it goes out',
	async (clockOff) => {
		const { work, server, noted, setNetwork, bugs } = await atWork({ clockOff });
		setNetwork(false);
		await work.save([noted(1)]);
		await pass(100);
		expect(work.clock.behindBy).toBe(0);
		setNetwork(true);
		work.loop.request();
		await pass(100);
		expect(work.clock.behindBy).toBe(-clockOff);
		expect(server.standing(id(1))?.doc).toMatchObject(rightly);
		expect(work.store.replica.get('observation', id(1))).toMatchObject(rightly);
		// From now on it is known at the saving already.
		await work.save([noted(2)]);
		expect(work.store.replica.get('observation', id(2))?.occurredAt).toBe('2026-03-09T13:00');
		await pass(100);
		expect(server.standing(id(2))?.doc).toMatchObject({ occurredAt: '2026-03-09T13:00' });
		expect(bugs).toEqual([]);
	},
);

test('a clock that was put right between two visits puts right again what was moved by the old one', async () => {
	const first = await atWork({ clockOff: 36 * HOUR });
	first.work.loop.request();
	await pass(100);
	await first.work.close();
	const second = await atWork({ clockOff: 0, disk: first.disk, server: first.server });
	second.setNetwork(false);
	await second.work.save([second.noted(1)]);
	await pass(100);
	second.setNetwork(true);
	second.work.loop.request();
	await pass(100);
	expect(second.work.clock.behindBy).toBe(0);
	expect(second.server.standing(id(1))?.doc).toMatchObject({ occurredAt: '2026-03-09T13:00' });
});

test('a right clock costs no question beyond the first', async () => {
	const { work, server, noted } = await atWork();
	work.loop.request();
	await pass(100);
	const before = server.requests;
	await work.save([noted(1)]);
	await pass(100);
	expect(server.requests - before).toBe(2);
	expect(server.standing(id(1))?.doc).toMatchObject(rightly);
});

test('asked to forget: what the school gave goes at once, what waits is sent, and then nothing is left', async () => {
	let asked = 0;
	const { work, server, disk, setNetwork } = await atWork({ onForget: () => asked++ });
	server.put(id(7), 'r1', note(7, 'from the school'));
	await work.store.notes.put('capture.draft', { who: 'Noor' });
	await work.store.notes.put(LOOKS_NOTE, ['a look that was not told yet']);
	work.loop.request();
	await pass(100);
	expect(work.store.replica.get('observation', id(7))).toBeDefined();

	setNetwork(false);
	await work.save([note(1, 'a')]);
	await work.save([note(2, 'b')], { undoable: true });
	setNetwork(true);
	server.askToForget();
	work.loop.request();
	await pass(100);
	expect(server.standing(id(1))?.doc).toMatchObject({ note: 'a' });
	expect(server.standing(id(2))?.doc).toMatchObject({ note: 'b' });
	expect(['packs', 'changes', 'outbox'].map((name) => disk.inspect(name as 'packs').size)).toEqual([0, 0, 0]);
	// Told before the rest goes.
	expect([...disk.inspect('notes').keys()]).toEqual([LOOKS_NOTE]);
	expect(work.store.replica.get('observation', id(7))).toBeUndefined();
	expect(asked).toBe(1);
	expect(await work.leave()).toBe(0);
	expect([disk.inspect('notes').size, disk.inspect('marks').size]).toEqual([0, 0]);
});

test('asked to forget while something cannot be sent yet: it stays until it is, and nothing else does', async () => {
	let asked = 0;
	const { work, server, disk } = await atWork({ onForget: () => asked++ });
	server.put(id(7), 'r1', note(7, 'from the school'));
	work.loop.request();
	await pass(100);
	server.askToForget();
	const { push } = server.transport;
	server.transport.push = async () => ({ kind: 'failed', problem: 'mustForget' });
	await work.save([note(1, 'a')]);
	await pass(100);
	expect([asked, work.store.replica.unsentCount, disk.inspect('changes').size]).toEqual([0, 1, 0]);
	expect(await work.leave()).toBe(1);
	server.transport.push = push;
	work.loop.request();
	await pass(100);
	expect([asked, work.store.replica.unsentCount]).toEqual([1, 0]);
});

test('asked to forget: what the server did not take, and keeps itself, is no reason to stay', async () => {
	let asked = 0;
	const { work, server } = await atWork({ onForget: () => asked++ });
	await work.save([note(1, NOT_TAKEN)]);
	await pass(100);
	server.askToForget();
	work.loop.request();
	await pass(100);
	expect(asked).toBe(1);
	expect(await work.leave()).toBe(0);
});

test('asked to forget: what was too large for the server lies nowhere else, and stays', async () => {
	let asked = 0;
	const { work, server, disk } = await atWork({ onForget: () => asked++ });
	const { push } = server.transport;
	server.transport.push = async () => ({ kind: 'tooLarge' });
	await work.save([note(1, 'very long')]);
	await pass(100);
	server.transport.push = push;
	server.askToForget();
	work.loop.request();
	await pass(100);
	expect(work.store.replica.deliveryOf(id(1))).toEqual({ kind: 'notAccepted', reason: 'tooLarge' });
	expect([asked, disk.inspect('outbox').size, await work.leave()]).toEqual([0, 1, 1]);
});

test('asked to forget: what the server had no room to keep lies nowhere else, and stays', async () => {
	let asked = 0;
	const { work, server, disk } = await atWork({ onForget: () => asked++ });
	const { push } = server.transport;
	server.transport.push = async ({ items }) => ({
		kind: 'receipts',
		receipts: items.map(({ id, rev, seq }) => ({ id, rev, seq, result: { kind: 'rejected', reason: 'notKept' } })),
	});
	await work.save([note(1, 'one of very many')]);
	await pass(100);
	server.transport.push = push;
	server.askToForget();
	work.loop.request();
	await pass(100);
	expect([asked, disk.inspect('outbox').size, await work.leave()]).toEqual([0, 1, 1]);
});

test('a week without contact: what the school gave goes, what was written stays, and all comes back with the next one', async () => {
	const { work, server, disk, setNetwork, bugs } = await atWork({ leaseMs: 7 * 24 * HOUR });
	server.put(id(7), 'r1', note(7, 'from the school'));
	work.loop.request();
	await pass(100);
	setNetwork(false);
	await work.save([note(1, 'a')]);
	await pass(6.5 * 24 * HOUR);
	expect(work.lease.current.kind).toBe('endsSoon');
	expect(work.store.replica.get('observation', id(7))).toBeDefined();
	await pass(24 * HOUR);
	expect(work.lease.current).toEqual({ kind: 'over', days: 7 });
	expect([disk.inspect('packs').size, disk.inspect('changes').size, disk.inspect('outbox').size]).toEqual([0, 0, 1]);
	expect(work.store.replica.get('observation', id(7))).toBeUndefined();
	expect(work.store.replica.unsentCount).toBe(1);

	setNetwork(true);
	work.loop.request();
	await pass(100);
	expect(work.lease.current.kind).toBe('holds');
	expect(server.standing(id(1))?.doc).toMatchObject({ note: 'a' });
	expect(work.store.replica.get('observation', id(7))).toBeDefined();
	expect(bugs).toEqual([]);
});

test('the lease runs on while the app is closed, and a clock that is moved back wins nothing', async () => {
	const leaseMs = 3 * 24 * HOUR;
	const first = await atWork({ leaseMs });
	first.server.put(id(7), 'r1', note(7, 'from the school'));
	first.work.loop.request();
	await pass(100);
	await first.work.close();
	await pass(2 * 24 * HOUR);
	const again = { disk: first.disk, server: first.server, leaseMs };
	const held = await atWork(again);
	expect(held.work.store.replica.get('observation', id(7))).toBeDefined();
	await held.work.close();
	const offline = { ...again, network: false };
	const over = await atWork({ ...offline, clockOff: leaseMs });
	expect(over.work.lease.current.kind).toBe('over');
	expect(over.work.store.replica.get('observation', id(7))).toBeUndefined();
	await over.work.close();
	const moved = await atWork({ ...offline, clockOff: -24 * HOUR });
	expect(moved.work.lease.current.kind).toBe('over');
});

test('what was half written outlives the lease: only what the school gave goes', async () => {
	const { work, setNetwork } = await atWork({ leaseMs: 3 * 24 * HOUR });
	work.loop.request();
	await pass(100);
	setNetwork(false);
	await work.store.notes.put('capture.draft', { words: 'half a sentence' });
	await pass(4 * 24 * HOUR);
	expect(work.lease.current.kind).toBe('over');
	expect(await work.store.notes.get('capture.draft')).toEqual({ words: 'half a sentence' });
});

test('a tab in the background, cut off by itself, drops nothing while another tab has contact', async () => {
	const disk = createMemoryDisk();
	const leaseMs = 3 * 24 * HOUR;
	const background = await atWork({ disk, leaseMs });
	background.server.put(id(7), 'r1', note(7, 'from the school'));
	background.work.loop.request();
	await pass(100);
	const front = await atWork({ disk, leaseMs, server: background.server });
	background.setNetwork(false);
	front.work.loop.request();
	await pass(4 * 24 * HOUR);
	expect(background.work.lease.current.kind).toBe('holds');
	expect(front.work.store.replica.get('observation', id(7))).toBeDefined();
	expect(disk.inspect('changes').size).toBe(1);
});

test('a clock that jumped ahead while the app was closed: the school is asked first, and nothing goes', async () => {
	const leaseMs = 3 * 24 * HOUR;
	const first = await atWork({ leaseMs });
	first.server.put(id(7), 'r1', note(7, 'from the school'));
	first.work.loop.request();
	await pass(100);
	await first.work.close();
	const ahead = { disk: first.disk, server: first.server, leaseMs, clockOff: 365 * 24 * HOUR };
	const jumped = await atWork(ahead);
	expect(jumped.work.store.replica.get('observation', id(7))).toBeDefined();
	jumped.work.loop.request();
	await pass(100);
	expect(jumped.work.lease.current.kind).toBe('holds');
	expect(first.disk.inspect('changes').size).toBe(1);
});

test('really away for longer, it goes before anything is shown, also where the server answers', async () => {
	const leaseMs = 3 * 24 * HOUR;
	const first = await atWork({ leaseMs });
	first.server.put(id(7), 'r1', note(7, 'from the school'));
	first.work.loop.request();
	await pass(100);
	await first.work.close();
	await pass(5 * 24 * HOUR);
	const again = await atWork({ disk: first.disk, server: first.server, leaseMs });
	expect(again.work.store.replica.get('observation', id(7))).toBeUndefined();
	again.work.loop.request();
	await pass(100);
	expect(again.work.store.replica.get('observation', id(7))).toBeDefined();
});
