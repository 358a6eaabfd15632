import type { Receipt } from '#domain/sync/messages.ts';
import type { OutboxRow } from './device-storage.ts';
import { settle } from './outbox-chain.ts';

/** A conflict settled by itself: what was made here and what stands there, as one new revision on what stands there. */
export type MergedRevision = Pick<OutboxRow, 'id' | 'rev' | 'bytes' | 'sealed'> &
	Required<Pick<OutboxRow, 'baseBytes'>>;

/** What all receipts of an answer together do to the outbox. */
export interface SettlementPlan {
	readonly remove: readonly number[];
	readonly put: readonly OutboxRow[];
	readonly add: readonly Omit<OutboxRow, 'seq'>[];
	/** These have arrived: their contents are now what the server holds. */
	readonly arrived: readonly OutboxRow[];
	/** Conflicts, with what stands at the server instead. */
	readonly conflicts: readonly Receipt[];
}

/**
 * Worked out in memory, one receipt after the other: asking the disk for each would take longer than the network.
 * @param rows the whole outbox, oldest first.
 * @param merged by the sequence number of the newest revision each speaks for.
 */
export function planSettlement(
	rows: readonly OutboxRow[],
	receipts: readonly Receipt[],
	merged: ReadonlyMap<number, MergedRevision>,
): SettlementPlan {
	const chains = Map.groupBy(rows, (row) => row.id);
	const put = new Map<number, OutboxRow>();
	const plan = {
		remove: new Array<number>(),
		add: new Array<Omit<OutboxRow, 'seq'>>(),
		arrived: new Array<OutboxRow>(),
		conflicts: new Array<Receipt>(),
	};

	for (const receipt of receipts) {
		const { id, seq, rev, result } = receipt;
		const chain = chains.get(id) ?? [];
		const row = chain.find((each) => each.seq === seq && each.rev === rev);
		const newest = chain.at(-1);
		if (!row || !newest) continue;
		if (result.kind === 'conflict') plan.conflicts.push(receipt);
		const merge = merged.get(newest.seq);
		if (merge && result.kind === 'conflict') {
			const { seq: _, sealed: _seal, ...kept } = newest;
			plan.add.push({ ...kept, ...merge, baseRev: result.currentRev, sent: false, refusal: null });
			plan.remove.push(...chain.map((each) => each.seq));
			chains.delete(id);
			continue;
		}
		const { remove, update } = settle(chain, receipt);
		if (result.kind === 'stored' || result.kind === 'duplicate') plan.arrived.push(row);
		plan.remove.push(...remove);
		const left = chain
			.filter((each) => !remove.includes(each.seq))
			.map((each) => (each.seq === update?.seq ? changed(each, update.changes, row) : each));
		chains.set(id, left);
		const updated = left.find((each) => each.seq === update?.seq);
		if (updated) put.set(updated.seq, updated);
	}
	return { ...plan, put: [...put.values()].filter((row) => !plan.remove.includes(row.seq)) };
}

/** A revision that takes the place of a refused one is written on what that one was written on. */
function changed(row: OutboxRow, changes: Partial<OutboxRow>, refused: OutboxRow): OutboxRow {
	const { baseBytes, ...rest } = { ...row, ...changes };
	const base = changes.baseRev === undefined ? baseBytes : refused.baseBytes;
	return base ? { ...rest, baseBytes: base } : rest;
}
