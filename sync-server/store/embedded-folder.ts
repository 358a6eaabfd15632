import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StartUpProblem } from '#server/start-up-problem.ts';

/** Beside a database's folder while its living documents are copied. Neither ending is a database's name. */
const FRESH = '.fresh';
const STALE = '.stale';

export const freshFolderOf = (folder: string) => folder + FRESH;

/**
 * Puts the fresh copy in the database's place and ends the old one. Killed at any point, `finishSwap` and `clearSwap` finish it: the
 * old folder is moved away only when the fresh one is complete and on the disk.
 */
export async function swapFolders(folder: string): Promise<void> {
	await flushFolder(folder + FRESH);
	renameSync(folder, folder + STALE);
	renameSync(folder + FRESH, folder);
	await flushEntry(dirname(folder));
	rmSync(folder + STALE, { recursive: true, force: true });
}

/** Before opening: a process that was killed between the two moves left the copy, which is complete, in no place. */
export function finishSwap(folder: string): void {
	if (!existsSync(folder) && existsSync(folder + FRESH)) renameSync(folder + FRESH, folder);
}

/** Once the database is open, and so held by nobody else: half a copy, or what a copy replaced. */
export function clearSwap(folder: string): void {
	rmSync(folder + FRESH, { recursive: true, force: true });
	rmSync(folder + STALE, { recursive: true, force: true });
}

/** What makes a second copy of it goes first: otherwise a kill in between would bring the database back. */
export function removeFolder(folder: string): void {
	for (const each of [folder + FRESH, folder + STALE, folder]) rmSync(each, { recursive: true, force: true });
}

/** LevelDB names its newest table of contents in `CURRENT`. */
export function databasesIn(dataDir: string): string[] {
	const bases = readdirSync(dataDir, { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && existsSync(join(dataDir, entry.name, 'CURRENT')))
		.map((entry) => entry.name.replace(/\.(fresh|stale)$/, ''));
	return [...new Set(bases)];
}

/**
 * PouchDB lets LevelDB leave its log to the operating system. A receipt lets a device forget, so what it stands for
 * must outlive a power cut (D3). A log that vanishes meanwhile was merged into a table, which LevelDB flushes itself.
 */
export function logFlusherOf(folder: string): () => Promise<void> {
	let known = '';
	return async () => {
		const logs = (await readdir(folder)).filter((name) => name.endsWith('.log'));
		await Promise.all(logs.map((name) => flush(join(folder, name))));
		// A new log is safe only once the folder knows its name.
		if (known === logs.join()) return;
		await flushEntry(folder);
		known = logs.join();
	};
}

async function flushFolder(folder: string): Promise<void> {
	for (const name of await readdir(folder)) await flush(join(folder, name));
	await flushEntry(folder);
	await flushEntry(dirname(folder));
}

async function flush(file: string): Promise<void> {
	const handle = await open(file).catch(() => undefined);
	try {
		await handle?.datasync();
	} finally {
		await handle?.close();
	}
}

/** A folder's own list of names. Windows keeps it by itself and refuses to be asked. */
async function flushEntry(folder: string): Promise<void> {
	if (process.platform === 'win32') return;
	const handle = await open(folder);
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

export function assertWritable(dataDir: string): void {
	const probe = join(dataDir, '.writable');
	try {
		mkdirSync(dataDir, { recursive: true, mode: 0o700 });
		writeFileSync(probe, '');
		rmSync(probe);
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
		throw new StartUpProblem(
			`The data folder ${dataDir} cannot be written (${code}). Give this user the right to, or choose another DATA_DIR.`,
		);
	}
}
