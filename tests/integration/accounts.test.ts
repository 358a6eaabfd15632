import { TOTP } from 'otpauth';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { idOf } from '#domain/id.ts';
import type { PushResponse } from '#domain/sync/messages.ts';
import { MS_PER_DAY } from '#domain/time/local-time.ts';
import { resetUser } from '#server/cli/user-work.ts';
import { wayOf } from '#server/accounts/credentials.ts';
import { aSchool, aSession, anId, anObservation } from '#tests/factories/school.ts';
import { startRealSchool, type Browser, type RealSchool } from './real-school.ts';

const PASSWORD = 'drie geiten op het dak';
const MINUTE_MS = 60 * 1000;
const COORDINATOR = { signInName: 'marijke@school.example', password: PASSWORD };

let school: RealSchool;
let browser: Browser;

beforeEach(async () => {
	school = await startRealSchool();
	browser = school.browser();
});
afterEach(() => school.stop());

const tokenOf = (secret: string) => new TOTP({ secret }).generate({ timestamp: school.schools.now().getTime() });

async function settle(person: number, signInName: string, from = browser) {
	await from.post('/api/sign-in', { code: await school.codeFor(person) });
	return from.post('/api/account/password', { signInName, next: PASSWORD });
}

/** The teacher's second device, beside the browser. */
async function settledPhone(): Promise<Browser> {
	await settle(2, 'youssef@school.example');
	const phone = school.browser();
	await phone.post('/api/sign-in/password', { signInName: 'youssef@school.example', password: PASSWORD });
	return phone;
}

/** What was written there and had not arrived. */
async function tellLast(phone: Browser, n: number): Promise<string | undefined> {
	const doc = anObservation(n, { reporterId: anId('person', 2) });
	const items = [{ id: doc.id, rev: 'r1', baseRev: null, seq: 1, doc }];
	const answer = await phone.post('/sync/push', { protocol: 2, deviceId: idOf('device', 'D'.repeat(26)), items });
	return answer.json<Partial<PushResponse>>().receipts?.[0]?.result.kind;
}

/** A coordinator with password and authenticator app, as the enrolment leaves her. */
async function settleCoordinator(): Promise<{ secret: string; recoveryCodes: string[] }> {
	await settle(3, COORDINATOR.signInName);
	const { secret } = (await browser.post('/api/account/totp')).json<{ secret: string }>();
	const confirmed = await browser.post('/api/account/totp/confirm', { code: tokenOf(secret) });
	school.passTime(MINUTE_MS);
	return { secret, ...confirmed.json<{ recoveryCodes: string[] }>() };
}

test('an invitation says whom it is for, opens once, and not after a day', async () => {
	const code = await school.codeFor(2);
	expect((await browser.post('/api/invitation', { code })).json()).toEqual({
		name: 'Youssef',
		schoolName: 'De Watertoren',
	});
	expect((await browser.post('/api/sign-in', { code })).json()).toEqual(aSession('teacher'));
	const after = await browser.post('/api/invitation', { code });
	const never = await browser.post('/api/invitation', { code: 'NEVER-WAS-ONE' });
	expect([after.statusCode, after.body]).toEqual([never.statusCode, never.body]);
	const late = await school.codeFor(2);
	school.passTime(MS_PER_DAY);
	expect((await browser.post('/api/invitation', { code: late })).statusCode).toBe(404);
});

test('a teacher sets a password and signs in with it on another device', async () => {
	expect((await settle(2, 'Youssef@School.example ')).statusCode).toBe(204);
	const other = school.browser();
	const answer = await other.post('/api/sign-in/password', {
		signInName: 'youssef@school.example',
		password: PASSWORD,
	});
	expect(answer.json()).toEqual(aSession('teacher'));
	const wrong = await other.post('/api/sign-in/password', { signInName: 'youssef@school.example', password: 'wrong' });
	const unknown = await other.post('/api/sign-in/password', { signInName: 'nobody@school.example', password: 'wrong' });
	expect([wrong.statusCode, wrong.body]).toEqual([unknown.statusCode, unknown.body]);
	expect(wrong.statusCode).toBe(403);
});

test('a weak password, a name in use and a wrong current password are refused, each for what it is', async () => {
	await settle(2, 'team@school.example');
	const other = school.browser();
	const kindOf = async (body: object) =>
		(await other.post('/api/account/password', body)).json<{ type: string }>().type;
	await other.post('/api/sign-in', { code: await school.codeFor(1) });
	expect(await kindOf({ signInName: 'sanne@school.example', next: 'short' })).toBe('problem:tooShort');
	expect(await kindOf({ signInName: 'sanne@school.example', next: 'welkom202620' })).toBe('problem:common');
	expect(await kindOf({ signInName: 'team@school.example', next: PASSWORD })).toBe('problem:nameTaken');
	expect(await kindOf({ next: PASSWORD })).toBe('problem:badRequest');
	expect(
		(await other.post('/api/account/password', { signInName: 's@school.example', next: PASSWORD })).statusCode,
	).toBe(204);
	expect(await kindOf({ current: 'not it', next: 'vier schapen in de wei' })).toBe('problem:wrongCurrent');
});

