import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StoreRecord } from '#server/store/document-store.ts';
import { couchdbHost } from '#server/store/couchdb.ts';
import { StoreUnavailable } from '#server/store/unavailable.ts';
import { startCouchDouble } from './couch-double.ts';
import { startFaultyProxy, type Fault } from './faulty-proxy.ts';

interface Note extends StoreRecord {
	readonly text: string;
}

let couch: Awaited<ReturnType<typeof startCouchDouble>>;
const stops: (() => Promise<void>)[] = [];
const ADMINS = { names: [], roles: ['_admin'] };

beforeAll(async () => {
	couch = await startCouchDouble();
});
afterAll(async () => {
	for (const stop of stops) await stop();
	await couch.stop();
});

/** A store whose next requests on `path` meet these faults, one each, and then none. */
async function troubled(name: string, path: string, faults: Fault[]) {
	const faultFor = (_: string, asked: string) => (asked.includes(path) ? faults.shift() : undefined) ?? 'none';
	const proxy = await startFaultyProxy(couch.url, faultFor);
	stops.push(proxy.stop);
	return (await couchdbHost(proxy.url)).open<Note>(name);
}

const a = { id: 'a', rev: '1', text: 'first' };
const json = async (path: string, init?: RequestInit) =>
	(await fetch(couch.url + path, init)).json() as Promise<unknown>;

test('only an admin may touch a database, and who changed that meanwhile is corrected at the next start', async () => {
	const host = await couchdbHost(couch.url);
	await host.open('secured');
	expect(await json('/pleinwacht_secured/_security')).toEqual({ admins: ADMINS, members: ADMINS });
	const everybody = { admins: { names: [], roles: [] }, members: { names: [], roles: [] } };
	await fetch(`${couch.url}/pleinwacht_secured/_security`, {
		method: 'PUT',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(everybody),
	});
	await (await couchdbHost(couch.url)).open('secured');
	expect(await json('/pleinwacht_secured/_security')).toEqual({ admins: ADMINS, members: ADMINS });
});

test('a CouchDB that gives a database to strangers is not started on', async () => {
	const url = new URL(couch.url);
	url.username = 'admin';
	url.password = 'geheim';
	const host = await couchdbHost(url.href);
	await expect(host.open('open_to_all')).rejects.toThrow(/^CouchDB at \S+ gives pleinwacht_open_to_all to anybody\. /);
});

test.each([
	['refused as too much', [429, 429] as const],
	['refused as away', [503] as const],
	['lost before it arrived', ['lostBefore', 'lostBefore'] as const],
	['carried out, its answer lost', ['lostAfter'] as const],
	['carried out, its answer cut off', ['cutAnswer'] as const],
])('a write that is %s is tried again and stands once', async (what, faults) => {
	const store = await troubled(`write_${what.replace(/\W/g, '_')}`, '_bulk_docs', [...faults]);
	expect((await store.put(a, null)).ok).toBe(true);
	expect((await store.put({ ...a, rev: '2' }, '1')).ok).toBe(true);
	expect((await store.put({ ...a, rev: '3' }, '1')).ok).toBe(false);
	expect(await store.get('a')).toEqual({ ...a, rev: '2' });
});

test("a lost answer makes no other writer's revision ours", async () => {
	const store = await troubled('others', '_bulk_docs', ['none', 'lostAfter']);
	await store.put(a, null);
	expect((await store.put({ ...a, rev: '9' }, null)).ok).toBe(false);
});

test.each(['_all_docs', '_changes', '_local'])('a reading of %s that breaks off is read again', async (path) => {
	const store = await troubled(`read${path}`, path, ['cutAnswer', 503, 'lostBefore']);
	await store.put(a, null);
	await store.writeNote('place', 1);
	expect(await store.get('a')).toEqual(a);
	expect(await store.readNote('place')).toBe(1);
	for await (const changes of store.changes(null)) expect(changes.map(({ record }) => record)).toEqual([a]);
});

test('a CouchDB that stays away is unavailable and not a fault, names no address, and is found again', async () => {
	let away = false;
	const proxy = await startFaultyProxy(couch.url, () => (away ? 503 : 'none'));
	stops.push(proxy.stop);
	const host = await couchdbHost(proxy.url);
	const store = await host.open<Note>('away');
	const heard: string[] = [];
	const stop = store.follow(null, (changes) => void heard.push(...changes.map(({ id }) => id)));
	away = true;
	const refused = await store.put(a, null).catch((error: unknown) => error);
	expect(refused).toBeInstanceOf(StoreUnavailable);
	expect((refused as Error).message).not.toContain('127.0.0.1');
	await expect(host.assertReady()).rejects.toThrow();
	away = false;
	expect((await store.put(a, null)).ok).toBe(true);
	await expect.poll(() => heard, { timeout: 30_000 }).toEqual(['a']);
	await stop();
});

test('every version of a removed record is gone, also those that another server of a cluster left behind', async () => {
	const store = await (await couchdbHost(couch.url)).open<Note>('leaves');
	await store.put(a, null);
	const rival = { _id: 'a', _rev: '1-ffffffffffffffffffffffffffffffff', rev: '1', text: 'rival' };
	await fetch(`${couch.url}/pleinwacht_leaves/_bulk_docs`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ docs: [rival], new_edits: false }),
	});
	await store.remove('a');
	const leaves = (await json('/pleinwacht_leaves/a?open_revs=all')) as { ok: Record<string, unknown> }[];
	expect(leaves).toHaveLength(2);
	for (const { ok } of leaves) expect(ok).toEqual({ _id: 'a', _rev: ok._rev, _deleted: true, rev: '' });
});

test('what somebody else keeps in the database, such as a design document, is no record', async () => {
	const store = await (await couchdbHost(couch.url)).open<Note>('designs');
	await fetch(`${couch.url}/pleinwacht_designs/_design/theirs`, {
		method: 'PUT',
		headers: { 'content-type': 'application/json' },
		body: '{"views":{}}',
	});
	for await (const changes of store.changes(null)) expect(changes).toEqual([]);
	await store.put(a, null);
	for await (const changes of store.changes(null)) expect(changes.map(({ id }) => id)).toEqual(['a']);
});
