import type { DropReason } from '#domain/sync/messages.ts';
import type { Instant } from '#domain/time/local-time.ts';
import type { DocumentStore, StoreRecord } from '#server/store/document-store.ts';

/** Why something is gone for good: on request, or because its time was over (D10). */
export type ErasedBecause = Exclude<DropReason, 'outOfScope'>;

/** An id that meant something once, and nothing of what it meant. */
export interface DenyRecord extends StoreRecord {
	readonly because: ErasedBecause;
	readonly at: Instant;
}

/**
 * The ids that must never come back: not by a device that was away for long, not by a rescue file, not by a restored
 * backup. It is a database of its own, so that restoring a school's documents does not take it back in time.
 */
export interface DenyList {
	reasonFor(id: string): ErasedBecause | undefined;
	ids(): Iterable<string>;
	/** Resolves once it is on disk; only then may anything be removed. */
	add(ids: Iterable<string>, because: ErasedBecause, at: Date): Promise<void>;
	/** Called with what another server of this school erased. Returns the way to stop. */
	follow(onDenied: (ids: readonly string[]) => Promise<void>): () => Promise<void>;
}

export async function openDenyList(store: DocumentStore<DenyRecord>): Promise<DenyList> {
	const denied = new Map<string, ErasedBecause>();
	let checkpoint: string | null = null;

	for await (const changes of store.changes(null)) {
		for (const { record } of changes) if (record) denied.set(record.id, record.because);
		checkpoint = changes.at(-1)?.checkpoint ?? checkpoint;
	}

	return {
		reasonFor: (id) => denied.get(id),
		ids: () => denied.keys(),
		async add(ids, because, at) {
			const fresh = [...new Set(ids)].filter((id) => !denied.has(id));
			const record = { rev: '1', because, at: at.toISOString() as Instant };
			// A conflict means that another server denied it first, which is as good.
			await store.putAll(fresh.map((id) => ({ record: { id, ...record }, expectedRev: null })));
			for (const id of fresh) denied.set(id, because);
		},
		follow: (onDenied) =>
			store.follow(checkpoint, async (changes) => {
				const fresh = changes.flatMap(({ record }) => record ?? []).filter(({ id }) => !denied.has(id));
				for (const { id, because } of fresh) denied.set(id, because);
				if (fresh.length > 0) await onDenied(fresh.map(({ id }) => id));
			}),
	};
}
