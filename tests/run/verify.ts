/**
 * `npm run verify`: one command that equals CI. Every check runs, also after one that failed, and the closing table
 * says which. `--without-tests` leaves out the tests, for a run that has had them already.
 */
import { spawnSync } from 'node:child_process';

const CHECKS = [
	'check:types',
	'check:lint',
	'check:format',
	'check:layers',
	'check:unused',
	'check:words',
	'check:budget',
];
const withTests = !process.argv.includes('--without-tests');

function run(script: string): { script: string; passed: boolean; seconds: number } {
	const started = performance.now();
	console.log(`\n── ${script}`);
	const passed = spawnSync('npm', ['run', '--silent', script], { stdio: 'inherit' }).status === 0;
	return { script, passed, seconds: Math.round((performance.now() - started) / 1000) };
}

const results = [...CHECKS, ...(withTests ? ['test'] : [])].map(run);
console.log('');
for (const { script, passed, seconds } of results) console.log(`${passed ? '✓' : '✗'} ${script} (${seconds} s)`);
process.exit(results.every((result) => result.passed) ? 0 : 1);
