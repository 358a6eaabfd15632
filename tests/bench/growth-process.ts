/** One school in a process of its own, so that each pays for its own memory; measures when it is asked. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedHost } from '../../sync-server/store/embedded.ts';
import { aRoster, anObservation } from '../factories/school.ts';
import { startSchool } from '../integration/running-school.ts';

/** How many documents to push and pull next; 0: end. */
export type Turn = number;
/** Milliseconds of each. The first message is empty: the school is open. */
export type Times = readonly number[];

const documents = Number(process.argv[2]);
const dataDir = mkdtempSync(join(tmpdir(), 'pleinwacht-bench-'));
const told = Array.from({ length: documents }, (_, n) => anObservation(n + 1));
const school = await startSchool([...aRoster(), ...told], embeddedHost(dataDir));
const [supervisor, coordinator] = [await school.signIn(1), await school.signIn(3)];
const session = (await coordinator.send({ method: 'GET', url: '/api/session' })).json<never>();
const view = school.school.replica.viewFor(session);
let pushed = documents;

process.on('message', (turn: Turn) => void (turn === 0 ? end() : measure(turn).then((times) => process.send?.(times))));
process.send?.([]);

async function measure(runs: number): Promise<Times> {
	const times: number[] = [];
	for (let run = 0; run < runs; run++) {
		const digest = view.digest();
		const held = { digest: digest.root(), count: digest.count() };
		const item = supervisor.item(anObservation(++pushed));
		const start = performance.now();
		await supervisor.push([item]);
		const answer = await coordinator.ask({ kind: 'compare', ...held });
		times.push(performance.now() - start);
		if (answer.body.trimEnd().split('\n').length !== 2) throw new Error('Something else came than the one document');
	}
	return times;
}

async function end(): Promise<void> {
	await school.stop();
	rmSync(dataDir, { recursive: true });
	process.disconnect();
}
