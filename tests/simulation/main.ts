/**
 * `npm run simulate -- --seeds 500 --steps 200 [--from N] [--seed N] [--mutants] [--nightly]`: a school, its devices, and all that
 * can go wrong between them. See docs/reliability.md. `npm run simulate -- reminders` plays a year of cases instead.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Tally } from '#tests/run/tally.ts';
import { registerLoader } from './loader.ts';

const [play, ...playArguments] = process.argv.slice(2);
if (play === 'reminders') {
	const { simulateReminders } = await import('./reminders.ts');
	process.exit(simulateReminders(playArguments, (line) => console.log(line)));
}

const { values } = parseArgs({
	options: {
		seeds: { type: 'string', default: '500' },
		steps: { type: 'string', default: '200' },
		seed: { type: 'string' },
		/** The first of the seeds, so that several machines share a night. */
		from: { type: 'string', default: '1' },
		mutants: { type: 'boolean', default: false },
		/** Only this planted bug, or `all`, and no seeds without one. */
		mutant: { type: 'string' },
		nightly: { type: 'boolean', default: false },
		trace: { type: 'boolean', default: false },
		/** A fixture to run instead of seeds. */
		fixture: { type: 'string' },
		/** A file to write the counts to. */
		tally: { type: 'string' },
	},
});

const hunting = values.mutants ? huntAside() : undefined;

// Before anything of the product is loaded: it may keep a hold of the clock it finds.
registerLoader();
const { replaceGlobals } = await import('./globals.ts');
replaceGlobals();
// A full disk may be told to nobody, where nobody asked; anything else that nobody handles is a bug.
process.on('unhandledRejection', (error) => {
	if (!(error instanceof Error && error.constructor.name === 'StorageFull')) throw error;
});
const { simulate } = await import('./simulate.ts');

function storedFixtures(): string[] {
	if (values.seed !== undefined) return [];
	const folder = join(import.meta.dirname, 'fixtures');
	return readdirSync(folder).map((name) => join(folder, name));
}

const seeds = values.nightly ? 20_000 : Number(values.seeds);
const steps = values.nightly ? 1_000 : Number(values.steps);
const { passed: kept, failures } = await simulate({
	seeds:
		values.fixture !== undefined
			? []
			: values.seed === undefined
				? Array.from({ length: seeds }, (_, i) => i + Number(values.from))
				: [Number(values.seed)],
	steps,
	mutant: values.mutant,
	trace: values.trace,
	print: (line) => console.log(line),
	fixtures: values.fixture === undefined ? storedFixtures() : [values.fixture],
});
const aside = await hunting;
if (aside) {
	console.log(aside.output);
	failures.push(...aside.tally.failures);
}
const passed = kept + (aside?.tally.passed ?? 0);
const failed = failures.length;
if (values.tally !== undefined)
	writeFileSync(values.tally, JSON.stringify({ passed, failed, failures } satisfies Tally));
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

/** The planted bugs in a process of their own: a machine with two cores is done sooner. */
async function huntAside(): Promise<{ output: string; tally: Tally }> {
	const folder = mkdtempSync(join(tmpdir(), 'pleinwacht-mutants-'));
	const file = join(folder, 'tally.json');
	const { seeds, steps } = values;
	const script = [...process.execArgv, import.meta.filename, '--seeds', seeds, '--steps', steps];
	const child = spawn(process.execPath, [...script, '--mutant', 'all', '--tally', file], { stdio: 'pipe' });
	let output = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
	await once(child, 'close');
	const tally = existsSync(file)
		? (JSON.parse(readFileSync(file, 'utf8')) as Tally)
		: { passed: 0, failed: 1, failures: ['the hunt for planted bugs ended with an error'] };
	rmSync(folder, { recursive: true, force: true });
	return { output: output.replace(/\n\d+ passed, \d+ failed\n$/, ''), tally };
}
