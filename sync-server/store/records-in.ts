import type { DocumentStore, StoreRecord } from './document-store.ts';

type Store<R extends StoreRecord> = Pick<DocumentStore<R>, 'changes'>;

/** Every record that stands and is meant, the one changed longest ago first. Reads all there are: not for each request. */
export async function recordsIn<R extends StoreRecord, Meant extends R>(
	store: Store<R>,
	isMeant: (record: R) => record is Meant,
): Promise<Meant[]>;
export async function recordsIn<R extends StoreRecord>(store: Store<R>, isMeant?: (record: R) => boolean): Promise<R[]>;
export async function recordsIn<R extends StoreRecord>(
	store: Store<R>,
	isMeant: (record: R) => boolean = () => true,
): Promise<R[]> {
	const found = new Map<string, R>();
	for await (const changes of store.changes(null)) {
		for (const { id, record } of changes) {
			// It may have changed since it was read: then it comes again, and counts as it stands last.
			found.delete(id);
			if (record && isMeant(record)) found.set(id, record);
		}
	}
	return [...found.values()];
}
