/* eslint-disable @typescript-eslint/ban-ts-comment -- RxDB and its types are there only once a bench installed them. */
// @ts-nocheck
/** What runs in the browser's page for RxDB: its own storage on Dexie, its own replication with CouchDB. */
import { createRxDatabase } from 'rxdb/plugins/core';
import { replicateCouchDB } from 'rxdb/plugins/replication-couchdb';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';

/** Its default of 100 makes six times as many requests: as large as ours. */
const BATCH_SIZE = 1000;

const SCHEMA = {
	version: 0,
	primaryKey: 'id',
	type: 'object',
	properties: { id: { type: 'string', maxLength: 64 } },
};

/** Milliseconds until everything of the CouchDB at `url` is here, and how many documents that are. */
globalThis.rxdbFirstSync = async (/** @type {string} */ url) => {
	const start = performance.now();
	const db = await createRxDatabase({ name: 'school', storage: getRxStorageDexie(), multiInstance: false });
	const { documents } = await db.addCollections({ documents: { schema: SCHEMA } });
	const replication = replicateCouchDB({
		replicationIdentifier: url,
		collection: documents,
		url,
		live: false,
		pull: { batchSize: BATCH_SIZE },
	});
	await replication.awaitInitialReplication();
	const ms = performance.now() - start;
	return { ms, documents: await documents.count().exec() };
};
