import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { editionsOf, type Editions } from './editions.ts';
import { loadChanged } from './loader.ts';
import { MUTANTS } from './mutants.ts';
import type { Mutant } from './source-change.ts';
import * as product from './product.ts';
import { runHistory, type History } from './run-history.ts';
import { shrink } from './shrink.ts';
import { stepsOf } from './steps.ts';

/** Runs to spend on making one failure short. */
const SHRINK_RUNS = 400;

/** Lines of what happened before a failure. */
const LAST_LINES = 40;

/** After so many failures the rest has nothing to add. */
const ENOUGH = 5;

interface Simulation {
	readonly seeds: readonly number[];
	/** Histories that failed once, each in a file. */
	readonly fixtures: readonly string[];
	readonly steps: number;
	/** Whether this planted bug is found, or `all` of them; and no seeds without one. */
	readonly mutant: string | undefined;
	readonly trace: boolean;
	readonly print: (line: string) => void;
}

/** Seeds that held, and bugs that were found, count as passed; of the others, which they are. */
export async function simulate(simulation: Simulation): Promise<{ passed: number; failures: string[] }> {
	const { steps, mutant, trace, print } = simulation;
	const { seeds, fixtures } = mutant === undefined ? simulation : { seeds: [], fixtures: [] };
	const planted = MUTANTS.filter(({ name }) => mutant === 'all' || name === mutant);
	const sound = editionsOf(product, 'sound', []);
	let passed = 0;
	const failures: string[] = [];
	for (const file of fixtures) {
		const { failure, trace: told } = await runHistory(sound, JSON.parse(readFileSync(file, 'utf8')) as History);
		if (trace) print(told.join('\n'));
		if (failure === null) passed++;
		else failures.push(`${basename(file)}: ${failure.split('\n')[0]}`);
		print(`${file}: ${failure ?? 'kept every promise'}`);
	}
	for (const seed of seeds) {
		const history = { seed, steps: stepsOf(seed, steps) };
		const outcome = await runHistory(sound, history);
		if (trace) print([...outcome.trace, outcome.digest].join('\n'));
		if (outcome.failure === null) {
			passed++;
			continue;
		}
		failures.push(`seed ${seed} of ${steps} steps: ${outcome.failure.split('\n')[0]}`);
		print(`\nseed ${seed} failed at step ${outcome.taken}: ${outcome.failure}`);
		print(await shortened(sound, { seed, steps: history.steps.slice(0, outcome.taken) }));
		if (failures.length >= ENOUGH) break;
	}
	if (mutant === undefined) print(`${seeds.length} seeds of ${steps} steps: ${failures.length} failures`);

	for (const each of planted) {
		const caught = await hunt(each, simulation).catch((error: unknown) => print(String(error)));
		if (caught) passed++;
		else failures.push(`the planted bug "${each.name}" was not found`);
		print(
			caught ? `${each.name} · ${caught.where} · step ${caught.taken} · ${caught.failure}` : `${each.name} · NOT FOUND`,
		);
	}
	return { passed, failures };
}

/** The short histories first: what one of them finds need not wait for its seed. */
async function hunt({ name, changes }: Mutant, { seeds, steps, fixtures }: Simulation) {
	const mutated = editionsOf(await loadChanged(name, changes), name, changes);
	const kept = fixtures.map((file) => ({
		where: basename(file, '.json'),
		history: () => JSON.parse(readFileSync(file, 'utf8')) as History,
	}));
	const invented = seeds.map((seed) => ({
		where: `seed ${seed}`,
		history: () => ({ seed, steps: stepsOf(seed, steps) }),
	}));
	for (const { where, history } of [...kept, ...invented]) {
		const { failure, taken } = await runHistory(mutated, history());
		if (failure !== null) return { where, taken, failure: failure.split('\n')[0] ?? '' };
	}
	return undefined;
}

/** The shortest history found that still fails, as a person reads it and as a fixture keeps it. */
async function shortened(under: Editions, { seed, steps }: History): Promise<string> {
	const stillFails = async (fewer: History['steps']) =>
		(await runHistory(under, { seed, steps: fewer })).failure !== null;
	const fewer = await shrink(steps, stillFails, SHRINK_RUNS);
	const { failure, trace } = await runHistory(under, { seed, steps: fewer });
	const told = trace.slice(-LAST_LINES).join('\n');
	return `${fewer.length} steps are enough: ${failure}\n${told}\n${JSON.stringify({ seed, steps: fewer })}`;
}
