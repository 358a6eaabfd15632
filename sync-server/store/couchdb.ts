import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { StartUpProblem } from '#server/start-up-problem.ts';
import { couchClient, CouchRefusal, unless, type CouchClient } from './couchdb-client.ts';
import { assertDatabaseName } from './database-name.ts';
import type { DocumentStore, StoreHost, StoreRecord } from './document-store.ts';
import { storeOver, type Driver, type Row } from './revisioned-store.ts';
import { StoreUnavailable } from './unavailable.ts';

/** How soon a server sees what another one wrote to the same CouchDB; its own writes it sees at once. */
const POLL_MS = 1000;

const DATABASE_PREFIX = 'pleinwacht_';

/** CouchDB's own limit on the documents in one `_purge`. */
const PURGE_AT_ONCE = 100;

/** Compaction of a school takes seconds; after this CouchDB goes on by itself. */
const COMPACTED_WITHIN_MS = 60_000;

/** Servers that write the same note at the same moment; not this often in a row. */
const MAX_NOTE_TRIES = 5;

const ADMINS_ONLY = { names: [], roles: ['_admin'] };

/**
 * One database per name on a CouchDB 3 that only this server's admin may touch. Everything is asked for by id or by
 * order of change, so there are no design documents and no indexes.
 */
export async function couchdbHost(url: string): Promise<StoreHost> {
	const couch = couchClient(url);
	await assertReachable(couch, url);

	return {
		isShared: true,
		async open<R extends StoreRecord>(name: string): Promise<DocumentStore<R>> {
			assertDatabaseName(name);
			const db = DATABASE_PREFIX + name;
			await couch.ask({ path: encodeURIComponent(db), method: 'PUT' }).catch(unless(412, undefined));
			await onlyAdmins(couch, db);
			await assertClosedToStrangers(url, db);
			return storeOver(driverFor(couch, db));
		},
		async destroy(name) {
			assertDatabaseName(name);
			await couch.ask({ path: DATABASE_PREFIX + name, method: 'DELETE' }).catch(unless(404, undefined));
		},
		async names() {
			const all = await couch.ask<string[]>({ path: '_all_dbs' });
			return all.filter((db) => db.startsWith(DATABASE_PREFIX)).map((db) => db.slice(DATABASE_PREFIX.length));
		},
		async assertReady() {
			await couch.askOnce({ path: '_all_dbs', qs: { limit: 1 } });
		},
		async close() {},
	};
}

async function assertReachable(couch: CouchClient, url: string): Promise<void> {
	const { host } = new URL(url);
	await couch.askOnce({ path: '_all_dbs', qs: { limit: 1 } }).catch((error: unknown) => {
		throw new StartUpProblem(
			error instanceof CouchRefusal && [401, 403].includes(error.status)
				? `CouchDB at ${host} does not accept the user and password in COUCHDB_URL. Give those of its admin.`
				: `CouchDB at ${host} cannot be reached. Start it, or correct COUCHDB_URL.`,
		);
	});
}

/** The gateway is the only way in: a CouchDB that others can reach must still give them nothing. */
async function onlyAdmins(couch: CouchClient, db: string): Promise<void> {
	const wanted = { admins: ADMINS_ONLY, members: ADMINS_ONLY };
	const security = { db, path: '_security' };
	const isSo = async () => isDeepStrictEqual(await couch.ask(security), wanted);
	// Written only when it differs: each write of it makes CouchDB forget what it has cached.
	if (await isSo()) return;
	await couch.ask({ ...security, method: 'PUT', body: wanted });
	if (!(await isSo()))
		throw new StartUpProblem(`CouchDB does not keep the rights of ${db} to its admin. Is it CouchDB 3?`);
}

/** What `_security` says is one thing, what a stranger gets another: a proxy may sign everybody in. */
async function assertClosedToStrangers(url: string, db: string): Promise<void> {
	const { username, origin, pathname, host } = new URL(url);
	// A CouchDB that asks nobody for a password is a test's, on loopback.
	if (username === '') return;
	const answer = await fetch(`${origin}${pathname.replace(/\/$/, '')}/${db}/_all_docs?limit=0`).catch(() => undefined);
	if (answer?.ok) throw new StartUpProblem(`CouchDB at ${host} gives ${db} to anybody. Have it ask for a password.`);
}

interface AllDocs {
	readonly rows: readonly { readonly doc?: (Row & { readonly _conflicts?: readonly string[] }) | null }[];
}

interface Changes {
	readonly last_seq: string | number;
	readonly results: readonly {
		readonly id: string;
		readonly seq: string | number;
		readonly deleted?: boolean;
		readonly doc?: Row | null;
		readonly changes: readonly { readonly rev: string }[];
	}[];
}

type Written = readonly { readonly id: string; readonly error?: string }[];

