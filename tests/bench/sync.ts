import { chromium, type Browser, type Page } from '@playwright/test';
import type { DomainDocument } from '../../src/lib/domain/document.ts';
import type { Observation } from '../../src/lib/domain/observation/observation.ts';
import { startCouchDouble } from '../contracts/couch-double.ts';
import { startSchool } from '../integration/running-school.ts';
import { anId, anObservation, aRoster } from '../factories/school.ts';
import { openBenchPage, ownScript, pouchScript } from './bench-page.ts';
import { faster, median, MIN_RUNS, round, type Bench, type BenchResult } from './harness.ts';
import { saveMs } from './save-ms.ts';
import type { SyncClient } from './sync-client.ts';

/** Reports of about 40 schools in a year (domain figures). */
const OBSERVATIONS = 15_369;

/** An observation with a note, as JSON. */
const BYTES_EACH = 1_000;

/** Person 3 of the test roster is the coordinator, who may see everything. */
const COORDINATOR = anId('person', 3);

export const bench: Bench = {
	name: 'sync',
	async run(say) {
		const browser = await chromium.launch({
			executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
			args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
		});
		try {
			return [await firstSync(browser, say), await saveMs(browser, say)];
		} finally {
			await browser.close();
		}
	},
};

async function firstSync(browser: Browser, say: (text: string) => void): Promise<BenchResult> {
	say(`Making ${OBSERVATIONS.toLocaleString('en')} observations …`);
	const documents: DomainDocument[] = [...aRoster(), ...Array.from({ length: OBSERVATIONS }, (_, n) => sized(n + 1))];
	const school = await startSchool(documents);
	const ours = await school.app.listen({ host: '127.0.0.1', port: 0 });
	const couch = await startCouchDouble();
	await fill(couch.url, documents);
	const [own, pouch] = [await ownScript(), await pouchScript()];
	try {
		const times = { ours: new Array<number>(), peer: new Array<number>() };
		// The first turn warms up the servers and is not counted.
		for (let turn = 0; turn <= MIN_RUNS; turn++) {
			const mine = await measure(await openBenchPage(browser, ours, own), syncOurs);
			const theirs = await measure(await openBenchPage(browser, couch.url, pouch), (page) =>
				replicatePeer(page, documents.length),
			);
			say(`first sync ${turn === 0 ? '(warming up)' : turn}: ours ${round(mine)} ms, PouchDB ${round(theirs)} ms`);
			if (turn === 0) continue;
			times.ours.push(mine);
			times.peer.push(theirs);
		}
		return faster('first-sync-vs-pouchdb', median(times.ours), 'PouchDB replicate', median(times.peer), MIN_RUNS);
	} finally {
		await school.stop();
		await couch.stop();
	}
}

async function fill(couch: string, documents: readonly DomainDocument[]): Promise<void> {
	const send = async (path: string, method: string, body?: unknown) => {
		const headers = { 'content-type': 'application/json' };
		const answer = await fetch(`${couch}/school${path}`, { method, headers, body: JSON.stringify(body) ?? null });
		if (!answer.ok) throw new Error(`filling the peer: ${answer.status}`);
	};
	await send('', 'PUT');
	for (let at = 0; at < documents.length; at += 1000) {
		const docs = documents.slice(at, at + 1000).map((doc) => ({ _id: doc.id, ...doc }));
		await send('/_bulk_docs', 'POST', { docs });
	}
}

async function measure(page: Page, run: (page: Page) => Promise<number>): Promise<number> {
	try {
		return await run(page);
	} finally {
		await page.context().close();
	}
}

async function syncOurs(page: Page): Promise<number> {
	const { ms, documents } = await page.evaluate(async (personId) => {
		const signedIn = await fetch('/api/sign-in', {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ demoPersonId: personId }),
		});
		if (!signedIn.ok) throw new Error(`signing in: ${signedIn.status}`);
		return (globalThis as unknown as { client: SyncClient }).client.firstSync(personId);
	}, COORDINATOR);
	if (documents !== OBSERVATIONS) throw new Error(`${documents} observations came instead of ${OBSERVATIONS}`);
	return ms;
}

interface Pouch {
	replicate: { from(url: string): Promise<unknown> };
	info(): Promise<{ doc_count: number }>;
}

async function replicatePeer(page: Page, expected: number): Promise<number> {
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

/** The n-th observation, with a note that brings it to the size. */
function sized(n: number): Observation {
	const bare = anObservation(n, { note: '' });
	const left = BYTES_EACH - JSON.stringify(bare).length;
	const words = `They stood by the fence and it went on for a while, number ${n}. `;
	return {
		...bare,
		note: words
			.repeat(Math.ceil(left / words.length))
			.slice(0, left)
			.trim(),
	};
}
