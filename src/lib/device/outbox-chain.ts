import type { Receipt } from '#domain/sync/messages.ts';
import type { OutboxRow } from './device-storage.ts';

/** How long a save can be taken back before it is sent. */
export const UNDO_WINDOW_MS = 10_000;

/** An outbox row without its contents: all that the rules need. */
export type Link = Pick<OutboxRow, 'seq' | 'id' | 'rev' | 'baseRev' | 'sent' | 'refusal' | 'holdUntil'>;

/** Where a new revision goes behind the ones of the same document that have not arrived, oldest first. */
export interface Placement {
	readonly baseRev: string | null;
	/** Rows it takes the place of. */
	readonly replaces: readonly number[];
	/** Where the version with `baseRev` is to be found: what the server gave, or in or under the last row. */
	readonly base: 'held' | 'tail' | 'underTail';
}

/**
 * A refused revision is not at the server, so the new one is written on what that one was written on. After a
 * conflict the person has seen the school's version, so the new one is written on that. Anything else may be
 * there already or could still be undone to, so the new one follows it.
 */
export function placeBehind(chain: readonly Link[], heldRev: string | null): Placement {
	const tail = chain.at(-1);
	if (!tail) return { baseRev: heldRev, replaces: [], base: 'held' };
	if (tail.refusal === 'conflict') return { baseRev: heldRev, replaces: [tail.seq], base: 'held' };
	if (tail.refusal) return { baseRev: tail.baseRev, replaces: [tail.seq], base: 'underTail' };
	return { baseRev: tail.rev, replaces: [], base: 'tail' };
}

/** Only what never left can be taken back without a word, and what the server did not take. */
export function canUndo(chain: readonly Link[]): boolean {
	const tail = chain.at(-1);
	return tail !== undefined && (!tail.sent || tail.refusal !== null);
}

/**
 * What may go out now: the oldest revision of each document (a later one needs its receipt), not refused, and
 * past its undo window. A window longer than any we give comes from a clock that was set back: it is over.
 */
export function sendable(rows: readonly Link[], now: number, windowMs: number, releaseHolds: boolean): Link[] {
	const seen = new Set<string>();
	return rows.filter((row) => {
		if (seen.has(row.id)) return false;
		seen.add(row.id);
		const left = row.holdUntil - now;
		const held = !releaseHolds && left > 0 && left <= windowMs;
		return row.refusal === null && !held;
	});
}

/** When the first undo window that is still open ends; `null`: none is. */
export function nextRelease(rows: readonly Link[], now: number, windowMs: number): number | null {
	const open = rows.map((row) => row.holdUntil).filter((until) => until > now && until <= now + windowMs);
	return open.length > 0 ? Math.min(...open) : null;
}

/** What a receipt does to the rows of its document. */
export interface Settlement {
	readonly remove: readonly number[];
	readonly update: {
		readonly seq: number;
		readonly changes: Partial<Pick<Link, 'baseRev' | 'refusal' | 'sent'>>;
	} | null;
}

const NOTHING: Settlement = { remove: [], update: null };

/**
 * Only a receipt for that very revision counts (D3). When a revision was not taken and this device already has a
 * newer one of its own, the newer one takes its place: it is what the person means now.
 */
export function settle(chain: readonly Link[], receipt: Receipt): Settlement {
	const at = chain.findIndex((row) => row.seq === receipt.seq && row.rev === receipt.rev && row.id === receipt.id);
	const row = chain[at];
	if (!row) return NOTHING;
	const next = chain[at + 1];
	switch (receipt.result.kind) {
		case 'stored':
		case 'duplicate':
			return { remove: [row.seq], update: null };
		case 'erased':
			return { remove: chain.map((each) => each.seq), update: null };
		case 'rejected':
			if (next) return { remove: [row.seq], update: { seq: next.seq, changes: { baseRev: row.baseRev } } };
			return { remove: [], update: { seq: row.seq, changes: { refusal: receipt.result.reason } } };
		case 'conflict': {
			const newest = chain.at(-1) ?? row;
			return {
				remove: chain.filter((each) => each.seq !== newest.seq).map((each) => each.seq),
				update: { seq: newest.seq, changes: { refusal: 'conflict' } },
			};
		}
	}
}
