import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { couchdbHost } from '#server/store/couchdb.ts';
import { embeddedHost } from '#server/store/embedded.ts';
import { memoryHost } from '#server/store/memory.ts';
import { documentStoreContract } from './document-store.ts';
import { startCouchDouble } from './couch-double.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'pleinwacht-store-'));
const stops: (() => Promise<void>)[] = [];

documentStoreContract('memory', async () => memoryHost());
documentStoreContract('embedded PouchDB', async () => embeddedHost(dataDir));
documentStoreContract('CouchDB, played by express-pouchdb', async () => {
	const double = await startCouchDouble();
	stops.push(double.stop);
	return couchdbHost(double.url);
});

const { COUCHDB_TEST_URL } = process.env;
if (COUCHDB_TEST_URL) documentStoreContract('a real CouchDB', () => couchdbHost(COUCHDB_TEST_URL));

afterAll(async () => {
	await Promise.all(stops.map((stop) => stop()));
	rmSync(dataDir, { recursive: true });
});
