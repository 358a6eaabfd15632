import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from '#server/app.ts';
import { openSchools } from '#server/schools.ts';
import { memoryHost } from '#server/store/memory.ts';

const POLICY = "default-src 'none'; script-src 'self' 'sha256-abc='";
const PAGE = `<html><head><meta http-equiv="content-security-policy" content="${POLICY}"></head></html>`;
const PROGRAM = 'console.log(1);'.repeat(100);

let appDir: string;
let app: FastifyInstance;

beforeAll(async () => {
	appDir = mkdtempSync(join(tmpdir(), 'pleinwacht-app-'));
	const files: Record<string, string | Uint8Array<ArrayBuffer>> = {
		'index.html': PAGE,
		'service-worker.js': '',
		'_app/version.json': '{}',
		'_app/immutable/a.js': PROGRAM,
		'_app/immutable/a.js.br': new Uint8Array(brotliCompressSync(PROGRAM)),
	};
	for (const [name, contents] of Object.entries(files)) {
		mkdirSync(dirname(join(appDir, name)), { recursive: true });
		writeFileSync(join(appDir, name), contents);
	}
	const now = () => new Date();
	const schools = await openSchools(memoryHost(), now);
	app = await buildApp({ schools, now, appDir, logLevel: 'silent', trustProxy: false });
});
afterAll(async () => {
	await app.close();
	rmSync(appDir, { recursive: true });
});

const get = (url: string, accept = 'text/html', method: 'GET' | 'HEAD' | 'POST' = 'GET') =>
	app.inject({ method, url, headers: { accept, 'accept-encoding': 'br' } });

test('every address of the app is the same page, asked for anew each time', async () => {
	for (const url of ['/', '/capture', '/pupils/pup_1?from=inbox']) {
		const answer = await get(url);
		expect(answer.statusCode).toBe(200);
		expect(answer.headers['cache-control']).toBe('no-cache');
		expect(brotliDecompressSync(new Uint8Array(answer.rawPayload)).toString()).toBe(PAGE);
	}
	expect((await get('/capture', 'text/html', 'HEAD')).statusCode).toBe(200);
});

test('what is no page is not answered with one', async () => {
	for (const [url, accept, method] of [
		['/api/nothing', 'text/html', 'GET'],
		['/sync/nothing', 'text/html', 'GET'],
		['/_app/immutable/gone.js', 'text/html', 'GET'],
		['/gone.png', 'image/png', 'GET'],
		['/capture', 'text/html', 'POST'],
		['/../package.json', 'application/json', 'GET'],
	] as const) {
		const answer = await get(url, accept, method);
		expect(answer.statusCode).toBe(404);
		expect(answer.headers['content-type']).toContain('application/problem+json');
	}
});

test('files named after their contents are kept for ever, compressed ones served as they are', async () => {
	const answer = await get('/_app/immutable/a.js', '*/*');
	expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
	expect(answer.headers['content-encoding']).toBe('br');
	expect(answer.rawPayload).toEqual(brotliCompressSync(PROGRAM));
});

test('what changes under the same name is asked for anew', async () => {
	for (const url of ['/_app/version.json', '/service-worker.js', '/index.html']) {
		expect((await get(url, '*/*')).headers['cache-control']).toBe('no-cache');
	}
});

test('every answer carries the policy of the page and may not be framed', async () => {
	for (const url of ['/', '/api/health', '/api/nothing']) {
		const { headers } = await get(url);
		expect(headers['content-security-policy']).toBe(`${POLICY}; frame-ancestors 'none'`);
		expect(headers['x-content-type-options']).toBe('nosniff');
		expect(headers['referrer-policy']).toBe('no-referrer');
		expect(headers['cross-origin-opener-policy']).toBe('same-origin');
	}
});

test('answers about a school are never kept by a cache', async () => {
	expect((await get('/api/sign-in', '*/*')).headers['cache-control']).toBe('no-store');
});
