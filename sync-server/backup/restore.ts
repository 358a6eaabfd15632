import { createDigest, type SetDigest } from '#domain/sync/digest.ts';
import { contentDigestOf, contentHash } from '#server/store/content-digest.ts';
import { ACCOUNTS_DATABASE, DENIED_PREFIX } from '#server/store/databases.ts';
import type { StoreHost, StoreRecord } from '#server/store/document-store.ts';
import { readBackup, recordsIn, type Backup } from './read.ts';
import { beginFilling, endFilling } from './unfinished.ts';

export interface Restored {
	readonly madeAt: string;
	readonly databases: number;
	readonly records: number;
	/** Left out because they were erased, before the backup was complete or after it. */
	readonly erased: number;
}

const RECORDS_AT_ONCE = 1000;

/**
 * Fills an empty store from a backup. All files are read to their end first: one that is not whole leaves nothing
 * behind. What any of the files lists as erased never reaches the disk, and stays on the list (D10). Cut off, the store
 * is marked as unfinished, and the same command begins anew.
 * @param later backups made after this one, for what they list as erased.
 * @throws {StartUpProblem} for a file that is not whole, or a store that is not empty.
 */
export async function restore(host: StoreHost, file: string, later: readonly string[]): Promise<Restored> {
	const backup = await readBackup(file);
	const lists: Backup[] = [];
	for (const each of later) lists.push(await readBackup(each));
	if (await beginFilling(host, 'restore', `the backup of ${backup.madeAt}`)) await emptyAgain(host, backup);

	const denied = new Set([backup, ...lists].flatMap(deniedIn));
	const expected = new Map<string, SetDigest>([...backup.standing.keys()].map((name) => [name, createDigest()]));
	let erased = 0;
	await writeAll(host, recordsIn(backup), (name, record) => {
		const isDenied = !name.startsWith(DENIED_PREFIX) && denied.has(record.id);
		if (isDenied) erased++;
		else expected.get(name)?.add(record.id, contentHash(record));
		return !isDenied;
	});
	for (const [name, digest] of expected) await assertWritten(host, name, digest);
	for (const list of lists) await writeAll(host, recordsIn(list), (name) => name.startsWith(DENIED_PREFIX));
	await endFilling(host);
	const records = [...expected.values()].reduce((sum, digest) => sum + digest.count(), 0);
	return { madeAt: backup.madeAt, databases: expected.size, records, erased };
}

async function emptyAgain(host: StoreHost, backup: Backup): Promise<void> {
	for (const [name, ids] of backup.standing) {
		// The accounts say that this store is unfinished; they must stay until it is.
		if (name === ACCOUNTS_DATABASE) await (await host.open(name)).removeAll([...ids.keys()]);
		else await host.destroy(name);
	}
}

function deniedIn({ standing }: Backup): string[] {
	return [...standing].flatMap(([name, ids]) => (name.startsWith(DENIED_PREFIX) ? [...ids.keys()] : []));
}

async function writeAll(
	host: StoreHost,
	lines: AsyncIterable<{ in: string; record: StoreRecord }>,
	isWanted: (database: string, record: StoreRecord) => boolean,
): Promise<void> {
	let batch: StoreRecord[] = [];
	let database = '';
	async function writeBatch() {
		if (batch.length === 0) return;
		const store = await host.open<StoreRecord>(database);
		await store.putAll(batch.map((record) => ({ record, expectedRev: null })));
		batch = [];
	}
	for await (const { in: name, record } of lines) {
		if (name !== database || batch.length === RECORDS_AT_ONCE) await writeBatch();
		database = name;
		if (isWanted(name, record)) batch.push(record);
	}
	await writeBatch();
}

async function assertWritten(host: StoreHost, name: string, expected: SetDigest): Promise<void> {
	const { digest } = await contentDigestOf(await host.open<StoreRecord>(name));
	if (digest !== expected.root()) throw new Error(`What was written to ${name} is not what the backup holds`);
}
