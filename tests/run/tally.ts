import { stripVTControlCharacters } from 'node:util';

const LONGEST_REASON = 200;

/** What one stage of `npm test` came to. */
export interface Tally {
	readonly passed: number;
	readonly failed: number;
	/** One name per failure, so that the end of a log says what to look at. */
	readonly failures: readonly string[];
}

/** As much as is read here of `vitest --reporter=json`. */
export interface VitestReport {
	readonly numPassedTests: number;
	readonly testResults: readonly {
		readonly name: string;
		readonly status: string;
		/** Why the file itself could not run. */
		readonly message?: string;
		readonly assertionResults: readonly {
			readonly fullName: string;
			readonly status: string;
			readonly failureMessages?: readonly string[];
		}[];
	}[];
}

/** As much as is read here of `playwright --reporter=json`. */
export interface PlaywrightReport {
	readonly suites: readonly PlaywrightSuite[];
	readonly stats: { readonly expected: number };
	/** Of no test: the template or a worker could not start. */
	readonly errors: readonly { readonly message?: string }[];
}

interface PlaywrightSuite {
	readonly title: string;
	readonly suites?: readonly PlaywrightSuite[];
	readonly specs: readonly { readonly title: string; readonly tests: readonly PlaywrightTest[] }[];
}

interface PlaywrightTest {
	readonly status: string;
	readonly results?: readonly { readonly errors?: readonly { readonly message?: string }[] }[];
}

/** A test file that could not be loaded has no tests, and is a failure all the same. */
export function tallyOfVitest({ numPassedTests, testResults }: VitestReport, root: string): Tally {
	const failures = testResults.flatMap(({ name, status, message, assertionResults }) => {
		const file = name.replace(`${root}/`, '');
		const failed = assertionResults
			.filter((each) => each.status === 'failed')
			.map((each) => each.fullName + because(each.failureMessages?.[0]));
		const itself = [`(the file itself)${because(message)}`];
		return (failed.length === 0 && status === 'failed' ? itself : failed).map((of) => `${file}: ${of}`);
	});
	return { passed: numPassedTests, failed: failures.length, failures };
}

/** One that passed at a second try is a failure: it will cost somebody a run. */
export function tallyOfPlaywright({ suites, stats, errors }: PlaywrightReport): Tally {
	const broken = errors.map(({ message }) => `could not run: ${message?.split('\n')[0] ?? 'no reason given'}`);
	const failures = [...suites.flatMap((suite) => failuresIn(suite, [])), ...broken];
	return { passed: stats.expected, failed: failures.length, failures };
}

function failuresIn({ title, suites = [], specs }: PlaywrightSuite, above: readonly string[]): string[] {
	const path = [...above, title];
	const own = specs.flatMap((spec) =>
		spec.tests
			.filter(({ status }) => status === 'unexpected' || status === 'flaky')
			.map(
				({ status, results }) =>
					[...path, spec.title].join(' › ') + (status === 'flaky' ? ' (flaky)' : '') + because(reasonIn(results)),
			),
	);
	return [...own, ...suites.flatMap((suite) => failuresIn(suite, path))];
}

function reasonIn(results: PlaywrightTest['results'] = []): string | undefined {
	return results.flatMap(({ errors = [] }) => errors)[0]?.message;
}

/** The first line of the reason, short, without the colours of a terminal. */
function because(reason: string | undefined): string {
	const line = stripVTControlCharacters(reason ?? '')
		.split('\n')[0]
		?.trim();
	return line ? ` (${line.slice(0, LONGEST_REASON)})` : '';
}

/** A stage that died before it could count, or that failed with nothing to show for it, is one failure, never zero. */
export function tallyOfStage(succeeded: boolean, counted: Tally | undefined): Tally {
	const { passed, failed, failures } = counted ?? { passed: 0, failed: 0, failures: [] };
	if (succeeded || failed > 0) return { passed, failed, failures };
	return { passed, failed: 1, failures: ['ended with an error, see above'] };
}
