import { stripVTControlCharacters } from 'node:util';

const LONGEST_REASON = 200;

/** What one stage of `npm test` came to. */
export interface Tally {
	readonly passed: number;
	readonly failed: number;
	/** One name per failure, so that the end of a log says what to look at. */
	readonly failures: readonly string[];
	/** What failed once and passed when tried again by itself: counted as passed, and named. */
	readonly unstable?: readonly string[];
}

/** What one run of a test runner came to. */
export interface RunTally {
	readonly passed: readonly TestName[];
	readonly failures: readonly Failure[];
}

export interface TestName {
	/** From the root of the project; empty where no test could run at all. */
	readonly file: string;
	readonly name: string;
}

export interface Failure extends TestName {
	/** The first line of the reason. */
	readonly reason: string;
}

/** As much as is read here of `vitest --reporter=json`. */
export interface VitestReport {
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

/** Stands for a test file that could not be loaded: it has no tests, and is a failure all the same. */
export const FILE_ITSELF = '(the file itself)';

export function tallyOfVitest({ testResults }: VitestReport, root: string): RunTally {
	const files = testResults.map(({ name, ...rest }) => ({ file: name.replace(`${root}/`, ''), ...rest }));
	const passed = files.flatMap(({ file, assertionResults }) =>
		assertionResults.filter(({ status }) => status === 'passed').map(({ fullName }) => ({ file, name: fullName })),
	);
	const failures = files.flatMap(({ file, status, message, assertionResults }) => {
		const failed = assertionResults
			.filter((each) => each.status === 'failed')
			.map((each) => ({ file, name: each.fullName, reason: firstLine(each.failureMessages?.[0]) }));
		const itself = { file, name: FILE_ITSELF, reason: firstLine(message) };
		return failed.length === 0 && status === 'failed' ? [itself] : failed;
	});
	return { passed, failures };
}

export function tallyOfPlaywright({ suites, errors }: PlaywrightReport): RunTally {
	const tests = suites.flatMap((suite) => testsIn(suite, suite.title, []));
	const passed = tests.filter(({ status }) => status === 'expected').map(({ file, name }) => ({ file, name }));
	const failed = tests
		.filter(({ status }) => status === 'unexpected')
		.map(({ file, name, results }) => ({ file, name, reason: firstLine(reasonIn(results)) }));
	const broken = errors.map(({ message }) => ({ file: '', name: 'could not run', reason: firstLine(message) }));
	return { passed, failures: [...failed, ...broken] };
}

function testsIn(
	{ title, suites = [], specs }: PlaywrightSuite,
	file: string,
	above: readonly string[],
): (TestName & PlaywrightTest)[] {
	const path = title === file ? above : [...above, title];
	const own = specs.flatMap((spec) =>
		spec.tests.map((test) => ({ file, name: [...path, spec.title].join(' › '), ...test })),
	);
	return [...own, ...suites.flatMap((suite) => testsIn(suite, file, path))];
}

function reasonIn(results: PlaywrightTest['results'] = []): string | undefined {
	return results.flatMap(({ errors = [] }) => errors)[0]?.message;
}

/** Short, without the colours of a terminal. */
function firstLine(reason: string | undefined): string {
	const [line = ''] = stripVTControlCharacters(reason ?? '').split('\n');
	return line.trim().slice(0, LONGEST_REASON);
}

export function toText({ file, name, reason }: Failure): string {
	return [file, name].filter(Boolean).join(': ') + (reason && ` (${reason})`);
}

/** A stage that died before it could count, or that failed with nothing to show for it, is one failure, never zero. */
export function tallyOfStage(succeeded: boolean, counted: Tally | undefined): Tally {
	const { passed, failed, failures } = counted ?? { passed: 0, failed: 0, failures: [] };
	if (succeeded || failed > 0) return { passed, failed, failures };
	return { passed, failed: 1, failures: ['ended with an error, see above'] };
}
