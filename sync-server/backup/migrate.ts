import { isDeepStrictEqual } from 'node:util';
import { contentDigestOf } from '#server/store/content-digest.ts';
import { ACCOUNTS_DATABASE, LEASES_DATABASE } from '#server/store/databases.ts';
import type { Change, DocumentStore, StoreHost, StoreRecord } from '#server/store/document-store.ts';
import { StartUpProblem } from '#server/start-up-problem.ts';
import { beginFilling, endFilling } from './unfinished.ts';

/** In each database that is being filled: how far along the source's order of changes it is. */
const NOTE = 'migrated-until';

export interface Migrated {
	readonly name: string;
	readonly records: number;
	readonly digest: string;
}

/**
 * Copies every database of one store to another that is empty, or in which the same was cut off. The source is only
 * read. Its servers must be stopped: what is written to it meanwhile makes the digests differ.
 * @param from what the source is called, so that a second try is known.
 */
export async function migrate(
	source: StoreHost,
	target: StoreHost,
	from: string,
	onDone: (database: Migrated) => void,
): Promise<void> {
	const names = (await source.names()).filter((name) => name !== LEASES_DATABASE).sort();
	if (!names.includes(ACCOUNTS_DATABASE)) throw new StartUpProblem('There is nothing in the store to move from.');
	await beginFilling(target, 'migrate-store', from);
	for (const name of names) {
		const [original, copy] = [await source.open<StoreRecord>(name), await target.open<StoreRecord>(name)];
		await copyChanges(original, copy);
		const [wanted, got] = [await contentDigestOf(original), await contentDigestOf(copy)];
		if (wanted.digest !== got.digest) {
			await copy.writeNote(NOTE, null);
			throw new StartUpProblem(`${name} differs from its source. Stop the servers of both, and run this again.`);
		}
		onDone({ name, ...got });
	}
	await endFilling(target);
}

async function copyChanges(original: DocumentStore<StoreRecord>, copy: DocumentStore<StoreRecord>): Promise<void> {
	const since = ((await copy.readNote(NOTE)) ?? null) as string | null;
	for await (const changes of original.changes(since)) {
		await copy.removeAll(changes.filter(({ record }) => !record).map(({ id }) => id));
		await putOver(copy, changes);
		await copy.writeNote(NOTE, changes.at(-1)?.checkpoint);
	}
}

/** The source is right: what an earlier try wrote, or wrote half, gives way. */
async function putOver(copy: DocumentStore<StoreRecord>, changes: readonly Change<StoreRecord>[]): Promise<void> {
	const records = changes.flatMap(({ record }) => record ?? []);
	const outcomes = await copy.putAll(records.map((record) => ({ record, expectedRev: null })));
	for (const record of records.filter((_, i) => !outcomes[i]?.ok)) {
		const standing = await copy.get(record.id);
		if (!isDeepStrictEqual(standing, record)) await copy.put(record, standing?.rev ?? null);
	}
}
