import { createServer } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import expressPouchdb from 'express-pouchdb';
import memoryAdapter from 'pouchdb-adapter-memory';
import PouchDB from 'pouchdb';

/** `express-pouchdb` plays CouchDB, on loopback only: it ignores `_security` on some paths and is never for real use. */
export async function startCouchDouble(): Promise<{ url: string; stop: () => Promise<void> }> {
	const folder = mkdtempSync(join(tmpdir(), 'pleinwacht-couch-'));
	const Memory = PouchDB.plugin(memoryAdapter).defaults({ adapter: 'memory' });
	const app = express();
	// As CouchDB did before it could.
	app.post('/:db/_purge', (_, response) => void response.status(501).json({ error: 'not_implemented' }));
	app.use(
		expressPouchdb(Memory, {
			inMemoryConfig: true,
			logPath: join(folder, 'log.txt'),
			mode: 'minimumForPouchDB',
			overrideMode: { include: ['routes/security'] },
		}),
	);
	const server = createServer(app);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		async stop() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
			rmSync(folder, { recursive: true });
		},
	};
}
