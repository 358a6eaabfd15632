import { request as httpRequest, Agent } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SLOT_HEADER } from '#domain/accounts/slots.ts';
import { idOf } from '#domain/id.ts';
import { Role } from '#domain/school/roster.ts';
import { PROTOCOL } from '#domain/sync/messages.ts';
import { anId, anObservation, aSchool, NOTED_AT } from '#tests/factories/school.ts';
import { SECRET, startAttackedServer, type Route } from './attacked-server.ts';

/** Per route; `npm run test:security` asks for ten thousand. */
const REQUESTS = Number(process.env.SECURITY_REQUESTS ?? 100);
const SEED = 20261121;

/** A route allows six hundred a minute to a session: who attacks signs in again before that. */
const PER_SESSION = 200;
/** The end of waiting, some thirty routes together. */
const TEST_MS = 60_000 + REQUESTS * 1000;
const MANY_MEGABYTES = 10_000_000;

let server: Awaited<ReturnType<typeof startAttackedServer>>;
const agent = new Agent({ keepAlive: true, maxSockets: 4 });
beforeAll(async () => {
	server = await startAttackedServer();
});
afterAll(async () => {
	agent.destroy();
	await server.stop();
});

const DEVICE = idOf('device', 'F'.repeat(26));

/** What a request of this app looks like, to be spoiled in one place. */
const WELL_FORMED: Record<string, object> = {
	'/sync/push': {
		...{ protocol: PROTOCOL, deviceId: DEVICE },
		items: [{ id: anId('observation', 90), rev: 'r1', baseRev: null, seq: 1, doc: anObservation(90) }],
	},
	'/sync/pull': {
		protocol: PROTOCOL,
		deviceId: DEVICE,
		kind: 'reconcile',
		buckets: [{ bucket: 7, held: [['a', 'b']] }],
	},
	'/api/rescue': { file: JSON.stringify({ kind: 'pleinwacht.rescue', v: 1, madeAt: NOTED_AT, items: [] }) },
	'/api/sign-in': { demoPersonId: anId('person', 1) },
	'/api/sign-in/second': { totp: '123456' },
	'/api/sign-in/passkey': { answer: { id: 'a', type: 'public-key' } },
	'/api/account/passkey': { answer: { id: 'a', type: 'public-key' }, label: 'telefoon' },
	'/api/people': { name: 'Nieuw', roles: ['teacher'], groupIds: [] },
	'/api/people/revise': { personId: anId('person', 1), name: 'Ander', roles: ['teacher'], groupIds: [] },
	'/api/invitation': { code: 'AAAA-BBBB' },
};

/** What has broken servers before. */
const nasty = fc.oneof(
	fc.constantFrom<unknown>(
		...['__proto__', 'constructor', '\u0000', '\ud800', '../../etc/passwd', "' OR 1=1 --", '{{7*7}}', '%00', '𝕏'],
		...[-1, 0, 1e308, Number.MAX_SAFE_INTEGER + 1, null, true, [], {}, [[[[[]]]]]],
		JSON.parse('{"__proto__":{"roles":["administrator"]},"constructor":{"prototype":{"roles":[]}}}'),
	),
	fc.anything({ maxDepth: 3, withNullPrototype: false }),
	fc.string({ unit: 'binary', maxLength: 2000 }),
);

/** One value somewhere inside becomes another, goes, or gets a neighbour nobody asked for. */
function spoiled(value: unknown, path: readonly number[], by: unknown): unknown {
	if (typeof value !== 'object' || value === null || path.length === 0) return by;
	const [at = 0, ...rest] = path;
	const keys = Object.keys(value);
	if (at >= keys.length) return { ...value, [`extra${at}`]: by };
	const key = keys[at] ?? '';
	const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
	copy[key] = spoiled(copy[key], rest, by);
	return copy;
}

function text(value: unknown): string {
	try {
		return JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? each.toString() : each)) ?? '';
	} catch {
		return '{"a":';
	}
}

const bodyFor = (url: string) =>
	fc
		.oneof(
			{ weight: 6, arbitrary: fc.tuple(fc.array(fc.nat(6), { maxLength: 6 }), nasty) },
			{ weight: 2, arbitrary: nasty.map((value) => [[], value] as [number[], unknown]) },
		)
		.map(([path, by]) => Buffer.from(text(spoiled(WELL_FORMED[url] ?? {}, path, by))));

const attack = (url: string) =>
	fc.record({
		body: fc.oneof(
			{ weight: 20, arbitrary: bodyFor(url) },
			{ weight: 3, arbitrary: fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)) },
			{
				weight: 1,
				arbitrary: fc.constantFrom(Buffer.from('{"a":"\xff\xfe"}', 'latin1'), Buffer.from('['.repeat(50_000))),
			},
		),
		type: fc.oneof(
			{ weight: 12, arbitrary: fc.constant('application/json') },
			fc.constantFrom('text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-7', '*/*', ''),
		),
		cookie: fc.oneof(
			{ weight: 5, arbitrary: fc.constant(null) },
			fc.base64String({ maxLength: 60 }).map((token) => `__Host-session=${token}`),
		),
		slot: fc.oneof(
			{ weight: 8, arbitrary: fc.constant(null) },
			fc.constantFrom('1', '9', '10', '-1', '1, 2', '__proto__', '0x1', '1e0'),
		),
		query: fc.oneof(
			{ weight: 6, arbitrary: fc.constant('') },
			fc.webQueryParameters({ size: 'small' }).map((query) => `?${query}`),
		),
	});

