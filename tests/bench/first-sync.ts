import type { Browser, Page } from '@playwright/test';
import { startSchool } from '../integration/running-school.ts';
import { openBenchPage, ownScript, pouchScript, rxdbScript } from './bench-page.ts';
import { startCouchPeer } from './couch-peer.ts';
import { faster, median, MIN_RUNS, round, type BenchResult } from './harness.ts';
import { COORDINATOR, largeSchool, measure, OBSERVATIONS, signInAs } from './large-school.ts';
import { installPeers } from './peers.ts';
import type { SyncClient } from './sync-client.ts';

/** A whole school into a browser that was never here: ours, PouchDB's replication and RxDB's, each from its own server. */
export async function firstSync(browser: Browser, say: (text: string) => void): Promise<BenchResult[]> {
	installPeers('rxdb', say);
	say(`Making ${OBSERVATIONS.toLocaleString('en')} observations …`);
	const documents = largeSchool();
	const school = await startSchool(documents);
	const ours = await school.app.listen({ host: '127.0.0.1', port: 0 });
	const couch = await startCouchPeer();
	await couch.fill('school', documents);
	const [own, pouch, rxdb] = [await ownScript(), await pouchScript(), await rxdbScript()];
	const times = { ours: new Array<number>(), pouch: new Array<number>(), rxdb: new Array<number>() };
	try {
		// The first turn warms up the servers and is not counted.
		for (let turn = 0; turn <= MIN_RUNS; turn++) {
			const mine = await measure(await openBenchPage(browser, ours, own), syncOurs);
			const theirs = await measure(await openBenchPage(browser, couch.url, pouch), (page) =>
				replicatePouch(page, documents.length),
			);
			const others = await measure(await openBenchPage(browser, couch.url, rxdb), (page) =>
				replicateRxdb(page, documents.length),
			);
			const which = turn === 0 ? '(warming up)' : turn;
			say(`first sync ${which}: ours ${round(mine)} ms, PouchDB ${round(theirs)} ms, RxDB ${round(others)} ms`);
			if (turn === 0) continue;
			times.ours.push(mine);
			times.pouch.push(theirs);
			times.rxdb.push(others);
		}
	} finally {
		await school.stop();
		await couch.stop();
	}
	const ms = median(times.ours);
	return [
		faster('first-sync-vs-pouchdb', ms, 'PouchDB replicate', median(times.pouch), MIN_RUNS),
		faster('first-sync-vs-rxdb', ms, 'RxDB CouchDB replication', median(times.rxdb), MIN_RUNS),
	];
}

async function syncOurs(page: Page): Promise<number> {
	await signInAs(page, COORDINATOR);
	const { ms, documents } = await page.evaluate(
		(personId) => (globalThis as unknown as { client: SyncClient }).client.firstSync(personId),
		COORDINATOR,
	);
	if (documents !== OBSERVATIONS) throw new Error(`${documents} observations came instead of ${OBSERVATIONS}`);
	return ms;
}

interface Pouch {
	replicate: { from(url: string): Promise<unknown> };
	info(): Promise<{ doc_count: number }>;
}

async function replicatePouch(page: Page, expected: number): Promise<number> {
	const { ms, documents } = await page.evaluate(async () => {
		const { PouchDB } = globalThis as unknown as { PouchDB: new (name: string) => Pouch };
		const start = performance.now();
		const local = new PouchDB('school');
		await local.replicate.from(`${location.origin}/school`);
		const ms = performance.now() - start;
		return { ms, documents: (await local.info()).doc_count };
	});
	if (documents !== expected) throw new Error(`${documents} documents came instead of ${expected}`);
	return ms;
}

type RxdbFirstSync = (url: string) => Promise<{ ms: number; documents: number }>;

async function replicateRxdb(page: Page, expected: number): Promise<number> {
	const { ms, documents } = await page.evaluate(() =>
		(globalThis as unknown as { rxdbFirstSync: RxdbFirstSync }).rxdbFirstSync(`${location.origin}/school/`),
	);
	if (documents !== expected) throw new Error(`${documents} documents came to RxDB instead of ${expected}`);
	return ms;
}
