import * as z from 'zod';
import type { Receipt } from '#domain/sync/messages.ts';
import { closingsFor, entriesFor, type RefusedItem } from '#server/quarantine/entries.ts';
import type { Write } from '#server/store/document-store.ts';
import type { Envelope } from '#server/store/envelope.ts';
import { judgeItem, type Pusher } from './judge-item.ts';
import { Problem } from './problem.ts';

/** Another writer may come in between judging and storing; it cannot happen forever. */
const MAX_ROUNDS = 5;

/** As much of an item as its receipt needs; the item itself is judged one by one. */
export const Address = z
	.object({ id: z.string(), rev: z.string(), seq: z.int(), sealed: z.string().optional() })
	.loose();
export type Address = z.infer<typeof Address>;

/**
 * Judges and stores the items in rounds: those that wait for another of the same document in this push, and those
 * that met another writer, are judged again in the next one. A round is one write, refused items included: who gets
 * a receipt can rely on it, whatever it says.
 */
export async function receive(sent: readonly Address[], pusher: Pusher): Promise<Receipt[]> {
	const items = await Promise.all(sent.map((item) => withoutSeal(item, pusher)));
	const results = new Map<Address, Receipt['result']>();
	let open: readonly Address[] = items;
	for (let round = 0; open.length > 0 && round < MAX_ROUNDS + items.length; round++) {
		const toStore: { item: Address | null; write: Write<Envelope> }[] = [];
		const refused = new Map<Address, RefusedItem>();
		for (const item of firstOfEachId(open)) {
			const verdict = judgeItem(item, pusher);
			if (verdict.kind === 'answer') {
				results.set(item, verdict.result);
				const refusal = refusalOf(item, verdict.result);
				if (refusal) refused.set(item, refusal);
			} else toStore.push({ item: verdict.kind === 'store' ? item : null, write: verdict.write });
		}
		const entries = entriesFor([...refused.values()], pusher);
		const writes = [...toStore.map(({ write }) => write), ...entries.writes];
		const stored = await pusher.replica.write(writes);
		for (const [item, refusal] of refused) {
			// Who still reads what stands there settles a conflict; for the rest the device is the only place where it is.
			const isSettledThere = refusal.reason === 'conflict' && !pusher.onlyTold;
			if (entries.notKept.has(refusal) && !isSettledThere) results.set(item, { kind: 'rejected', reason: 'notKept' });
		}
		toStore.forEach(({ item, write }, i) => {
			if (item && stored[i]) results.set(item, { kind: 'stored', receivedAt: write.record.receivedAt });
		});
		open = open.filter((item) => !results.has(item));
	}
	await pusher.replica.write(closingsFor(arrivedIn(results), pusher));
	return items.map((item) => {
		const result = results.get(item);
		if (!result) throw new Problem('fault');
		return { id: item.id, rev: item.rev, seq: item.seq, result };
	});
}

/** What a device sealed to the school, as if it had sent it open; what cannot be opened stays as it is. */
async function withoutSeal(item: Address, { actor, openSeal }: Pusher): Promise<Address> {
	const { sealed, ...open } = item;
	if (sealed === undefined) return item;
	const { schoolId, personId } = actor;
	const opened = await openSeal(sealed, { schoolId, personId, id: item.id, rev: item.rev });
	return opened ? { ...open, doc: opened.doc } : item;
}

function refusalOf(item: Address, result: Receipt['result']): RefusedItem | null {
	const kept = { doc: item.sealed, ...item };
	if (result.kind === 'conflict') return { ...kept, reason: 'conflict' };
	return result.kind === 'rejected' ? { ...kept, reason: result.reason, path: result.path } : null;
}

function arrivedIn(results: ReadonlyMap<Address, Receipt['result']>): Address[] {
	return [...results].filter(([, { kind }]) => kind === 'stored' || kind === 'duplicate').map(([item]) => item);
}

/** Also one per sequence number, so that a number used twice within one push is seen. */
function firstOfEachId(items: readonly Address[]): Address[] {
	const taken = new Set<string | number>();
	return items.filter(({ id, seq }) => {
		if (taken.has(id) || taken.has(seq)) return false;
		taken.add(id).add(seq);
		return true;
	});
}
