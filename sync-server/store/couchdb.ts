import nano from 'nano';
import { StartUpProblem } from '#server/start-up-problem.ts';
import type { StoreHost } from './document-store.ts';
import { storeOver, type Driver, type Row } from './revisioned-store.ts';

/** How soon a server sees what another one wrote to the same CouchDB; its own writes it sees at once. */
const POLL_MS = 1000;

const DATABASE_PREFIX = 'pleinwacht_';

/** One database per name on a CouchDB 3 that only this server's admin may touch. */
export async function couchdbHost(url: string): Promise<StoreHost> {
	const couch = nano({ url });
	await assertReachable(couch, url);

	return {
		async open(name) {
			const database = DATABASE_PREFIX + name;
			await couch.db.create(database).catch(unless(412));
			await onlyAdmins(couch, database);
			return storeOver(driverFor(couch.use<Row>(database)));
		},
		async destroy(name) {
			await couch.db.destroy(DATABASE_PREFIX + name).catch(unless(404));
		},
		async close() {},
	};
}

async function assertReachable(couch: nano.ServerScope, url: string): Promise<void> {
	const { host } = new URL(url);
	await couch.db.list().catch((error: nano.RequestError) => {
		throw new StartUpProblem(
			error.statusCode === 401
				? `CouchDB at ${host} does not accept the user and password in COUCHDB_URL.`
				: `CouchDB at ${host} cannot be reached. Start it, or correct COUCHDB_URL.`,
		);
	});
}

/** The gateway is the only way in: a CouchDB that others can reach must still give them nothing. */
async function onlyAdmins(couch: nano.ServerScope, database: string): Promise<void> {
	const admins = { names: [], roles: ['_admin'] };
	await couch.request({ db: database, path: '_security', method: 'PUT', body: { admins, members: admins } });
}

function driverFor(db: nano.DocumentScope<Row>): Driver {
	return {
		pollMs: POLL_MS,
		async fetch(ids) {
			const { rows } = await db.fetch({ keys: [...ids] });
			return rows.map((row) => ('doc' in row && row.doc ? row.doc : null));
		},
		async write(rows) {
			if (rows.length === 0) return [];
			const answers = await db.bulk({ docs: [...rows] });
			return answers.map(({ error }) => {
				if (error === undefined) return true;
				if (error === 'conflict') return false;
				throw new Error(`CouchDB refused a document: ${error}`);
			});
		},
		async changes(since, limit) {
			const { results } = await db.changes({ since: since ?? '0', limit, include_docs: true });
			return (results as CouchChange[]).map(({ seq, id, deleted, doc }) => ({
				checkpoint: String(seq),
				id,
				row: deleted || !doc ? null : doc,
			}));
		},
		readNote: (name) => db.get(`_local/${name}`).catch(unless(404, null)),
		async writeNote(row) {
			await db.insert(row);
		},
		async close() {},
	};
}

/** What nano's own type leaves out: the document, with `include_docs`. */
interface CouchChange {
	readonly id: string;
	readonly seq: string;
	readonly deleted?: boolean;
	readonly doc?: Row;
}

function unless<T>(statusCode: number, value?: T) {
	return (error: nano.RequestError): T => {
		if (error.statusCode === statusCode) return value as T;
		throw error;
	};
}
