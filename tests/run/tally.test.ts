import { expect, test } from 'vitest';
import { tallyOfPlaywright, tallyOfStage, tallyOfVitest, toText } from './tally.ts';

test('each failed test of Vitest has its file and its name; a file that did not load counts as one', () => {
	const testResults = [
		{
			name: '/app/src/a.test.ts',
			status: 'failed',
			assertionResults: [
				{ fullName: 'it holds', status: 'passed' },
				{ fullName: 'it lets go', status: 'failed', failureMessages: ['\x1b[31mError: 429\x1b[39m\n    at post'] },
			],
		},
		{ name: '/app/src/b.test.ts', status: 'failed', message: 'No such file', assertionResults: [] },
		{ name: '/app/src/c.test.ts', status: 'passed', assertionResults: [] },
	];
	const { passed, failures } = tallyOfVitest({ testResults }, '/app');
	expect(passed).toEqual([{ file: 'src/a.test.ts', name: 'it holds' }]);
	expect(failures.map(toText)).toEqual([
		'src/a.test.ts: it lets go (Error: 429)',
		'src/b.test.ts: (the file itself) (No such file)',
	]);
});

test('each failed end-to-end test has its file, its place and its reason', () => {
	const of = (title: string, status: string, message?: string) => ({
		title,
		tests: [{ status, results: [{ errors: message ? [{ message }] : [] }] }],
	});
	const file = {
		title: 'capture.e2e.ts',
		specs: [of('logs', 'expected')],
		suites: [{ title: 'offline', specs: [of('waits', 'unexpected', 'Error: too late\n\nCall log')] }],
	};
	const { passed, failures } = tallyOfPlaywright({ suites: [file], errors: [] });
	expect(passed).toEqual([{ file: 'capture.e2e.ts', name: 'logs' }]);
	expect(failures.map(toText)).toEqual(['capture.e2e.ts: offline › waits (Error: too late)']);
});

test('what kept Playwright from running at all is a failure', () => {
	const errors = [{ message: 'Error: no template\n    at makeTemplate' }];
	const { failures } = tallyOfPlaywright({ suites: [], errors });
	expect(failures.map(toText)).toEqual(['could not run (Error: no template)']);
});

test('a stage that failed without a count is one failure, and one that counted is believed', () => {
	expect(tallyOfStage(false, undefined)).toMatchObject({ passed: 0, failed: 1 });
	expect(tallyOfStage(false, { passed: 3, failed: 0, failures: [] })).toMatchObject({ passed: 3, failed: 1 });
	expect(tallyOfStage(false, { passed: 3, failed: 1, failures: ['a'] }).failures).toEqual(['a']);
	expect(tallyOfStage(true, { passed: 3, failed: 0, failures: [] })).toMatchObject({ passed: 3, failed: 0 });
});
