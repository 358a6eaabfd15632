/**
 * `npm test`: every test there is, in order, and one closing line for people and machines. A stage that fails does
 * not stop the ones after it, so that one run shows all that is wrong; right before the closing line each failure is
 * named once more, for whoever sees only the end of the log, and so is what passed only when tried again by itself.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterSecondTry, worthASecondTry } from './second-try.ts';
import {
	tallyOfPlaywright,
	tallyOfStage,
	tallyOfVitest,
	type Failure,
	type PlaywrightReport,
	type RunTally,
	type Tally,
	type VitestReport,
} from './tally.ts';

const folder = mkdtempSync(join(tmpdir(), 'pleinwacht-tests-'));
const vitestReport = join(folder, 'vitest.json');
const simulationReport = join(folder, 'simulation.json');
const playwrightReport = join(folder, 'playwright.json');
const crashReport = join(folder, 'crash.json');

function run(command: string, args: readonly string[], env: Record<string, string> = {}): boolean {
	return spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } }).status === 0;
}

function readReport<T>(file: string): T | undefined {
	try {
		return JSON.parse(readFileSync(file, 'utf8')) as T;
	} catch {
		return undefined;
	}
}

/** Runs a test runner, and once more for the few that failed, one after the other. */
function tests(start: (again?: readonly Failure[]) => boolean, read: () => RunTally | undefined): Tally {
	const succeeded = start();
	const first = read();
	const again = first ? worthASecondTry(first) : [];
	if (!first || again.length === 0) return tallyOfStage(succeeded, first && afterSecondTry(first));
	console.log(`\nTrying again by themselves: ${again.map(({ file, name }) => `${file}: ${name}`).join('; ')}\n`);
	start(again);
	return afterSecondTry(first, read());
}

function vitest(): Tally {
	return tests(
		(again) => {
			rmSync(vitestReport, { force: true });
			const files = new Set(again?.map(({ file }) => file));
			const which = again ? ['--no-file-parallelism', ...files] : [];
			return run('vitest', [
				...['run', ...which, '--reporter=default', '--reporter=json'],
				`--outputFile.json=${vitestReport}`,
			]);
		},
		() => {
			const report = readReport<VitestReport>(vitestReport);
			return report && tallyOfVitest(report, process.cwd());
		},
	);
}

function simulation(): Tally {
	const succeeded = run('npm', ['run', '--silent', 'simulate:ci', '--', '--tally', simulationReport]);
	return tallyOfStage(succeeded, readReport<Tally>(simulationReport));
}

function endToEnd(): Tally {
	return tests(
		(again) => {
			rmSync(playwrightReport, { force: true });
			const which = again ? ['--last-failed', '--workers=1'] : [];
			const args = ['test', '--config', 'tests/e2e/playwright.config.ts', '--reporter=list,json', ...which];
			return run('playwright', args, { PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport });
		},
		() => {
			const report = readReport<PlaywrightReport>(playwrightReport);
			return report && tallyOfPlaywright(report);
		},
	);
}

/** A few kills of each kind; `npm run test:crash` does fifty. */
function crashes(): Tally {
	const script = ['--disable-warning=ExperimentalWarning', 'tests/crash/main.ts'];
	const succeeded = run(process.execPath, [...script, '--kills', '3', '--tally', crashReport]);
	return tallyOfStage(succeeded, readReport<Tally>(crashReport));
}

/** The built app is what both are about: one build for the two. */
function onTheBuild(): Record<string, Tally> {
	const built = tallyOfStage(run('npm', ['run', '--silent', 'build']), undefined);
	return built.failed > 0 ? { build: built } : { 'end to end': endToEnd(), crash: crashes() };
}

if (!run('tests/run/ensure-browser.sh', [])) process.exit(1);
const stages = { vitest: vitest(), simulation: simulation(), ...onTheBuild() };
rmSync(folder, { recursive: true, force: true });
const passed = Object.values(stages).reduce((sum, tally) => sum + tally.passed, 0);
const failed = Object.values(stages).reduce((sum, tally) => sum + tally.failed, 0);
console.log('');
// `.ci/run` looks for the first word.
for (const [stage, { failures, unstable = [] }] of Object.entries(stages)) {
	for (const name of unstable) console.log(`UNSTABLE ${stage}: ${name}`);
	for (const name of failures) console.log(`FAILED ${stage}: ${name}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
