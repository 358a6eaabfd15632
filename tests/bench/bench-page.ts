import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { build, type Rollup } from 'vite';

const PAGE = '<!doctype html><meta charset="utf-8"><title>bench</title><script src="/bench.js"></script>';

/** A page of this origin with nothing on it but the code to measure, on a device that was never here. */
export async function openBenchPage(
	browser: Browser,
	origin: string,
	code: string,
	options: BrowserContextOptions = {},
): Promise<Page> {
	const device = await browser.newContext(options);
	const page = await device.newPage();
	await page.route(`${origin}/bench.html`, (route) => route.fulfill({ contentType: 'text/html', body: PAGE }));
	await page.route(`${origin}/bench.js`, (route) => route.fulfill({ contentType: 'text/javascript', body: code }));
	await page.goto(`${origin}/bench.html`);
	// From here on nothing stands between the page and its server.
	await page.unrouteAll();
	return page;
}

/** This project's device code as one script, Svelte compiled as for the app. */
export function ownScript(): Promise<string> {
	return scriptOf('tests/bench/sync-client.ts');
}

export function rxdbScript(): Promise<string> {
	return scriptOf('tests/bench/rxdb-client.js');
}

async function scriptOf(entry: string): Promise<string> {
	const result = (await build({
		configFile: false,
		logLevel: 'error',
		plugins: [svelte({ configFile: false })],
		// RxDB brings a Dexie of its own; the page measures with one and the same.
		resolve: { conditions: ['browser'], dedupe: ['dexie'] },
		define: { 'import.meta.env.PROD': 'false', 'process.env.NODE_ENV': '"production"' },
		build: {
			write: false,
			target: 'es2023',
			lib: { entry, formats: ['iife'], name: 'bench', fileName: 'client' },
		},
	})) as Rollup.RollupOutput[];
	const code = result[0]?.output[0].code;
	if (!code) throw new Error(`Nothing came of ${entry}`);
	return code;
}

export function pouchScript(): Promise<string> {
	return readFile(createRequire(import.meta.url).resolve('pouchdb/dist/pouchdb.min.js'), 'utf8');
}
