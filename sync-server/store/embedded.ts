import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { open as openFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import PouchDB from 'pouchdb';
import { StartUpProblem } from '#server/start-up-problem.ts';
import type { StoreHost } from './document-store.ts';
import { storeOver, type Driver, type Row } from './revisioned-store.ts';

/** PouchDB on LevelDB in this process, one folder per database under `dataDir`. One process at a time. */
export function embeddedHost(dataDir: string): StoreHost {
	assertWritable(dataDir);
	const open = new Map<string, PouchDB.Database>();

	async function database(name: string): Promise<PouchDB.Database> {
		const standing = open.get(name);
		if (standing) return standing;
		// Without compaction the bodies of old revisions stay readable on disk.
		const db = new PouchDB(join(dataDir, name), { auto_compaction: true });
		await db.info().catch((error: unknown) => {
			throw new StartUpProblem(
				/lock/i.test(String(error))
					? `The data folder ${dataDir} is in use by another Pleinwacht. Stop that one first, or choose another DATA_DIR.`
					: `The data folder ${dataDir} cannot be opened (${String(error)}). Restore a backup, or choose another DATA_DIR.`,
			);
		});
		open.set(name, db);
		return db;
	}

	return {
		open: async (name) => storeOver(driverFor(await database(name), join(dataDir, name), () => open.delete(name))),
		async destroy(name) {
			const db = await database(name);
			open.delete(name);
			await db.destroy();
		},
		async close() {
			await Promise.all([...open.values()].map((db) => db.close()));
			open.clear();
		},
	};
}

function driverFor(db: PouchDB.Database, folder: string, onClose: () => void): Driver {
	return {
		async fetch(ids) {
			const { rows } = await db.allDocs<Row>({ keys: [...ids], include_docs: true });
			return rows.map((row) => ('doc' in row && row.doc ? row.doc : null));
		},
		async write(rows) {
			const answers = await db.bulkDocs([...rows]);
			await flushToDisk(folder);
			return answers.map((answer) => {
				if (!('error' in answer)) return true;
				if (answer.status === 409) return false;
				throw new Error(`The store refused a document: ${answer.name}`);
			});
		},
		async changes(since, limit) {
			const { results } = await db.changes<Row>({ since: Number(since ?? 0), limit, include_docs: true });
			return results.map(({ seq, id, deleted, doc }) => ({
				checkpoint: String(seq),
				id,
				row: deleted || !doc ? null : doc,
			}));
		},
		async readNote(name) {
			return db.get<Row>(`_local/${name}`).catch((error: { status?: number }) => {
				if (error.status === 404) return null;
				throw error;
			});
		},
		async writeNote(row) {
			await db.put(row);
		},
		async close() {
			onClose();
			await db.close();
		},
	};
}

/**
 * PouchDB lets LevelDB leave its log to the operating system. A receipt lets a device forget, so what it stands for
 * must outlive a power cut (D3). A log that vanishes meanwhile was merged into a table, which LevelDB flushes itself.
 */
async function flushToDisk(folder: string): Promise<void> {
	const logs = (await readdir(folder)).filter((name) => name.endsWith('.log'));
	await Promise.all(
		logs.map(async (name) => {
			const log = await openFile(join(folder, name)).catch(() => undefined);
			await log?.datasync();
			await log?.close();
		}),
	);
}

function assertWritable(dataDir: string): void {
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
