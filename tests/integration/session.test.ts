import { afterEach, beforeEach, expect, test } from 'vitest';
import { MS_PER_DAY } from '#domain/time/local-time.ts';
import type { SignInOptions } from '#domain/session.ts';
import { aRoster, aSchool, aSession, anId } from '#tests/factories/school.ts';
import { startSchool } from './running-school.ts';

let server: Awaited<ReturnType<typeof startSchool>>;

beforeEach(async () => {
	server = await startSchool();
});
afterEach(() => server.stop());

const asReal = () =>
	aRoster().map((doc) => (doc.type === 'school' ? { ...doc, demo: false } : doc)) as ReturnType<typeof aRoster>;

const signInWith = (payload: object, headers: Record<string, string> = {}) =>
	server.app.inject({ method: 'POST', url: '/api/sign-in', payload, headers });

test('a demo offers its people and lets each in with one tap', async () => {
	const options = (await server.app.inject('/api/sign-in')).json<SignInOptions>();
	expect(options.demoPeople).toEqual([
		{ personId: anId('person', 1), name: 'Sanne', role: 'supervisor', detail: '' },
		{ personId: anId('person', 2), name: 'Youssef', role: 'teacher', detail: '6A' },
		{ personId: anId('person', 3), name: 'Marijke', role: 'coordinator', detail: '' },
	]);
	const answer = await signInWith({ demoPersonId: anId('person', 2) });
	expect(answer.json()).toEqual(aSession('teacher'));
});

test('the cookie cannot be read by scripts, sent by other sites or sent in clear text', async () => {
	const answer = await signInWith({ demoPersonId: anId('person', 1) });
	const header = String(answer.headers['set-cookie']);
	expect(header).toMatch(/^__Host-session=[\w-]{43};/);
	for (const rule of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/']) expect(header).toContain(rule);
	expect(header).not.toContain('Domain');
});

test('a real school offers nobody and lets nobody in by name', async () => {
	await server.stop();
	server = await startSchool(asReal());
	const options = (await server.app.inject('/api/sign-in')).json<SignInOptions>();
	expect(options).toEqual({ schoolName: aSchool().name, demoPeople: [] });
	expect((await signInWith({ demoPersonId: anId('person', 1) })).statusCode).toBe(403);
});

test('a one-time code lets its person in once, however it is typed, within a day', async () => {
	const { accounts } = server.schools;
	const identity = { personId: anId('person', 3), schoolId: aSchool().id };
	const code = await accounts.issueCode(identity);
	expect((await signInWith({ code: 'WRONG-CODE' })).statusCode).toBe(403);
	expect((await signInWith({ code: ` ${code.toLowerCase().replaceAll('-', ' ')}` })).json()).toEqual(
		aSession('coordinator'),
	);
	expect((await signInWith({ code })).statusCode).toBe(403);

	const late = await accounts.issueCode(identity);
	server.passTime(MS_PER_DAY);
	expect((await signInWith({ code: late })).statusCode).toBe(403);
});

test('of two who use the same code at once, one gets in', async () => {
	const code = await server.schools.accounts.issueCode({ personId: anId('person', 3), schoolId: aSchool().id });
	const answers = await Promise.all([signInWith({ code }), signInWith({ code })]);
	expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 403]);
});

test('without a session nothing of the school is answered', async () => {
	for (const [method, url] of [
		['GET', '/api/session'],
		['POST', '/sync/push'],
		['POST', '/sync/pull'],
		['GET', '/sync/poke'],
	] as const) {
		const answer = await server.app.inject({ method, url, ...(method === 'POST' && { payload: {} }) });
		expect(answer.statusCode).toBe(401);
		expect(answer.json()).toEqual({ type: 'problem:signedOut', title: 'Nobody is signed in', status: 401 });
	}
});

test('signing out ends the session, also for who kept the cookie', async () => {
	const person = await server.signIn(1);
	expect((await person.send({ method: 'GET', url: '/api/session' })).json()).toEqual(aSession());
	const answer = await person.send({ method: 'POST', url: '/api/sign-out' });
	expect(answer.statusCode).toBe(204);
	expect(String(answer.headers['set-cookie'])).toContain('Expires=Thu, 01 Jan 1970');
	expect((await person.send({ method: 'GET', url: '/api/session' })).statusCode).toBe(401);
});

test('a session that is used goes on, one that lies idle ends, and none outlives its limit', async () => {
	const idle = await server.signIn(1);
	const used = await server.signIn(2);
	const isIn = async (agent: typeof used) =>
		(await agent.send({ method: 'GET', url: '/api/session' })).statusCode === 200;
	const days: boolean[] = [];
	for (let day = 0; day < 100; day += 10) {
		days.push(await isIn(used));
		server.passTime(10 * MS_PER_DAY);
	}
	expect(days).toEqual([...Array<boolean>(9).fill(true), expect.any(Boolean)]);
	expect(await isIn(used)).toBe(false);
	expect(await isIn(idle)).toBe(false);
});

test('a token is nowhere in the store', async () => {
	const answer = await signInWith({ demoPersonId: anId('person', 1) });
	const store = await server.host.open('accounts');
	const token = answer.cookies[0]?.value ?? '';
	expect(token).toHaveLength(43);
	for await (const changes of store.changes(null)) expect(JSON.stringify(changes)).not.toContain(token);
});

test('a change asked for by another site is refused, whatever browser it comes from', async () => {
	const wish = { demoPersonId: anId('person', 1) };
	const cases: [number, Record<string, string>][] = [
		[403, { 'sec-fetch-site': 'cross-site' }],
		[403, { 'sec-fetch-site': 'same-site' }],
		[403, { 'sec-fetch-site': 'none' }],
		[403, { origin: 'https://elsewhere.example' }],
		[403, { origin: 'null' }],
		[200, { 'sec-fetch-site': 'same-origin' }],
		[200, { origin: 'http://localhost:80', host: 'localhost:80' }],
		[200, {}],
	];
	for (const [status, headers] of cases) expect((await signInWith(wish, headers)).statusCode).toBe(status);
});

test('only JSON is read', async () => {
	const answer = await server.app.inject({
		method: 'POST',
		url: '/api/sign-in',
		headers: { 'content-type': 'text/plain' },
		payload: JSON.stringify({ demoPersonId: anId('person', 1) }),
	});
	expect(answer.statusCode).toBe(415);
	const broken = await server.app.inject({
		method: 'POST',
		url: '/api/sign-in',
		headers: { 'content-type': 'application/json' },
		payload: '{',
	});
	expect(broken.json()).toMatchObject({ type: 'problem:badRequest', status: 400 });
});

test('who tries to sign in without end is slowed down', async () => {
	const statuses: number[] = [];
	for (let attempt = 0; attempt < 125; attempt++) statuses.push((await signInWith({ code: 'guess' })).statusCode);
	expect(statuses).toEqual([...Array<number>(120).fill(403), ...Array<number>(5).fill(429)]);
});
