import type { DomainDocument } from '../../src/lib/domain/document.ts';
import { startCouchDouble } from '../contracts/couch-double.ts';

const BATCH = 1000;

export interface CouchPeer {
	readonly url: string;
	/** Makes a database with these documents in it. */
	fill(name: string, documents: readonly DomainDocument[]): Promise<void>;
	stop(): Promise<void>;
}

/** What the peers replicate with: express-pouchdb in memory plays CouchDB. */
export async function startCouchPeer(): Promise<CouchPeer> {
	const couch = await startCouchDouble();
	async function send(path: string, method: string, body?: unknown): Promise<void> {
		const headers = { 'content-type': 'application/json' };
		const answer = await fetch(`${couch.url}/${path}`, { method, headers, body: JSON.stringify(body) ?? null });
		if (!answer.ok) throw new Error(`filling the peer: ${answer.status}`);
	}
	return {
		...couch,
		async fill(name, documents) {
			await send(name, 'PUT');
			for (let at = 0; at < documents.length; at += BATCH) {
				const docs = documents.slice(at, at + BATCH).map((doc) => ({ _id: doc.id, ...doc }));
				await send(`${name}/_bulk_docs`, 'POST', { docs });
			}
		},
	};
}
