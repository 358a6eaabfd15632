import { ulid } from 'ulid';
import type { Breach } from '#domain/privacy/breach.ts';
import type { DocumentStore, StoreRecord } from '#server/store/document-store.ts';
import { recordsIn } from '#server/store/records-in.ts';

export type BreachRecord = StoreRecord & Breach;

/**
 * What went wrong with data at this school, and what was decided about it. A database of its own: no device holds it,
 * and no export of the school carries it along. A line is written once, and decided about once.
 */
export interface BreachBook {
	/** The one noticed last first. */
	all(): Promise<Breach[]>;
	add(breach: Omit<Breach, 'id' | 'decision'>): Promise<Breach>;
	/** @returns `false`: there is no such line, or it is decided about already. */
	decide(id: string, decision: NonNullable<Breach['decision']>): Promise<boolean>;
}

export function breachBookIn(store: DocumentStore<BreachRecord>): BreachBook {
	return {
		async all() {
			const found = (await recordsIn(store)).map(withoutRevision);
			return found.sort((a, b) => b.noticedAt - a.noticedAt);
		},
		async add(breach) {
			const record: BreachRecord = { ...breach, id: ulid(), rev: '1', decision: null };
			await store.put(record, null);
			return withoutRevision(record);
		},
		async decide(id, decision) {
			const standing = await store.get(id);
			if (!standing || standing.decision) return false;
			return (await store.put({ ...standing, rev: '2', decision }, standing.rev)).ok;
		},
	};
}

function withoutRevision({ rev: _rev, ...breach }: BreachRecord): Breach {
	return breach;
}
