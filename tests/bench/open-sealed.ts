import type { Browser } from '@playwright/test';
import { startSchool } from '../integration/running-school.ts';
import { openBenchPage, ownScript } from './bench-page.ts';
import { faster, median, MIN_RUNS, round, type BenchResult } from './harness.ts';
import { COORDINATOR, largeSchool, OBSERVATIONS, signInAs, SUPERVISOR } from './large-school.ts';
import type { SyncClient } from './sync-client.ts';

/** How many times as long as in plain text opening the app may take (issue: at rest). */
const ALLOWED = 4;

const PIN = '271828';

/** From disk to memory with a whole school: sealed, through the PIN, and the same in plain text, taking turns in one page. */
export async function openSealed(browser: Browser, say: (text: string) => void): Promise<BenchResult[]> {
	const school = await startSchool(largeSchool());
	const page = await openBenchPage(browser, await school.app.listen({ host: '127.0.0.1', port: 0 }), await ownScript());
	const times = { sealed: new Array<number>(), unlocked: new Array<number>(), plain: new Array<number>() };
	try {
		await signInAs(page, COORDINATOR);
		const turns = await page.evaluate(
			async ({ sealed, plain, runs, pin }) => {
				const { client } = globalThis as unknown as { client: SyncClient };
				await client.firstSync(sealed);
				await client.copyPlain(plain);
				const take = async (open: () => ReturnType<SyncClient['open']>) => {
					const turns: { sealed: number; plain: number; documents: number }[] = [];
					for (let turn = 0; turn <= runs; turn++) {
						const mine = await open();
						const theirs = await client.open(plain, 'plain');
						turns.push({ sealed: mine.ms, plain: theirs.ms, documents: Math.min(mine.documents, theirs.documents) });
					}
					// The first turn warms up.
					return turns.slice(1);
				};
				const open = await take(() => client.open(sealed));
				await client.setPin(sealed, pin);
				return { open, pin: await take(() => client.unlock(sealed, pin)) };
			},
			{ sealed: COORDINATOR, plain: SUPERVISOR, runs: MIN_RUNS, pin: PIN },
		);
		for (const [way, taken] of [
			['sealed', turns.open],
			['unlocked', turns.pin],
		] as const) {
			for (const { sealed, plain, documents } of taken) {
				if (documents !== OBSERVATIONS) throw new Error(`${documents} observations were opened, not ${OBSERVATIONS}`);
				say(`opening ${documents}: ${way} ${round(sealed)} ms, plain ${round(plain)} ms`);
				times[way].push(sealed);
				times.plain.push(plain);
			}
		}
	} finally {
		await page.context().close();
		await school.stop();
	}
	const budget = ALLOWED * median(times.plain);
	return [
		faster('open-sealed-vs-4-times-plain', median(times.sealed), 'budget', budget, MIN_RUNS),
		faster('unlock-with-pin-vs-4-times-plain', median(times.unlocked), 'budget', budget, MIN_RUNS),
	];
}