interface Answer {
	readonly status: number;
	readonly type: string;
	readonly body: string;
}

function send(route: Route, headers: Record<string, string>, query: string, body: Buffer): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const request = httpRequest(
			server.url + route.url.replace('*', 'x') + query,
			{ method: route.method, agent, headers },
			(answer) => {
				let said = '';
				answer.setEncoding('utf8');
				answer.on('data', (chunk: string) => (said += chunk));
				answer.on('error', reject);
				answer.on('end', () =>
					resolve({
						status: answer.statusCode ?? 0,
						type: answer.headers['content-type'] ?? '',
						body: said,
					}),
				);
			},
		);
		request.on('error', reject);
		request.end(route.method === 'GET' ? undefined : body);
	});
}

/** A refusal is a problem of the table and says nothing of the inside; nobody else's school is in any answer. */
function expectClean({ status, type, body }: Answer): void {
	expect(status).toBeLessThan(500);
	if (status >= 400) {
		expect(type).toMatch(/^application\/problem\+json/);
		expect(Object.keys(JSON.parse(body) as object)).toEqual(['type', 'title', 'status']);
	}
	expect(body.includes(SECRET.elsewhere) || body.includes(SECRET.closedCase)).toBe(false);
}

test(
	'every route refuses what makes no sense, without a fault, a word of the inside or a leak',
	async () => {
		const counts = new Map<number, number>();
		// An open stream has no end to wait for.
		const routes = server.routes.filter(({ url }) => url !== '/sync/poke');
		for (const [i, route] of routes.entries()) {
			const role = Role.options[i % Role.options.length] ?? 'supervisor';
			let own = '';
			const attacks = fc.sample(attack(route.url), { numRuns: REQUESTS, seed: SEED + i });
			for (const [number, { body, type, cookie, slot, query }] of attacks.entries()) {
				if (number % PER_SESSION === 0) own = await server.cookieOf(server.personOf(role));
				const address = `10.${i}.${number >> 8}.${number & 255}`;
				const answer = await send(
					route,
					{
						...{ 'content-type': type, cookie: cookie ?? own, 'x-forwarded-for': address },
						...(slot !== null && { [SLOT_HEADER]: slot }),
					},
					query,
					body,
				);
				try {
					expectClean(answer);
				} catch (error) {
					throw new Error(
						`${route.method} ${route.url}${query} as ${role}, ${type}: ${body.toString().slice(0, 500)}`,
						{
							cause: error,
						},
					);
				}
				counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1);
			}
		}
		const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
		expect(total).toBe(routes.length * REQUESTS);
		process.stdout.write(
			`${total} fuzzed requests to ${routes.length} routes; by status ${text(Object.fromEntries(counts))}\n`,
		);
		const alive = await fetch(`${server.url}/api/health`);
		expect(alive.status).toBe(200);
	},
	TEST_MS,
);

test('a body of many megabytes is refused before it is read, and the server goes on', async () => {
	const cookie = await server.cookieOf(server.personOf('teacher'));
	const giant = Buffer.from(text({ ...WELL_FORMED['/sync/push'], padding: 'a'.repeat(2 * MANY_MEGABYTES) }));
	for (const url of ['/sync/push', '/api/sign-in', '/api/people']) {
		const answer = await send({ method: 'POST', url }, { 'content-type': 'application/json', cookie }, '', giant).catch(
			// The server may close the connection while it is still being shouted at.
			() => null,
		);
		if (answer) expect(answer.status).toBe(413);
	}
	expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
});

test('nobody becomes more than they are by saying so', async () => {
	const cookie = await server.cookieOf(server.personOf('supervisor'));
	const wish = { id: anId('person', 95), type: 'person', v: 1, schoolId: aSchool().id, name: 'Ik', groupIds: [] };
	const push = JSON.stringify({
		...(WELL_FORMED['/sync/push'] as object),
		items: [{ id: wish.id, rev: 'r1', baseRev: null, seq: 1, doc: { ...wish, roles: ['administrator'] } }],
	});
	const headers = { 'content-type': 'application/json', cookie };
	const answer = await send({ method: 'POST', url: '/sync/push' }, headers, '', Buffer.from(push));
	expect(answer.body).toContain('"reason":"notAllowed"');
	const session = await fetch(`${server.url}/api/session`, { headers: { cookie } });
	expect(await session.json()).toMatchObject({ roles: ['supervisor'] });
});
