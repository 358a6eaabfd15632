import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { playwright } from '@vitest/browser-playwright';
import { sveltekit } from '@sveltejs/kit/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const MIN_NODE_MAJOR = 22;
if (Number(process.versions.node.split('.')[0]) < MIN_NODE_MAJOR) {
	throw new Error(
		`Pleinwacht builds on Node ${MIN_NODE_MAJOR} or newer; this is ${process.version}. Start it with "npm run …" or "npx …", which bring their own Node.`,
	);
}

/** Where `vite dev` finds the sync-server. */
const SYNC_SERVER = process.env.SYNC_SERVER_URL ?? 'http://127.0.0.1:8080';

/** Debian's Chromium; `tests/ensure-browser.sh` installs it where there is none. */
const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Of 36 pages: fewer would bring one page the words of another. */
const USED_BY_MOST_PAGES = 24;

/** The end of waiting on a busy machine, no promise about speed. */
const TEST_MS = 60_000;

/**
 * Paraglide makes new plural rules for every word with a number in it: 20 µs each, and a table has hundreds. A language has one
 * set of rules, so one is kept for each.
 */
const keptPluralRules: Plugin = {
	name: 'kept-plural-rules',
	transform(code, id) {
		if (!id.endsWith('/i18n/generated/registry.js')) return null;
		const made = 'return new Intl.PluralRules(locale, options).select(Number(input))';
		if (!code.includes(made)) throw new Error('Paraglide makes plural rules in another way now: see keptPluralRules.');
		const kept = `
	if (options) ${made};
	let rules = PLURAL_RULES.get(locale);
	if (!rules) PLURAL_RULES.set(locale, (rules = new Intl.PluralRules(locale)));
	return rules.select(Number(input));`;
		return { code: `const PLURAL_RULES = new Map();\n${code.replace(made, kept)}`, map: null };
	},
};

/**
 * Vite's helper takes apart the address of every file of a page, each time that page is opened: on a slow laptop that takes as
 * long as drawing it. What came once is not asked for again.
 */
const filesAskedOnce: Plugin = {
	name: 'files-asked-once',
	transform(code, id) {
		if (!id.endsWith('vite/preload-helper.js')) return null;
		const begins = 'let promise = Promise.resolve();';
		const ends = 'return baseModule()';
		if (!code.includes(begins) || !code.includes(ends))
			throw new Error('Vite fetches the files of a page in another way now: see filesAskedOnce.');
		const asked = code
			.replace(begins, `deps = deps?.filter((dep) => !HERE.has(importerUrl + dep));\n${begins}`)
			.replace(ends, `deps?.forEach((dep) => HERE.add(importerUrl + dep));\n${ends}`);
		return { code: `const HERE = new Set();\n${asked}`, map: null };
	},
};

type LucideShape = readonly [tag: string, attributes: Readonly<Record<string, string>>];

/**
 * Lucide makes each icon from data while a page is drawn, which takes as long as a row of a table. What the app asks of an icon
 * (its size, and how thick) is all that is left to the browser; the rest is markup.
 */
const drawnIcons: Plugin = {
	name: 'drawn-icons',
	enforce: 'pre',
	transform(code, id) {
		if (!/@lucide\/svelte\/dist\/icons\/[^/]+\.svelte$/.test(id)) return null;
		const data = /const iconData = (\{.*\});/.exec(code)?.[1];
		if (!data) throw new Error(`Lucide's icons are written in another way now: see drawnIcons (${id}).`);
		const { node } = JSON.parse(data) as { readonly node: readonly LucideShape[] };
		const shapes = node.map(([tag, attributes]) => {
			const written = Object.entries(attributes).map(([name, value]) => `${name}="${value}"`);
			return `<${tag} ${written.join(' ')} />`;
		});
		const fixed =
			'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"';
		const asked = 'width={size} height={size} stroke-width={strokeWidth} class={classes}';
		return {
			code: `<script>let { size = 24, strokeWidth = 2, class: classes } = $props();</script>
<svg ${fixed} ${asked} aria-hidden="true">${shapes.join('')}</svg>`,
			map: null,
		};
	},
};

export default defineConfig({
	plugins: [
		keptPluralRules,
		filesAskedOnce,
		drawnIcons,
		paraglideVitePlugin({
			project: './src/lib/i18n/project.inlang',
			outdir: './src/lib/i18n/generated',
			strategy: ['localStorage', 'baseLocale'],
			emitTsDeclarations: true,
		}),
		sveltekit(),
	],
	server: { host: '127.0.0.1', proxy: { '/api': SYNC_SERVER, '/sync': SYNC_SERVER } },
	preview: { host: '127.0.0.1' },
	// The same library built for browsers of today: 3 kB less before a phone can start.
	resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.min.mjs' }] },
	build: {
		target: 'es2023',
		// What most pages use: in one file instead of dozens of a few hundred bytes, which hardly compress.
		rolldownOptions: {
			output: {
				codeSplitting: {
					groups: [
						{ name: 'common', test: /lucide|src.lib.(ui|i18n|domain|device)/, minShareCount: USED_BY_MOST_PAGES },
					],
				},
			},
		},
	},
	test: {
		projects: [
			{
				extends: true,
				test: {
					name: 'unit',
					testTimeout: TEST_MS,
					environment: 'node',
					include: [
						'src/**/*.test.ts',
						'sync-server/**/*.test.ts',
						'tests/{contracts,integration,architecture,run,security,simulation}/**/*.test.ts',
					],
					exclude: ['**/*.dom.test.ts', '**/*.browser.test.ts'],
				},
			},
			{
				extends: true,
				resolve: { conditions: ['browser'] },
				test: {
					name: 'dom',
					testTimeout: TEST_MS,
					environment: 'jsdom',
					include: ['src/**/*.dom.test.ts'],
					setupFiles: ['tests/setup-dom.ts'],
				},
			},
			{
				extends: true,
				test: {
					name: 'browser',
					testTimeout: TEST_MS,
					include: ['src/**/*.browser.test.ts'],
					browser: {
						enabled: true,
						headless: true,
						screenshotFailures: false,
						provider: playwright({
							launchOptions: {
								executablePath: CHROMIUM,
								args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
							},
						}),
						instances: [{ browser: 'chromium' }],
					},
				},
			},
		],
	},
});
