/** What runs in the browser's page for the sync bench: this project's own device code, without any screen. */
import Dexie from 'dexie';
import { browserSurroundings } from '../../src/lib/device/browser-surroundings.ts';
import { openSealing } from '../../src/lib/device/open-sealing.ts';
import { openPersonStore, type PersonStore } from '../../src/lib/device/person-store.ts';
import { openWithPin, replacePin } from '../../src/lib/device/pin-keys.ts';
import { pullAll } from '../../src/lib/device/pull.ts';
import { pushAll } from '../../src/lib/device/push.ts';
import { plainSealing } from '../../src/lib/device/sealing.ts';
import { SettingsDatabase } from '../../src/lib/device/settings-database.ts';
import { httpTransport } from '../../src/lib/device/transport.ts';
import type { DomainDocument } from '../../src/lib/domain/document.ts';
import type { PersonId } from '../../src/lib/domain/id.ts';

export interface SyncClient {
	/** Milliseconds until both sides hold the same, and how many documents that are. Keeps the store open for `syncAgain`. */
	firstSync(personId: PersonId): Promise<{ ms: number; documents: number }>;
	/** @returns how many documents there are then. */
	syncAgain(): Promise<number>;
	/** Milliseconds from the first request until all of these, saved offline before, have their receipt. */
	upload(personId: PersonId, documents: readonly DomainDocument[]): Promise<number>;
	/** What `firstSync` brought, once more in plain text on this person's disk. */
	copyPlain(personId: PersonId): Promise<void>;
	/** Milliseconds from disk to memory, and how many documents that are. */
	open(personId: PersonId, as?: 'plain'): Promise<{ ms: number; documents: number }>;
	/** From here on this person's documents lie behind this PIN, stretched as in the app. */
	setPin(personId: PersonId, pin: string): Promise<void>;
	/** Milliseconds from the last digit of the PIN until all is in memory, and how many documents that are. */
	unlock(personId: PersonId, pin: string): Promise<{ ms: number; documents: number }>;
	/** Milliseconds of a bare put, as durable as ours, in a table without indexes. */
	barePut(bytes: number): Promise<number>;
}

let store: PersonStore | undefined;

/** As the server sends them. */
const BATCH = 1000;

async function around(personId: PersonId) {
	const settings = new SettingsDatabase();
	return browserSurroundings(personId, settings, await openSealing(settings, personId));
}

async function pull(opened: PersonStore): Promise<number> {
	const { problem } = await pullAll(opened, httpTransport, () => undefined);
	if (problem) throw new Error(problem);
	return opened.replica.all('observation').length;
}

const client: SyncClient = {
	async firstSync(personId) {
		const start = performance.now();
		store = await openPersonStore(await around(personId));
		const documents = await pull(store);
		return { ms: performance.now() - start, documents };
	},

	async syncAgain() {
		if (!store) throw new Error('There was no first sync');
		return pull(store);
	},

	async upload(personId, documents) {
		const opened = await openPersonStore(await around(personId));
		await opened.save(documents, 0);
		const start = performance.now();
		const problem = await pushAll(opened, httpTransport, { now: Date.now(), releaseHolds: true });
		const ms = performance.now() - start;
		if (problem || opened.replica.unsentCount > 0) throw new Error(`${problem}: ${opened.replica.unsentCount} unsent`);
		return ms;
	},

	async copyPlain(personId) {
		const copy = await openPersonStore({ ...(await around(personId)), sealing: plainSealing });
		const held = [...(store?.replica.held() ?? [])];
		for (let at = 0; at < held.length; at += BATCH) await copy.applyPulled(held.slice(at, at + BATCH));
		copy.close();
	},

	async open(personId, as) {
		const surroundings = await around(personId);
		const start = performance.now();
		const opened = await openPersonStore(as === 'plain' ? { ...surroundings, sealing: plainSealing } : surroundings);
		const ms = performance.now() - start;
		const documents = opened.replica.all('observation').length;
		opened.close();
		return { ms, documents };
	},

	async setPin(personId, pin) {
		await replacePin(new SettingsDatabase(), personId, { current: null, next: pin });
	},

	async unlock(personId, pin) {
		const settings = new SettingsDatabase();
		await settings.open();
		const start = performance.now();
		const answer = await openWithPin(settings, personId, pin, Date.now());
		if (!answer.ok) throw new Error(answer.error.kind);
		const sealing = await openSealing(settings, personId, answer.keys);
		const opened = await openPersonStore(browserSurroundings(personId, settings, sealing));
		const ms = performance.now() - start;
		const documents = opened.replica.all('observation').length;
		opened.close();
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