test('a coordinator gets no further than her second factor: no session, no pull, no people', async () => {
	const answer = await browser.post('/api/sign-in', { code: await school.codeFor(3) });
	expect(answer.statusCode).toBe(202);
	expect(answer.json()).toEqual({ kind: 'due', due: 'enrol', name: 'Marijke', methods: [] });
	for (const url of ['/api/session', '/api/account', '/api/people', '/sync/poke']) {
		expect((await browser.get(url)).statusCode).toBe(401);
	}
	expect((await browser.post('/sync/pull')).statusCode).toBe(401);
});

test('with an authenticator app she is in, and next time is asked for both', async () => {
	const { secret, recoveryCodes } = await settleCoordinator();
	expect(recoveryCodes).toHaveLength(10);
	expect((await browser.get('/api/session')).json()).toEqual(aSession('coordinator'));

	const laptop = school.browser();
	const first = await laptop.post('/api/sign-in/password', COORDINATOR);
	expect(first.json()).toEqual({ kind: 'due', due: 'verify', name: 'Marijke', methods: ['totp', 'recovery'] });
	const before = laptop.cookies.get('__Host-session');
	expect((await laptop.get('/api/session')).statusCode).toBe(401);
	expect((await laptop.post('/api/account/totp')).statusCode).toBe(401);
	const second = await laptop.post('/api/sign-in/second', { totp: tokenOf(secret) });
	expect(second.json()).toEqual(aSession('coordinator'));
	expect(laptop.cookies.get('__Host-session')).not.toBe(before);
	expect((await laptop.get('/api/session')).statusCode).toBe(200);
});

test('a code of the app works once, a recovery code once, and a wrong one not', async () => {
	const { secret, recoveryCodes } = await settleCoordinator();
	const again = async (second: object) => {
		const laptop = school.browser();
		await laptop.post('/api/sign-in/password', COORDINATOR);
		return (await laptop.post('/api/sign-in/second', second)).statusCode;
	};
	const token = tokenOf(secret);
	expect(await again({ totp: token })).toBe(200);
	expect(await again({ totp: token })).toBe(403);
	const recovery = recoveryCodes[0]?.toLowerCase();
	expect(await again({ recovery })).toBe(200);
	expect(await again({ recovery })).toBe(403);
});

test('who guesses waits ever longer, and nobody is locked out', async () => {
	await settle(2, 'youssef@school.example');
	const guess = (password: string) =>
		school.browser().post('/api/sign-in/password', { signInName: 'youssef@school.example', password });
	for (let tries = 0; tries < 3; tries++) expect((await guess('wrong')).statusCode).toBe(403);
	const slowed = await guess(PASSWORD);
	expect([slowed.statusCode, slowed.headers['retry-after']]).toEqual([429, '1']);
	school.passTime(1000);
	expect((await guess(PASSWORD)).statusCode).toBe(200);
});

test('six digits cannot be tried out either, not with ever new sessions', async () => {
	await settleCoordinator();
	const statuses: number[] = [];
	for (let tries = 0; tries < 5; tries++) {
		const laptop = school.browser();
		await laptop.post('/api/sign-in/password', COORDINATOR);
		statuses.push((await laptop.post('/api/sign-in/second', { totp: '000000' })).statusCode);
	}
	expect(statuses).toEqual([403, 403, 403, 429, 429]);
});

test('a person sees own devices only, ends one, and ends all others', async () => {
	await settle(2, 'youssef@school.example');
	const phone = school.browser();
	await phone.post('/api/sign-in/password', { signInName: 'youssef@school.example', password: PASSWORD });
	const someone = school.browser();
	await someone.post('/api/sign-in', { code: await school.codeFor(1) });
	const devicesOf = async (from: Browser) =>
		(await from.get('/api/account')).json<{ devices: { id: string; label: string; isThis: boolean }[] }>().devices;

	const own = await devicesOf(browser);
	expect(own.map(({ label }) => label)).toEqual(['Chrome · Linux', 'Chrome · Linux']);
	const [foreign] = await devicesOf(someone);
	expect((await browser.post('/api/account/devices/end', { id: foreign?.id })).statusCode).toBe(404);
	expect((await someone.get('/api/session')).statusCode).toBe(200);
	expect((await browser.post('/api/account/devices/end-others')).statusCode).toBe(204);
	expect((await phone.get('/api/session')).statusCode).toBe(401);
	expect((await browser.get('/api/session')).statusCode).toBe(200);
});

test('ended elsewhere, a device empties itself, and what waits there still comes in', async () => {
	const phone = await settledPhone();
	const [other] = (await browser.get('/api/account'))
		.json<{ devices: { id: string; isThis: boolean }[] }>()
		.devices.filter(({ isThis }) => !isThis);
	expect((await browser.post('/api/account/devices/end', { id: other?.id })).statusCode).toBe(204);
	expect((await phone.get('/api/session')).json()).toMatchObject({ type: 'problem:mustForget' });
	expect(await tellLast(phone, 1)).toBe('stored');
	await phone.post('/api/sign-out');
	expect((await phone.get('/api/session')).json()).toMatchObject({ type: 'problem:signedOut' });
});

