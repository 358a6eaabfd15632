/** What runs in the browser's page for the sync bench: this project's own device code, without any screen. */
import Dexie from 'dexie';
import { browserSurroundings } from '../../src/lib/device/browser-surroundings.ts';
import { openPersonStore } from '../../src/lib/device/person-store.ts';
import { pullAll } from '../../src/lib/device/pull.ts';
import { httpTransport } from '../../src/lib/device/transport.ts';
import type { PersonId } from '../../src/lib/domain/id.ts';

export interface SyncClient {
	/** Milliseconds until both sides hold the same, and how many documents that are. */
	firstSync(personId: PersonId): Promise<{ ms: number; documents: number }>;
	/** Milliseconds of a bare put, as durable as ours, in a table without indexes. */
	barePut(bytes: number): Promise<number>;
}

const client: SyncClient = {
	async firstSync(personId) {
		const start = performance.now();
		const store = await openPersonStore(browserSurroundings(personId));
		const { problem } = await pullAll(store, httpTransport, () => undefined);
		const ms = performance.now() - start;
		if (problem) throw new Error(problem);
		const documents = store.replica.all('observation').length;
		await store.destroy();
		return { ms, documents };
	},

	async barePut(bytes) {
		const db = new Dexie('bare', { chromeTransactionDurability: 'strict' });
		db.version(1).stores({ rows: '++' });
		await db.open();
		const text = 'x'.repeat(bytes);
		const start = performance.now();
		await db.table('rows').put({ text });
		const ms = performance.now() - start;
		db.close();
		return ms;
	},
};

Object.assign(globalThis, { client });
