import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const TEST_FILES = ['**/*.test.ts', '**/*.e2e.ts', 'tests/**/*.ts'];

/** A test that is left out, or that leaves others out, hides what broke. */
const NO_SKIPPED_TESTS = ['skip', 'only', 'todo', 'fixme', 'skipIf', 'runIf'].map((property) => ({
	property,
	message: `Run it or remove it: "${property}" hides what broke.`,
}));

export default ts.config(
	{
		ignores: [
			'build/',
			'.svelte-kit/',
			'data/',
			'src/lib/i18n/generated/',
			'tests/bench/node_modules/',
			'test-results/',
			'playwright-report/',
		],
	},
	js.configs.recommended,
	ts.configs.recommendedTypeChecked,
	svelte.configs.recommended,
	prettier,
	svelte.configs.prettier,
	{
		languageOptions: {
			globals: { ...globals.browser, ...globals.node },
			parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] },
		},
		rules: {
			'no-console': 'error',
			'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			// A Fastify hook without `async` and with two parameters hangs the request.
			'@typescript-eslint/require-await': 'off',
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
			// Every address here is our own and has no base path to resolve.
			'svelte/no-navigation-without-resolve': 'off',
			// Reactive collections are replaced, not mutated: `$state.raw` and a version; plain maps are meant to be plain.
			'svelte/prefer-svelte-reactivity': 'off',
			// Takes every comment of Svelte 5 for unused; the compiler's own warnings fail the type check instead.
			'svelte/no-unused-svelte-ignore': 'off',
			// Our objects are closures; there is no `this` to lose.
			'@typescript-eslint/unbound-method': 'off',
		},
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
		rules: {
			// Inside a component only svelte-check knows the types of props and snippets; it checks these.
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-call': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-return': 'off',
		},
	},
	{
		files: ['src/lib/domain/**/*.ts'],
		ignores: TEST_FILES,
		rules: {
			'no-restricted-properties': [
				'error',
				{ object: 'Date', property: 'now', message: 'The domain has no clock: take the moment as an argument.' },
				{ object: 'Math', property: 'random', message: 'The domain has no dice: take the number as an argument.' },
			],
			'no-restricted-syntax': [
				'error',
				{
					selector: "NewExpression[callee.name='Date'][arguments.length=0]",
					message: 'The domain has no clock: take the moment as an argument.',
				},
			],
		},
	},
	{
		files: ['src/lib/features/**', 'src/lib/i18n/**', 'src/routes/**'],
		rules: {
			'no-restricted-syntax': [
				'error',
				{
					selector: "MemberExpression[computed=true][object.name='m']",
					message: 'A message looked up by name brings every message of the app into the page: name each one.',
				},
			],
		},
	},
	{
		files: TEST_FILES,
		rules: {
			'no-restricted-properties': ['error', ...NO_SKIPPED_TESTS],
			'no-restricted-syntax': [
				'error',
				{ selector: 'CallExpression[callee.name=/^x(it|test|describe)$/]', message: 'Run it or remove it.' },
			],
		},
	},
	{
		files: [
			'sync-server/main.ts',
			'sync-server/cli.ts',
			'sync-server/cli/**/*.ts',
			'tests/bench/**/*.ts',
			'tests/crash/main.ts',
			'tests/run/**/*.ts',
			'tests/simulation/main.ts',
		],
		rules: { 'no-console': 'off' },
	},
	{ files: ['**/*.js', '**/*.cjs'], ...ts.configs.disableTypeChecked },
);
