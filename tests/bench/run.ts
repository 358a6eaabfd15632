import { spawnSync } from 'node:child_process';
import { machine, resultTable, type Bench } from './harness.ts';

/** A million documents and their columns, and those of the peers, want more than Node takes by itself. */
const NODE_OPTIONS = ['--expose-gc', '--max-old-space-size=12288'];

const BENCHES: Record<string, () => Promise<{ readonly bench: Bench }>> = {
	analysis: () => import('./analysis.ts'),
	bundle: () => import('./bundle.ts'),
	cases: () => import('./cases.ts'),
	dashboards: () => import('./dashboards.ts'),
	server: () => import('./server.ts'),
	sync: () => import('./sync.ts'),
};

const USAGE = `Usage: npm run bench -- <${Object.keys(BENCHES).join('|')}> [--json] [--check]

  --json   the last line is the result as JSON
  --check  exit code 1 when a figure goes over its budget`;

const [name, ...flags] = process.argv.slice(2);
const load = name === undefined ? undefined : BENCHES[name];
const unknown = flags.filter((flag) => flag !== '--json' && flag !== '--check');
if (name === '--help') {
	console.log(USAGE);
} else if (!load || unknown.length > 0) {
	console.error(USAGE);
	process.exitCode = 2;
} else if (globalThis.gc === undefined) {
	// Started again with the options it needs: `npm run` has no place for them.
	const { status } = spawnSync(process.execPath, [...NODE_OPTIONS, ...process.argv.slice(1)], { stdio: 'inherit' });
	process.exitCode = status ?? 1;
} else {
	try {
		const { bench } = await load();
		const results = await bench.run((text) => process.stderr.write(`${text}\n`));
		if (flags.includes('--json')) console.log(JSON.stringify({ bench: bench.name, machine: machine(), results }));
		else console.log(`${bench.name} on ${machine()}\n\n${resultTable(results)}`);
		const worse = results.filter(({ peer, ratio }) => peer === 'budget' && ratio < 1);
		if (flags.includes('--check') && worse.length > 0) {
			console.error(`Over budget: ${worse.map(({ metric }) => metric).join(', ')}`);
			process.exitCode = 1;
		}
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	}
}
