/** The server under load, in a process of its own: the real one on the embedded store, with a line to the bench. */
import { buildApp } from '../../sync-server/app.ts';
import { foundDemoSchool } from '../../sync-server/found-demo-school.ts';
import { erase } from '../../sync-server/retention/erase.ts';
import { openSchools } from '../../sync-server/schools.ts';
import { embeddedHost } from '../../sync-server/store/embedded.ts';
import { analysis } from '../../sync-server/workers/analysis.ts';
import { reminders } from '../../sync-server/workers/reminders.ts';
import { startWorker } from '../../sync-server/workers/runner.ts';
import type { LocalDate } from '../../src/lib/domain/time/local-time.ts';

/** What the bench asks, and what it is told. */
export type Question =
	| { readonly ask: 'memory' }
	| { readonly ask: 'observations' }
	| { readonly ask: 'erase'; readonly ids: readonly string[] };
export type Answer = { readonly address: string } | { readonly value: number };

const [dataDir = ''] = process.argv.slice(2);
const now = () => new Date();
const schools = await openSchools(embeddedHost(dataDir), now);
const school = await foundDemoSchool(schools, now().toISOString().slice(0, 10) as LocalDate, () => {});
const tell = (error: unknown) => console.error(error);
await Promise.all([analysis, reminders].map((worker) => startWorker(worker, school, now, tell)));
const app = await buildApp({ schools, now, appDir: 'no-app-here', logLevel: 'error', trustProxy: false });
const address = await app.listen({ host: '127.0.0.1', port: 0 });
const say = (answer: Answer) => process.send?.(answer);

process.on('message', (question: Question) => void answer(question).then((value) => say({ value })));
say({ address });

async function answer(question: Question): Promise<number> {
	if (question.ask === 'observations') return school.replica.all('observation').length;
	if (question.ask === 'erase') return (await erase(school, question.ids, 'expired', now())).length;
	globalThis.gc?.();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}
