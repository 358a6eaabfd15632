import { expect, test } from 'vitest';
import type { Receipt } from '#domain/sync/messages.ts';
import { canUndo, nextRelease, placeBehind, sendable, settle, type Link } from './outbox-chain.ts';

const NOW = 1_000_000;
const WINDOW_MS = 10_000;

function link(seq: number, over: Partial<Link> = {}): Link {
	return { seq, id: 'obs_a', rev: `r${seq}`, baseRev: null, sent: false, refusal: null, holdUntil: 0, ...over };
}

function receipt(seq: number, result: Receipt['result'], rev = `r${seq}`): Receipt {
	return { id: 'obs_a', rev, seq, result };
}

const STORED = { kind: 'stored', receivedAt: '2026-03-09T12:00:00.000Z' } as const;
const REJECTED = { kind: 'rejected', reason: 'notAllowed' } as const;
const CONFLICT = { kind: 'conflict', currentRev: 'theirs', current: {} } as const;

test('a first revision is written on what the server gave', () => {
	expect(placeBehind([], 'held')).toMatchObject({ baseRev: 'held', replaces: [] });
	expect(placeBehind([], null)).toMatchObject({ baseRev: null, replaces: [] });
});

test('a second revision follows the first, which may have arrived without our knowing', () => {
	expect(placeBehind([link(1, { sent: true })], 'held')).toMatchObject({ baseRev: 'r1', replaces: [] });
});

test('a revision after a refused one takes its place and stands where that one stood', () => {
	expect(placeBehind([link(1, { sent: true, refusal: 'notAllowed', baseRev: 'b' })], 'held')).toEqual({
		baseRev: 'b',
		replaces: [1],
		base: 'underTail',
	});
});

test("a revision after a conflict is written on the school's version", () => {
	expect(placeBehind([link(1, { sent: true, refusal: 'conflict', baseRev: 'b' })], 'theirs')).toEqual({
		baseRev: 'theirs',
		replaces: [1],
		base: 'held',
	});
});

test('only what never left, or was not taken, can be undone', () => {
	expect(canUndo([])).toBe(false);
	expect(canUndo([link(1)])).toBe(true);
	expect(canUndo([link(1, { sent: true })])).toBe(false);
	expect(canUndo([link(1, { sent: true }), link(2)])).toBe(true);
	expect(canUndo([link(1, { sent: true, refusal: 'notAllowed' })])).toBe(true);
});

test('of each document only the oldest revision goes out, and none that was refused', () => {
	const rows = [link(1, { refusal: 'notAllowed' }), link(2, { id: 'obs_b' }), link(3, { id: 'obs_b' })];
	expect(sendable(rows, NOW, WINDOW_MS, false).map((row) => row.seq)).toEqual([2]);
});

test('what can be undone waits for its window, or for the app to be put away', () => {
	const rows = [link(1, { holdUntil: NOW + 4000 })];
	expect(sendable(rows, NOW, WINDOW_MS, false)).toEqual([]);
	expect(sendable(rows, NOW, WINDOW_MS, true)).toEqual(rows);
	expect(sendable(rows, NOW + 4000, WINDOW_MS, false)).toEqual(rows);
});

test('a clock that was set back does not hold anything for longer than the window', () => {
	const rows = [link(1, { holdUntil: NOW + WINDOW_MS + 1 })];
	expect(sendable(rows, NOW, WINDOW_MS, false)).toEqual(rows);
});

test('the next moment to send is when the first open window ends', () => {
	const rows = [
		link(1, { holdUntil: NOW - 1 }),
		link(2, { holdUntil: NOW + 9000 }),
		link(3, { holdUntil: NOW + 4000 }),
	];
	expect(nextRelease(rows, NOW, WINDOW_MS)).toBe(NOW + 4000);
	expect(nextRelease(rows, NOW + WINDOW_MS, WINDOW_MS)).toBeNull();
});

test('a receipt for that very revision lets it go, another one changes nothing', () => {
	expect(settle([link(1)], receipt(1, STORED))).toEqual({ remove: [1], update: null });
	expect(settle([link(1)], receipt(1, STORED, 'other'))).toEqual({ remove: [], update: null });
	expect(settle([link(1)], receipt(2, STORED, 'r1'))).toEqual({ remove: [], update: null });
	expect(settle([], receipt(1, STORED))).toEqual({ remove: [], update: null });
});

test('a refused revision stays with its reason', () => {
	expect(settle([link(1)], receipt(1, REJECTED))).toEqual({
		remove: [],
		update: { seq: 1, changes: { refusal: 'notAllowed' } },
	});
});

test('a newer revision made here takes the place of a refused one', () => {
	expect(settle([link(1, { baseRev: 'b' }), link(2, { baseRev: 'r1' })], receipt(1, REJECTED))).toEqual({
		remove: [1],
		update: { seq: 2, changes: { baseRev: 'b' } },
	});
});

test('a conflict keeps the newest version made here', () => {
	expect(settle([link(1), link(2), link(3)], receipt(1, CONFLICT))).toEqual({
		remove: [1, 2],
		update: { seq: 3, changes: { refusal: 'conflict' } },
	});
});
