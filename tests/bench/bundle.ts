import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { round, type Bench, type BenchResult } from './harness.ts';

/** Over a school's slow network on an old phone the app must open within seconds; a tablet or laptop is given more. */
const PHONE_BUDGET_KB = 90;
const WIDE_BUDGET_KB = 160;
/** What a supervisor opens at recess; who has reminders sits at a desk or holds a tablet. */
const ON_A_PHONE = ['/', '/sign-in', '/capture', '/mine', '/settings'];
const BYTES_PER_KB = 1000;

const KIT = '.svelte-kit/generated/client-optimized';
const CLIENT = '.svelte-kit/output/client';
/** Kit loads the root layout and the root error page with every route. */
const ALWAYS = ['node_modules/@sveltejs/kit/src/runtime/client/entry.js', `${KIT}/app.js`, nodeKey(0), nodeKey(1)];

interface Chunk {
	readonly file: string;
	readonly imports?: readonly string[];
}

/** What the root layout fetches beside the page's code: the store with Dexie, and the frame with the menu. */
const BESIDE = ['src/lib/device/open-device.svelte.ts', 'src/lib/features/shell/SignedIn.svelte'];
const DEXIE = 'node_modules/dexie/dist/modern/dexie.min.mjs';

/**
 * JavaScript that stands before a route's page can start: its own, Kit's, and everything these import at once.
 * `beside-first-load` is what comes at the same time and is needed too before a name can be tapped: what `/capture` does not
 * have already.
 */
export const bench: Bench = {
	name: 'bundle',
	async run() {
		const manifest = JSON.parse(await built(join(CLIENT, '.vite/manifest.json'))) as Record<string, Chunk>;
		const routes = routesIn(await built(join(KIT, 'app.js')));
		const sizes = new Map<string, number>();
		const results: BenchResult[] = [];
		const sizeOf = async (files: Iterable<string>) => {
			let bytes = 0;
			for (const file of files) {
				const size = sizes.get(file) ?? (await gzipSize(join(CLIENT, file)));
				sizes.set(file, size);
				bytes += size;
			}
			return round(bytes / BYTES_PER_KB);
		};
		for (const [route, nodes] of routes) {
			const files = filesOf(manifest, [...ALWAYS, ...nodes.map(nodeKey)]);
			const value = await sizeOf(files);
			const budget = ON_A_PHONE.includes(route) ? PHONE_BUDGET_KB : WIDE_BUDGET_KB;
			results.push({
				...{ metric: `first-load-${route}`, value, unit: 'kB gz', peer: 'budget', peerValue: budget },
				...{ ratio: round(budget / value), runs: 1 },
			});
		}
		const capture = filesOf(manifest, [
			...ALWAYS,
			...(routes.find(([route]) => route === '/capture')?.[1] ?? []).map(nodeKey),
		]);
		const value = await sizeOf([...filesOf(manifest, BESIDE)].filter((file) => !capture.has(file)));
		const dexie = round((await gzipSize(DEXIE)) / BYTES_PER_KB);
		return [
			...results.sort((a, b) => b.value - a.value),
			{
				...{ metric: 'beside-first-load', value, unit: 'kB gz', peer: 'Dexie alone', peerValue: dexie },
				...{ ratio: round(dexie / value), runs: 1 },
			},
		];
	},
};

async function gzipSize(path: string): Promise<number> {
	return gzipSync(new Uint8Array(await readFile(path)), { level: 9 }).length;
}

async function built(path: string): Promise<string> {
	try {
		return await readFile(path, 'utf8');
	} catch {
		throw new Error(`There is no ${path}: run "npm run build" first.`);
	}
}

/** Route to the numbers of its page and layouts, from the dictionary Kit writes: `"/cases/[id]": [5,[2],[]]`. */
function routesIn(app: string): [string, number[]][] {
	const dictionary = /export const dictionary = \{([^}]*)\}/.exec(app)?.[1];
	if (dictionary === undefined) throw new Error(`Kit's ${KIT}/app.js has no dictionary of routes any more.`);
	return [...dictionary.matchAll(/"([^"]+)": \[(-?\d+|~\d+)((?:,\[[\d,]*\])*)\]/g)].map(
		([, route = '', page = '', rest = '']) => [
			route,
			// A page with a server part is written as ~page.
			[Number(page.replace('~', '')), ...(rest.match(/\d+/g) ?? []).map(Number)],
		],
	);
}

function nodeKey(node: number): string {
	return `${KIT}/nodes/${node}.js`;
}

function filesOf(manifest: Record<string, Chunk>, entries: readonly string[]): Set<string> {
	const seen = new Set<string>();
	const files = new Set<string>();
	const queue = [...entries];
	for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
		if (seen.has(key)) continue;
		seen.add(key);
		const chunk = manifest[key];
		if (!chunk) throw new Error(`Vite's manifest does not know ${key}: build again with "npm run build".`);
		if (chunk.file.endsWith('.js')) files.add(chunk.file);
		queue.push(...(chunk.imports ?? []));
	}
	return files;
}
