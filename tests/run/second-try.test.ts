import { expect, test } from 'vitest';
import { afterSecondTry, worthASecondTry } from './second-try.ts';
import { FILE_ITSELF, type Failure, type RunTally } from './tally.ts';

const FILE = 'tests/a.test.ts';
const failure = (name: string, reason = 'Error: too late'): Failure => ({ file: FILE, name, reason });

function run(passed: readonly string[], failures: readonly Failure[]): RunTally {
	return { passed: passed.map((name) => ({ file: FILE, name })), failures };
}

test('what fails again stands, what passes by itself is counted and named', () => {
	const first = run(['holds'], [failure('waits'), failure('lies')]);
	expect(afterSecondTry(first, run(['holds', 'waits'], [failure('lies', 'Error: still')]))).toEqual({
		passed: 2,
		failed: 1,
		failures: ['tests/a.test.ts: lies (Error: still)'],
		unstable: ['tests/a.test.ts: waits (Error: too late)'],
	});
});

test('a neighbour that fails only the second time is a failure too', () => {
	const tally = afterSecondTry(run([], [failure('waits')]), run(['waits'], [failure('sends')]));
	expect(tally).toMatchObject({ failed: 1, failures: ['tests/a.test.ts: sends (Error: too late)'] });
});

test('a second run that died, was not made or left the test out mends nothing', () => {
	const first = run(['holds'], [failure('waits')]);
	expect(afterSecondTry(first)).toMatchObject({ passed: 1, failed: 1, unstable: [] });
	expect(afterSecondTry(first, run(['holds'], []))).toMatchObject({ passed: 1, failed: 1, unstable: [] });
});

test('a file that could not be loaded is mended by its tests', () => {
	const first = run([], [failure(FILE_ITSELF)]);
	expect(afterSecondTry(first, run(['holds'], []))).toMatchObject({ failed: 0 });
	expect(afterSecondTry(first, run(['holds'], [failure('waits')]))).toMatchObject({ failed: 2 });
});

test('what a property test found, what could not run and what fails by the dozen is not tried again', () => {
	const names = (...all: string[]) =>
		run(
			[],
			all.map((name) => failure(name)),
		);
	expect(worthASecondTry(names('a', 'b'))).toHaveLength(2);
	expect(worthASecondTry(names('a', 'b', 'c', 'd', 'e', 'f'))).toEqual([]);
	expect(worthASecondTry(run([], [failure('a', 'Error: Property failed after 3 tests')]))).toEqual([]);
	expect(worthASecondTry(run([], [{ file: '', name: 'could not run', reason: '' }]))).toEqual([]);
});
