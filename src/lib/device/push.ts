import { MAX_PUSH_ITEMS, PROTOCOL, type Receipt } from '#domain/sync/messages.ts';
import type { SyncProblem } from './device.ts';
import type { OutboxRow } from './device-storage.ts';
import { sendable, UNDO_WINDOW_MS } from './outbox-chain.ts';
import type { PersonDisk } from './person-disk.ts';
import type { Transport } from './transport.ts';

/** Bytes of documents in one push: a second or two on a slow phone network. */
const MAX_PUSH_BYTES = 1_000_000;

export interface PushOptions {
	readonly now: number;
	/** The app is put away: what could still be undone goes out too. */
	readonly releaseHolds: boolean;
}

/** What a push needs to know of where things wait: the app's store, or its disk alone. */
export interface Outgoing extends Pick<PersonDisk, 'deviceId' | 'itemOf' | 'isLocked' | 'entryOrNull'> {
	readonly outbox: Pick<PersonDisk['outbox'], 'all' | 'markSent'>;
	settle(receipts: readonly Receipt[], known?: readonly OutboxRow[]): Promise<unknown>;
}

/** Sends what waits until nothing is left that may go. @returns what stopped it, if anything did. */
export async function pushAll(
	store: Outgoing,
	transport: Transport,
	{ now, releaseHolds }: PushOptions,
): Promise<SyncProblem | null> {
	let limit = MAX_PUSH_ITEMS;
	/** Numbers of what the server could not open, and this device can: it goes in plain text. */
	const open = new Set<number>();
	/** Documents that wait for the PIN, or for the server to have its key again: nobody here can read them. */
	const left = new Set<string>();
	for (;;) {
		const rows = await store.outbox.all();
		const may = sendable(rows, now, UNDO_WINDOW_MS, releaseHolds) as OutboxRow[];
		const batch = within(
			may.filter(({ id }) => !left.has(id)),
			limit,
		);
		if (batch.length === 0) return null;

		const sent = await store.outbox.markSent(batch);
		if (sent.length === 0) continue;
		const items = await Promise.all(sent.map((row) => store.itemOf(row, open.has(row.seq) || !row.sealed)));
		const answer = await transport.push({ protocol: PROTOCOL, deviceId: await store.deviceId(), items });

		if (answer.kind === 'failed') return answer.problem;
		if (answer.kind === 'tooLarge') {
			const [only] = sent;
			if (sent.length === 1 && only) await store.settle([tooLarge(only)]);
			limit = Math.max(1, Math.floor(sent.length / 2));
			continue;
		}
		const receipts = receiptsFor(sent, answer.receipts);
		if (receipts.length === 0) return 'serverFault';
		const { final, again } = await decided(withoutEarly(receipts, rows), sent);
		if (final.length > 0) await store.settle(final, rows);
		else if (!again) return null;
	}

	/** Without what another try, or the PIN, can still put right. */
	async function decided(all: readonly Receipt[], sent: readonly OutboxRow[]) {
		const final: Receipt[] = [];
		let again = false;
		for (const receipt of all) {
			const row = sent.find(({ seq }) => seq === receipt.seq);
			const isUnopened = row?.sealed !== undefined && !open.has(row.seq) && isUnopenedIn(receipt);
			if (isUnopened && !store.isLocked && (await store.entryOrNull(row))) open.add(row.seq);
			else if (isUnopened || (store.isLocked && receipt.result.kind === 'conflict')) left.add(receipt.id);
			else {
				final.push(receipt);
				continue;
			}
			again = true;
		}
		return { final, again };
	}
}

/** An older server does not know seals at all. */
function isUnopenedIn({ result }: Receipt): boolean {
	return result.kind === 'rejected' && (result.reason === 'unsealable' || result.reason === 'malformed');
}

/** The server does not even look at it: a refusal like any other, also for what was written on it since. */
function tooLarge({ id, rev, seq }: OutboxRow): Receipt {
	return { id, rev, seq, result: { kind: 'rejected', reason: 'tooLarge' } };
}

function receiptsFor(sent: readonly OutboxRow[], receipts: readonly Receipt[]): Receipt[] {
	return receipts.filter(({ seq, rev, id }) => sent.some((row) => row.seq === seq && row.rev === rev && row.id === id));
}

/**
 * "It speaks of something that is not here" is no refusal while that something may still be on its way from this
 * very device: the row stays and goes again once the rest has arrived.
 */
function withoutEarly(receipts: readonly Receipt[], rows: readonly OutboxRow[]): readonly Receipt[] {
	const isEarly = ({ result }: Receipt) => result.kind === 'rejected' && result.reason === 'unknownReference';
	const early = new Set(receipts.filter(isEarly).map(({ seq }) => seq));
	const othersUnderWay = rows.some((row) => row.refusal === null && !early.has(row.seq));
	return othersUnderWay ? receipts.filter(({ seq }) => !early.has(seq)) : receipts;
}

function within(rows: readonly OutboxRow[], limit: number): OutboxRow[] {
	let bytes = 0;
	return rows
		.slice(0, limit)
		.filter((row, index) => (bytes += row.sealed?.length ?? row.bytes.byteLength) <= MAX_PUSH_BYTES || index === 0);
}
