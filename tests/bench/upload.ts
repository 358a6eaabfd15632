import type { Browser, Page } from '@playwright/test';
import type { Observation } from '../../src/lib/domain/observation/observation.ts';
import { aRoster } from '../factories/school.ts';
import { startSchool } from '../integration/running-school.ts';
import { openBenchPage, ownScript, pouchScript } from './bench-page.ts';
import { startCouchPeer } from './couch-peer.ts';
import { faster, median, MIN_RUNS, round, type BenchResult } from './harness.ts';
import { measure, signInAs, sized, SUPERVISOR } from './large-school.ts';
import type { SyncClient } from './sync-client.ts';

/** A school camp without a network. */
const OFFLINE_OBSERVATIONS = 500;

/** Until both servers have learned their code, as a server has that runs since the morning. */
const WARM_UP_TURNS = 3;

/** What was logged offline gets across: ours, and PouchDB's replication with its defaults. */
export async function upload(browser: Browser, say: (text: string) => void): Promise<BenchResult> {
	const school = await startSchool(aRoster());
	const ours = await school.app.listen({ host: '127.0.0.1', port: 0 });
	const couch = await startCouchPeer();
	const [own, pouch] = [await ownScript(), await pouchScript()];
	const times = { ours: new Array<number>(), peer: new Array<number>() };
	try {
		for (let turn = 1; turn <= WARM_UP_TURNS + MIN_RUNS; turn++) {
			const first = turn * OFFLINE_OBSERVATIONS + 1;
			const documents = Array.from({ length: OFFLINE_OBSERVATIONS }, (_, n) => sized(first + n));
			const mine = await measure(await openBenchPage(browser, ours, own), (page) => uploadOurs(page, documents));
			await couch.fill(`camp${turn}`, []);
			const theirs = await measure(await openBenchPage(browser, couch.url, pouch), (page) =>
				replicateTo(page, `camp${turn}`, documents),
			);
			const isCounted = turn > WARM_UP_TURNS;
			say(
				`upload ${isCounted ? turn - WARM_UP_TURNS : '(warming up)'}: ours ${round(mine)} ms, PouchDB ${round(theirs)} ms`,
			);
			if (!isCounted) continue;
			times.ours.push(mine);
			times.peer.push(theirs);
		}
	} finally {
		await school.stop();
		await couch.stop();
	}
	const name = 'PouchDB replicate.to';
	return faster('upload-500-vs-pouchdb', median(times.ours), name, median(times.peer), MIN_RUNS);
}

async function uploadOurs(page: Page, documents: readonly Observation[]): Promise<number> {
	await signInAs(page, SUPERVISOR);
	return page.evaluate(
		([personId, made]) => (globalThis as unknown as { client: SyncClient }).client.upload(personId, made),
		[SUPERVISOR, documents] as const,
	);
}

interface Pouch {
	bulkDocs(documents: readonly object[]): Promise<unknown>;
	replicate: { to(url: string): Promise<{ docs_written: number }> };
}

function replicateTo(page: Page, name: string, documents: readonly Observation[]): Promise<number> {
	return page.evaluate(
		async ([database, made]) => {
			const { PouchDB } = globalThis as unknown as { PouchDB: new (name: string) => Pouch };
			const local = new PouchDB('camp');
			await local.bulkDocs(made.map((doc) => ({ _id: doc.id, ...doc })));
			const start = performance.now();
			const { docs_written } = await local.replicate.to(`${location.origin}/${database}`);
			const ms = performance.now() - start;
			if (docs_written !== made.length) throw new Error(`${docs_written} documents got across`);
			return ms;
		},
		[name, documents] as const,
	);
}
