import { afterEach, expect, test, vi } from 'vitest';
import { idOf } from '#domain/id.ts';
import { PROTOCOL } from '#domain/sync/messages.ts';
import { httpTransport } from './transport.ts';

const DEVICE = idOf('device', '00000000000000000000000001');
const PUSH = {
	protocol: PROTOCOL,
	deviceId: DEVICE,
	items: [{ id: 'obs_1', rev: 'r1', baseRev: null, seq: 1, doc: {} }],
} as const;
const COMPARE = { kind: 'compare', protocol: PROTOCOL, deviceId: DEVICE, digest: '0'.repeat(16), count: 0 } as const;
const JSON_TYPE = { 'content-type': 'application/json' };

function answerWith(body: string | null, status = 200, headers: Record<string, string> = JSON_TYPE) {
	vi.stubGlobal(
		'fetch',
		vi.fn(async () => new Response(body, { status, headers })),
	);
}

afterEach(() => vi.unstubAllGlobals());

const push = () => httpTransport.push({ ...PUSH, items: [...PUSH.items] });
const failed = (problem: string) => ({ kind: 'failed', problem });

test.each([
	[401, failed('signedOut')],
	[426, failed('updateNeeded')],
	[413, { kind: 'tooLarge' }],
	[429, failed('serverFault')],
	[500, failed('serverFault')],
	[404, failed('serverFault')],
])('status %i is an answer, not an exception', async (status, expected) => {
	answerWith('{}', status);
	expect(await push()).toEqual(expected);
	expect(await httpTransport.pull(COMPARE)).toEqual(expected);
});

test.each([
	['seconds', '7', 7_000],
	['a date, by the server’s clock and not by this one', 'Mon, 09 Mar 2026 12:00:30 GMT', 30_000],
	['more than anybody waits', '86400', 15 * 60_000],
])('a server that wants to be left alone says for how long: %s', async (_, retryAfter, retryAfterMs) => {
	const date = 'Mon, 09 Mar 2026 12:00:00 GMT';
	for (const status of [429, 503]) {
		answerWith('{}', status, { ...JSON_TYPE, date, 'retry-after': retryAfter });
		expect(await push()).toMatchObject({ ...failed('serverFault'), retryAfterMs });
	}
});

test('no answer at all: unreachable', async () => {
	vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
	expect(await push()).toEqual(failed('unreachable'));
});

test('a page of a network that wants a sign-in of its own is not our server', async () => {
	answerWith('<html>Welkom op de wifi</html>', 200, { 'content-type': 'text/html' });
	expect(await push()).toEqual(failed('unreachable'));
	expect(await httpTransport.pull(COMPARE)).toEqual(failed('unreachable'));
});

test('receipts that are not what the protocol says count for nothing', async () => {
	answerWith(
		JSON.stringify({ protocol: PROTOCOL, receipts: [{ id: 'obs_1', rev: 'r1', seq: 1, result: { kind: 'ok' } }] }),
	);
	expect(await push()).toEqual(failed('serverFault'));
});

test('204 says that both sides are equal', async () => {
	answerWith(null, 204, {});
	expect(await httpTransport.pull(COMPARE)).toEqual({ kind: 'equal' });
});

test('a stream starts with its header; the lines come after it', async () => {
	const header = JSON.stringify({ kind: 'documents', protocol: PROTOCOL, total: 2 });
	answerWith(`${header}\n{"a":1}\n{"b":2}\n`, 200, { 'content-type': 'application/x-ndjson' });
	const answer = await httpTransport.pull(COMPARE);
	if (answer.kind !== 'documents') throw new Error(answer.kind);
	expect(answer.total).toBe(2);
	const lines: string[] = [];
	for await (const batch of answer.batches) lines.push(...batch);
	expect(lines).toEqual(['{"a":1}', '{"b":2}']);
});

test('a stream without its header is a fault of the server', async () => {
	answerWith('{"a":1}\n', 200, { 'content-type': 'application/x-ndjson' });
	expect(await httpTransport.pull(COMPARE)).toEqual(failed('serverFault'));
});
