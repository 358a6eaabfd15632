import type { Config } from '#server/config.ts';
import { couchdbHost } from './couchdb.ts';
import type { StoreHost } from './document-store.ts';
import { embeddedHost } from './embedded.ts';

/** CouchDB when one is named, else the embedded store. */
export async function openHost({ couchdbUrl, dataDir }: Pick<Config, 'couchdbUrl' | 'dataDir'>): Promise<StoreHost> {
	return couchdbUrl ? couchdbHost(couchdbUrl) : embeddedHost(dataDir);
}
