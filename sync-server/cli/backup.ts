import { createWriteStream } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Command } from 'commander';
import { MS_PER_DAY } from '#domain/time/local-time.ts';
import { readBackup, type Backup } from '#server/backup/read.ts';
import { doAtHost } from './at-host.ts';

/** What was erased must be gone from backups too, in the end (D10). */
const KEPT_DAYS = 30;

/** Names a backup gets in a folder; whatever else lies there is left alone. */
const OURS = /^pleinwacht-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.jsonl\.gz$/;

/** `cli backup`: one file with everything, also while the server runs. */
export function backupCommand(): Command {
	return new Command('backup')
		.description('Write everything this store holds to one file, also while the server runs.')
		.argument('<path>', `a file; or a folder, where those older than ${KEPT_DAYS} days are removed`)
		.action(async (path: string) => {
			const isFolder = await stat(path).then(
				(found) => found.isDirectory(),
				() => false,
			);
			const file = isFolder ? join(path, nameAt(new Date())) : path;
			const backup = await writeBackup(file);
			const records = [...backup.standing.values()].reduce((sum, ids) => sum + ids.size, 0);
			console.log(`${records} records in ${file} (sha256 ${backup.sha256}).`);
			if (isFolder) for (const old of await removeOld(path)) console.log(`Removed ${old}.`);
		});
}

/** Under another name until it is whole, on the disk, and read back. */
async function writeBackup(file: string): Promise<Backup> {
	const part = `${file}.part`;
	try {
		const packed = createGzip();
		const written = finished(packed.pipe(createWriteStream(part, { mode: 0o600 })));
		await Promise.race([doAtHost('backup', null, packed), written]);
		packed.end();
		await written;
		await flush(part);
		const { madeAt, sha256, standing } = await readBackup(part);
		await rename(part, file);
		return { file, madeAt, sha256, standing };
	} finally {
		await rm(part, { force: true });
	}
}

async function flush(file: string): Promise<void> {
	const handle = await open(file);
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

function nameAt(now: Date): string {
	return `pleinwacht-${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z.jsonl.gz`;
}

async function removeOld(folder: string): Promise<string[]> {
	const since = nameAt(new Date(Date.now() - KEPT_DAYS * MS_PER_DAY));
	const old = (await readdir(folder)).filter((name) => OURS.test(name) && name < since).sort();
	for (const name of old) await rm(join(folder, name));
	return old;
}
