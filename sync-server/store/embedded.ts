import { join } from 'node:path';
import { assertDatabaseName } from './database-name.ts';
import type { DocumentStore, StoreHost, StoreRecord } from './document-store.ts';
import { openEmbedded } from './embedded-driver.ts';
import { assertWritable, databasesIn, removeFolder } from './embedded-folder.ts';
import { storeOver } from './revisioned-store.ts';

/** PouchDB on LevelDB in this process, one folder per database under `dataDir`. One process at a time. */
export function embeddedHost(dataDir: string): StoreHost {
	assertWritable(dataDir);
	/** One store per database, so that all who follow it hear of all that is written. */
	const open = new Map<string, Promise<DocumentStore<StoreRecord>>>();

	async function openStore(name: string): Promise<DocumentStore<StoreRecord>> {
		const driver = await openEmbedded(dataDir, name);
		return storeOver({
			...driver,
			async close() {
				open.delete(name);
				await driver.close();
			},
		});
	}

	return {
		isShared: false,
		async open<R extends StoreRecord>(name: string) {
			assertDatabaseName(name);
			const opening = open.get(name) ?? openStore(name);
			open.set(name, opening);
			const store = await opening.catch((error: unknown) => {
				open.delete(name);
				throw error;
			});
			return store as unknown as DocumentStore<R>;
		},
		async destroy(name) {
			assertDatabaseName(name);
			await (await open.get(name))?.close();
			removeFolder(join(dataDir, name));
		},
		names: async () => databasesIn(dataDir),
		async assertReady() {
			assertWritable(dataDir);
		},
		async close() {
			for (const opening of [...open.values()]) await (await opening).close();
		},
	};
}
