import type { Browser } from '@playwright/test';
import { startSchool } from '../integration/running-school.ts';
import { openBenchPage, ownScript } from './bench-page.ts';
import { faster, median, MIN_RUNS, round, type BenchResult } from './harness.ts';
import { COORDINATOR, largeSchool, OBSERVATIONS, signInAs, SUPERVISOR } from './large-school.ts';
import type { SyncClient } from './sync-client.ts';

/** How many times as long as in plain text opening the app may take (issue: at rest). */
const ALLOWED = 4;

/** From disk to memory with a whole school: sealed, and the same in plain text, taking turns in one page. */
export async function openSealed(browser: Browser, say: (text: string) => void): Promise<BenchResult> {
	const school = await startSchool(largeSchool());
	const page = await openBenchPage(browser, await school.app.listen({ host: '127.0.0.1', port: 0 }), await ownScript());
	const times = { sealed: new Array<number>(), plain: new Array<number>() };
	try {
		await signInAs(page, COORDINATOR);
		const turns = await page.evaluate(
			async ({ sealed, plain, runs }) => {
				const { client } = globalThis as unknown as { client: SyncClient };
				await client.firstSync(sealed);
				await client.copyPlain(plain);
				const turns: { sealed: number; plain: number; documents: number }[] = [];
				for (let turn = 0; turn <= runs; turn++) {
					const mine = await client.open(sealed);
					const theirs = await client.open(plain, 'plain');
					turns.push({ sealed: mine.ms, plain: theirs.ms, documents: Math.min(mine.documents, theirs.documents) });
				}
				return turns;
			},
			{ sealed: COORDINATOR, plain: SUPERVISOR, runs: MIN_RUNS },
		);
		// The first turn warms up.
		for (const { sealed, plain, documents } of turns.slice(1)) {
			if (documents !== OBSERVATIONS) throw new Error(`${documents} observations were opened, not ${OBSERVATIONS}`);
			say(`opening ${documents}: sealed ${round(sealed)} ms, plain ${round(plain)} ms`);
			times.sealed.push(sealed);
			times.plain.push(plain);
		}
	} finally {
		await page.context().close();
		await school.stop();
	}
	const plain = median(times.plain);
	return faster('open-sealed-vs-4-times-plain', median(times.sealed), 'budget', ALLOWED * plain, MIN_RUNS);
}
