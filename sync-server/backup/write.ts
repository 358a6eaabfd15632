import { createHash } from 'node:crypto';
import { ACCOUNTS_DATABASE, DENIED_PREFIX, LEASES_DATABASE } from '#server/store/databases.ts';
import type { Change, StoreHost, StoreRecord } from '#server/store/document-store.ts';
import { BACKUP_VERSION, type BackupHeader, type BackupLine, type BackupTrailer } from './format.ts';

/**
 * Every database as lines of text, about 1000 of them at a time. Each is read along its order of changes to the very
 * end, so that what it holds together is the state of one moment, whoever writes meanwhile. Lists of what was erased and
 * the accounts come last: what they say about a school is never older than the school.
 */
export async function* backupOf(host: StoreHost, now: Date): AsyncGenerator<string> {
	const hash = createHash('sha256');
	let lines = 0;
	function text(all: readonly (BackupHeader | BackupLine)[]): string {
		const chunk = all.map((line) => `${JSON.stringify(line)}\n`).join('');
		hash.update(chunk);
		lines += all.length;
		return chunk;
	}

	yield text([
		{
			format: 'pleinwacht-backup',
			v: BACKUP_VERSION,
			madeAt: now.toISOString(),
		},
	]);
	for (const name of inOrder(await host.names())) {
		const store = await host.open<StoreRecord>(name);
		for await (const changes of store.changes(null)) {
			yield text(changes.filter((change) => belongsIn(name, change)).map((change) => lineOf(name, change)));
		}
	}
	yield `${JSON.stringify({ lines, sha256: hash.digest('hex') } satisfies BackupTrailer)}\n`;
}

function inOrder(names: readonly string[]): string[] {
	const rank = (name: string) => (name === ACCOUNTS_DATABASE ? 2 : name.startsWith(DENIED_PREFIX) ? 1 : 0);
	return names.filter((name) => name !== LEASES_DATABASE).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** A session ended since then, of a stolen phone for instance, must not come back to life; people sign in again. */
function belongsIn(database: string, { id }: Change<StoreRecord>): boolean {
	return database !== ACCOUNTS_DATABASE || !/^(session|code|once):/.test(id);
}

function lineOf(database: string, { id, record }: Change<StoreRecord>): BackupLine {
	return record ? { in: database, record: { ...record } } : { in: database, removed: id };
}