function driverFor(couch: CouchClient, db: string): Driver {
	async function fetchRows(ids: readonly string[]): Promise<(Row | null)[]> {
		const { rows } = await couch.ask<AllDocs>({
			db,
			path: '_all_docs',
			method: 'POST',
			qs: { include_docs: true },
			body: { keys: ids },
		});
		return rows.map(({ doc }) => doc ?? null);
	}

	/** After a try that may have been carried out, "conflict" may mean: this very revision stands there already. */
	async function standsThere(rows: readonly Row[]): Promise<Set<string>> {
		const standing = await fetchRows(rows.map(({ _id }) => _id));
		return new Set(rows.filter(({ rev }, i) => rev !== '' && standing[i]?.rev === rev).map(({ _id }) => _id));
	}

	const readNote = (name: string) => couch.ask<Row>({ db, path: `_local/${name}` }).catch(unless(404, undefined));

	return {
		pollMs: POLL_MS,
		fetch: fetchRows,
		async leavesOf(ids) {
			const { rows } = await couch.ask<AllDocs>({
				db,
				path: '_all_docs',
				method: 'POST',
				qs: { include_docs: true, conflicts: true },
				body: { keys: ids },
			});
			return rows.flatMap(({ doc }) =>
				doc?._rev ? [doc._rev, ...(doc._conflicts ?? [])].map((rev) => ({ id: doc._id, rev })) : [],
			);
		},
		async write(rows) {
			const { answer, unsure } = await couch.askNoting<Written>({
				db,
				path: '_bulk_docs',
				method: 'POST',
				body: { docs: rows },
			});
			const refused = rows.filter((_, i) => answer[i]?.error === 'conflict');
			const mine = unsure && refused.length > 0 ? await standsThere(refused) : new Set<string>();
			return answer.map(({ id, error }) => {
				if (error === undefined) return true;
				if (error === 'conflict') return mine.has(id);
				throw new Error(`CouchDB refused a document: ${error}`);
			});
		},
		async changes(since, limit) {
			for (let at = since ?? '0'; ;) {
				const { results, last_seq }: Changes = await couch.ask<Changes>({
					db,
					path: '_changes',
					qs: { since: at, limit, include_docs: true },
				});
				// A design document is somebody's tool on this CouchDB, no record of ours.
				const ours = results.filter(({ id }) => !id.startsWith('_design/'));
				if (ours.length > 0 || results.length === 0) {
					return ours.map(({ seq, id, deleted, doc }) => ({
						checkpoint: String(seq),
						id,
						row: deleted || !doc ? null : doc,
					}));
				}
				at = String(last_seq);
			}
		},
		async purge() {
			await purgeTombstones(couch, db);
			await compact(couch, db);
		},
		readNote: async (name) => (await readNote(name))?.value,
		async writeNote(name, value) {
			for (let tries = 1; ; tries++) {
				const standing = await readNote(name);
				const body = { ...(standing?._rev && { _rev: standing._rev }), value };
				try {
					await couch.ask({ db, path: `_local/${name}`, method: 'PUT', body });
					return;
				} catch (error) {
					// Another server wrote it in between.
					if (!(error instanceof CouchRefusal && error.status === 409) || tries === MAX_NOTE_TRIES) throw error;
				}
			}
		},
		async close() {},
	};
}

/** A tombstone has no body, but its revision is a hash of what stood there: that goes too. */
async function purgeTombstones(couch: CouchClient, db: string): Promise<void> {
	for (let since: string | number = 0; ;) {
		const { results, last_seq }: Changes = await couch.ask<Changes>({
			db,
			path: '_changes',
			qs: { since, limit: 1000, style: 'all_docs' },
		});
		if (results.length === 0) return;
		const dead = results.filter(({ deleted }) => deleted);
		for (let at = 0; at < dead.length; at += PURGE_AT_ONCE) {
			const body = Object.fromEntries(
				dead.slice(at, at + PURGE_AT_ONCE).map(({ id, changes }) => [id, changes.map(({ rev }) => rev)]),
			);
			// CouchDB before 2.3 cannot: there the tombstone, which is empty, stays.
			await couch.ask({ db, path: '_purge', method: 'POST', body }).catch(unless(501, undefined));
		}
		since = last_seq;
	}
}

async function compact(couch: CouchClient, db: string): Promise<void> {
	await couch.ask({ db, path: '_compact', method: 'POST', body: {} });
	const giveUpAt = performance.now() + COMPACTED_WITHIN_MS;
	for (;;) {
		const { compact_running } = await couch.ask<{ compact_running?: boolean }>({ path: db });
		if (!compact_running) return;
		if (performance.now() > giveUpAt) throw new StoreUnavailable('CouchDB is still compacting. Try again later.');
		await sleep(POLL_MS);
	}
}
