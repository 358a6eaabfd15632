/**
 * `npm test`: every test there is, in order, and one closing line for people and machines. A stage that fails does
 * not stop the ones after it, so that one run shows all that is wrong.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Tally {
	passed: number;
	failed: number;
}

const folder = mkdtempSync(join(tmpdir(), 'pleinwacht-tests-'));
const vitestReport = join(folder, 'vitest.json');
const simulationReport = join(folder, 'simulation.json');
const playwrightReport = join(folder, 'playwright.json');

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

/** A stage that died before it could count is one failure, never zero. */
function tallyOf(succeeded: boolean, counted: Tally | undefined): Tally {
	const tally = counted ?? { passed: 0, failed: 0 };
	return succeeded || tally.failed > 0 ? tally : { ...tally, failed: 1 };
}

function vitest(): Tally {
	const succeeded = run('vitest', [
		'run',
		'--reporter=default',
		'--reporter=json',
		`--outputFile.json=${vitestReport}`,
	]);
	const report = readReport<{ numPassedTests: number; numFailedTests: number }>(vitestReport);
	return tallyOf(succeeded, report && { passed: report.numPassedTests, failed: report.numFailedTests });
}

function endToEnd(): Tally {
	if (!run('npm', ['run', '--silent', 'build'])) return { passed: 0, failed: 1 };
	const succeeded = run('playwright', ['test', '--config', 'tests/e2e/playwright.config.ts', '--reporter=list,json'], {
		PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport,
	});
	const report = readReport<{ stats: { expected: number; unexpected: number; flaky: number } }>(playwrightReport);
	return tallyOf(
		succeeded,
		report && { passed: report.stats.expected, failed: report.stats.unexpected + report.stats.flaky },
	);
}

function simulation(): Tally {
	const succeeded = run('npm', ['run', '--silent', 'simulate:ci', '--', '--tally', simulationReport]);
	return tallyOf(succeeded, readReport<Tally>(simulationReport));
}

if (!run('tests/run/ensure-browser.sh', [])) process.exit(1);
const tallies = [vitest(), simulation(), endToEnd()];
rmSync(folder, { recursive: true, force: true });
const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
