import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedHost } from '../../sync-server/store/embedded.ts';
import { startSchool } from '../integration/running-school.ts';
import { aRoster, anObservation } from '../factories/school.ts';
import { median, round, type BenchResult } from './harness.ts';

const SMALL = 1_000;
const LARGE = 100_000;

/** Pushes and pulls of one document measured in each school. */
const RUNS = 200;

/** Flat, but for caches of a processor that hold less of more. */
const BUDGET = 1.5;

/** What it costs to push one document and to pull it on another device, in a large school against a small one. */
export async function growthPerDocument(say: (text: string) => void): Promise<BenchResult> {
	const [small, large] = [await costIn(SMALL, say), await costIn(LARGE, say)];
	const value = round(large / small);
	return {
		...{ metric: 'growth-per-document', value, unit: `× the cost at ${SMALL.toLocaleString('en')} documents` },
		...{ peer: 'budget', peerValue: BUDGET, ratio: round(BUDGET / value), runs: RUNS },
	};
}

async function costIn(documents: number, say: (text: string) => void): Promise<number> {
	const dataDir = mkdtempSync(join(tmpdir(), 'pleinwacht-bench-'));
	const told = Array.from({ length: documents }, (_, n) => anObservation(n + 1));
	const school = await startSchool([...aRoster(), ...told], embeddedHost(dataDir));
	try {
		const [supervisor, coordinator] = [await school.signIn(1), await school.signIn(3)];
		const session = (await coordinator.send({ method: 'GET', url: '/api/session' })).json<never>();
		const view = school.school.replica.viewFor(session);
		const times: number[] = [];
		for (let run = 0; run < RUNS; run++) {
			const digest = view.digest();
			const held = { digest: digest.root(), count: digest.count() };
			const item = supervisor.item(anObservation(LARGE * 2 + run));
			const start = performance.now();
			await supervisor.push([item]);
			const answer = await coordinator.ask({ kind: 'compare', ...held });
			times.push(performance.now() - start);
			if (answer.body.trimEnd().split('\n').length !== 2) throw new Error('Something else came than the one document');
		}
		say(`${documents.toLocaleString('en')} documents: ${round(median(times))} ms to push one and pull it`);
		return median(times);
	} finally {
		await school.stop();
		rmSync(dataDir, { recursive: true });
	}
}
