import { createHash } from 'node:crypto';
import { idOf, quarantineDecisionIdFor, type QuarantineEntryId } from '#domain/id.ts';
import {
	MAX_OPEN_PER_PERSON,
	MAX_QUARANTINED_CHARS,
	type QuarantineEntry,
	type QuarantineReason,
} from '#domain/quarantine/quarantine.ts';
import type { Instant } from '#domain/time/local-time.ts';
import { textOf } from '#server/gateway/judge-document.ts';
import type { Pusher } from '#server/gateway/judge-item.ts';
import type { Write } from '#server/store/document-store.ts';
import { envelopeOf, type Envelope } from '#server/store/envelope.ts';
import { contentRevision } from '#server/store/revision.ts';

/** An item that was not taken, as far as its receipt could be read. */
export interface RefusedItem {
	readonly id: string;
	readonly rev: string;
	readonly seq: number;
	readonly doc?: unknown;
	readonly reason: QuarantineReason;
	readonly path?: string | undefined;
}

const MAX_ID_CHARS = 64;
const MAX_PATH_CHARS = 200;

/** What to write so that these are kept, nothing for what is kept already; and what is past what one person may fill. */
export function entriesFor(
	refused: readonly RefusedItem[],
	pusher: Pusher,
): { readonly writes: Write<Envelope>[]; readonly notKept: ReadonlySet<RefusedItem> } {
	if (refused.length === 0) return { writes: [], notKept: new Set() };
	const { replica } = pusher;
	const room = Math.max(0, MAX_OPEN_PER_PERSON - openEntriesOf(pusher).length);
	const fresh = refused.filter((item) => !replica.get(entryIdFor(pusher, item)));
	const writes = fresh
		.slice(0, room)
		.map((item) => ({ record: envelope(entryFor(item, pusher), pusher.now), expectedRev: null }));
	return { writes, notKept: new Set(fresh.slice(room)) };
}

/**
 * What to write once a push is through: of what this device got across, its earlier refusals are over; of what was
 * refused again, only the newest one stays open. Another device of the same person may mean something else.
 */
export function closingsFor(
	arrived: readonly { readonly id: string; readonly seq: number }[],
	pusher: Pusher,
): Write<Envelope>[] {
	const { replica, deviceId, now } = pusher;
	const open = openEntriesOf(pusher).filter((entry) => entry.deviceId === deviceId);
	return open.flatMap((entry) => {
		const as = arrived.some(({ id, seq }) => id === entry.itemId && seq >= entry.seq)
			? ('arrived' as const)
			: open.some(({ itemId, seq }) => itemId === entry.itemId && seq > entry.seq) && ('replaced' as const);
		if (!as) return [];
		const closed: QuarantineEntry = { ...entry, closed: { as, at: now.toISOString() as Instant } };
		return { record: envelope(closed, now), expectedRev: replica.get(entry.id)?.rev ?? null };
	});
}

/** What to write when somebody brought what another wrote: the coordinators, and its author, can see who did. */
export function handInEntry(
	file: { readonly name: string; readonly checksum: string },
	handIn: NonNullable<QuarantineEntry['handIn']>,
	pusher: Pusher,
): Write<Envelope>[] {
	const at = pusher.now.toISOString() as Instant;
	const item = { id: file.name, rev: file.checksum, seq: 0, doc: null, reason: 'other' as const };
	const entry: QuarantineEntry = { ...entryFor(item, pusher), closed: { as: 'handedIn', at }, handIn };
	const standing = pusher.replica.get(entry.id);
	return standing ? [] : [{ record: envelope(entry, pusher.now), expectedRev: null }];
}

function openEntriesOf({ actor, replica }: Pusher): QuarantineEntry[] {
	return replica
		.refusedOf(actor.personId)
		.filter(({ id, closed }) => !closed && !replica.get(quarantineDecisionIdFor(id)));
}

function entryFor(item: RefusedItem, pusher: Pusher): QuarantineEntry {
	const { actor, deviceId, replica, now } = pusher;
	const text = textOf(item.doc ?? null);
	const standing = replica.get(item.id);
	// Overtaken on its way: a later one of this device is there already.
	const isOver = [standing, ...(standing?.past ?? [])].some(
		(arrival) => arrival?.deviceId === deviceId && arrival.seq !== null && arrival.seq > item.seq,
	);
	const at = now.toISOString() as Instant;
	return {
		type: 'quarantineEntry',
		v: 1,
		id: entryIdFor(pusher, item),
		schoolId: actor.schoolId,
		authorId: actor.personId,
		deviceId,
		itemId: item.id.slice(0, MAX_ID_CHARS),
		itemRev: item.rev.slice(0, MAX_ID_CHARS),
		seq: item.seq,
		// No app writes what is nested too deeply to be written down: that it came is kept.
		item: (text ?? 'null').slice(0, MAX_QUARANTINED_CHARS),
		isCut: text === undefined || text.length > MAX_QUARANTINED_CHARS,
		reason: item.reason,
		...(item.path && { path: item.path.slice(0, MAX_PATH_CHARS) }),
		receivedAt: at,
		...(isOver && { closed: { as: 'arrived', at } }),
	};
}

/** Crockford's base 32, as ULIDs have it. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ULID_LENGTH = 26;

/**
 * The same item of the same device has the same id: sent a hundred times, it is kept once. Sealed so that nobody here could
 * open it, it is another: what is sent open after it must not be taken for kept. Nobody else can work it out: the device's
 * own id is known to it and to the coordinator.
 */
function entryIdFor({ actor, deviceId }: Pusher, { id, rev, reason }: RefusedItem): QuarantineEntryId {
	const bytes = createHash('sha256')
		.update(JSON.stringify([actor.personId, deviceId, id, rev, ...(reason === 'unsealable' ? [reason] : [])]))
		.digest();
	const letters = Array.from(bytes.subarray(0, ULID_LENGTH), (byte) => LETTERS[byte & 31]);
	return idOf('quarantineEntry', letters.join(''));
}

function envelope(entry: QuarantineEntry, now: Date): Envelope {
	const receivedAt = now.toISOString() as Instant;
	return envelopeOf(entry, { rev: contentRevision(entry), receivedAt, authorId: null, deviceId: null, seq: null });
}