test('another password empties every other device, and what waits there still comes in', async () => {
	const phone = await settledPhone();
	await browser.post('/api/account/password', { current: PASSWORD, next: 'vier schapen in de wei' });
	expect((await phone.get('/api/session')).json()).toMatchObject({ type: 'problem:mustForget' });
	expect(await tellLast(phone, 1)).toBe('stored');
});

test('taking off a passkey that is somebody else’s leaves theirs as it is', async () => {
	const way = wayOf.passkey('theirs');
	const theirs = { personId: anId('person', 3), schoolId: aSchool().id };
	await school.schools.credentials.claimWay(way, theirs);
	await settle(2, 'youssef@school.example');
	expect((await browser.post('/api/account/passkey/remove', { id: 'theirs' })).statusCode).toBe(204);
	expect(await school.schools.credentials.whoseWay(way)).toEqual(theirs);
});

test('a new code ends the one before it, and beginning anew ends all', async () => {
	const [first, second] = [await school.codeFor(2), await school.codeFor(2)];
	expect((await browser.post('/api/sign-in', { code: first })).statusCode).toBe(403);
	await resetUser(school.schools, { id: anId('person', 2) }, () => Promise.resolve());
	expect((await browser.post('/api/sign-in', { code: second })).statusCode).toBe(403);
});

test('another password ends every other session', async () => {
	await settle(2, 'youssef@school.example');
	const phone = school.browser();
	await phone.post('/api/sign-in/password', { signInName: 'youssef@school.example', password: PASSWORD });
	await browser.post('/api/account/password', { current: PASSWORD, next: 'vier schapen in de wei' });
	expect((await phone.get('/api/session')).statusCode).toBe(401);
});

test('ways into an account change only shortly after signing in, and the last one stays', async () => {
	await settleCoordinator();
	expect((await browser.post('/api/account/totp/remove')).json()).toMatchObject({ type: 'problem:lastFactor' });
	school.passTime(16 * MINUTE_MS);
	expect((await browser.post('/api/account/recovery')).json()).toMatchObject({ type: 'problem:signInAgain' });
});

test('an administrator is out after an hour at rest, and after half a day in any case', async () => {
	const isIn = async () => (await browser.get('/api/session')).statusCode === 200;
	await settle(9, 'wim@school.example');
	const { secret } = (await browser.post('/api/account/totp')).json<{ secret: string }>();
	await browser.post('/api/account/totp/confirm', { code: tokenOf(secret) });
	expect(await isIn()).toBe(true);
	for (let hour = 0; hour < 11; hour++) {
		school.passTime(55 * MINUTE_MS);
		expect(await isIn()).toBe(true);
	}
	school.passTime(61 * MINUTE_MS);
	expect(await isIn()).toBe(false);
});

test('no password, secret or code stands in the store as it is', async () => {
	const { recoveryCodes } = await settleCoordinator();
	const store = await school.host.open('accounts');
	const all: string[] = [];
	for await (const changes of store.changes(null)) all.push(JSON.stringify(changes));
	for (const secret of [PASSWORD, recoveryCodes[0] ?? '-', browser.cookies.get('__Host-session') ?? '-']) {
		expect(all.join('')).not.toContain(secret);
	}
	expect(all.join('')).toContain('$argon2id$');
	expect(all.join('')).toContain(anId('person', 3));
});

test('who lost the second factor and the codes begins anew, by the hand of whoever hosts', async () => {
	await settleCoordinator();
	const said: string[] = [];
	await resetUser(school.schools, { id: anId('person', 3) }, async (text) => void said.push(text));
	expect((await browser.get('/api/session')).statusCode).toBe(401);
	const anew = school.browser();
	expect((await anew.post('/api/sign-in/password', COORDINATOR)).statusCode).toBe(403);
	const code = /^ {2}(\S+)$/m.exec(said.join(''))?.[1];
	// In with the code, and first of all to a new second factor.
	expect((await anew.post('/api/sign-in', { code })).json()).toMatchObject({ kind: 'due', due: 'enrol' });
	await expect(resetUser(school.schools, { id: 'per_nobody' }, async () => {})).rejects.toThrow(/user list/);
});

test('a hundred tries at once are a hundred tries', async () => {
	await settle(2, 'youssef@school.example');
	const wrong = { signInName: 'youssef@school.example', password: 'wrong' };
	const answers = await Promise.all(
		Array.from({ length: 40 }, () => school.browser().post('/api/sign-in/password', wrong)),
	);
	const codes = answers.map(({ statusCode }) => statusCode);
	expect(codes.filter((code) => code === 403)).toHaveLength(3);
	expect(codes.filter((code) => code === 429)).toHaveLength(37);
});
