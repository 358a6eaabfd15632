import { createHash } from 'node:crypto';
import { createDigest } from '#domain/sync/digest.ts';
import type { DocumentStore, StoreRecord } from './document-store.ts';

export interface ContentDigest {
	readonly records: number;
	/** Equal for equal records, in whatever order they were written. */
	readonly digest: string;
}

/** A whole database said in one small number, over every byte of its records. */
export async function contentDigestOf(store: DocumentStore<StoreRecord>): Promise<ContentDigest> {
	const digest = createDigest();
	const hashes = new Map<string, string>();
	for await (const changes of store.changes(null)) {
		for (const { id, record } of changes) {
			const earlier = hashes.get(id);
			if (earlier !== undefined) digest.remove(id, earlier);
			hashes.delete(id);
			if (!record) continue;
			const hash = contentHash(record);
			hashes.set(id, hash);
			digest.add(id, hash);
		}
	}
	return { records: digest.count(), digest: digest.root() };
}

export function contentHash(record: StoreRecord): string {
	return createHash('sha256').update(canonical(record)).digest('hex');
}

/** Stores may give fields back in another order. */
function canonical(value: unknown): string {
	return JSON.stringify(value, (_, part: unknown) =>
		typeof part === 'object' && part !== null && !Array.isArray(part)
			? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
			: part,
	);
}
