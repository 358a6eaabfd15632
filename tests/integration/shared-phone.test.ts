import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SLOT_HEADER } from '#domain/accounts/slots.ts';
import type { KnownDevices } from '#domain/accounts/devices.ts';
import type { IssuedInvitation } from '#domain/accounts/messages.ts';
import { idOf } from '#domain/id.ts';
import type { Person } from '#domain/school/roster.ts';
import type { PushResponse } from '#domain/sync/messages.ts';
import { aSchool, anId, anObservation } from '#tests/factories/school.ts';
import { ADMINISTRATOR, startRealSchool, type Browser, type RealSchool } from './real-school.ts';

const [SUPERVISOR, TEACHER, COORDINATOR] = [1, 2, 3];
const SANNE = { name: 'Sanne' };
const YOUSSEF = { name: 'Youssef' };
const DEVICE = (n: number) => idOf('device', String(n).padStart(26, 'D'));

/** Nine more who stand on the playground. */
const SUPERVISORS = Array.from({ length: 9 }, (_, at): Person => {
	const who = { id: anId('person', 20 + at), name: `Wacht ${at + 1}` };
	return { type: 'person', v: 1, schoolId: aSchool().id, roles: ['supervisor'], groupIds: [], ...who };
});

let school: RealSchool;
let phone: Browser;
/** The administrator looks after the devices of this school. */
let office: Browser;

beforeEach(async () => {
	school = await startRealSchool(SUPERVISORS);
	phone = school.browser();
	office = school.browser();
	const identity = { personId: anId('person', ADMINISTRATOR), schoolId: aSchool().id };
	const { token } = await school.schools.accounts.startSession(identity, ['code', 'totp']);
	office.cookies.set('__Host-session', token);
});
afterEach(() => school.stop());

async function codeFor(person: number, isShared?: boolean): Promise<string> {
	const wish = { personId: anId('person', person), ...(isShared && { isShared }) };
	return (await office.post('/api/devices/enrol', wish)).json<IssuedInvitation>().code;
}

const signIn = async (slot: number | string, person: number, isShared?: boolean, from = phone) =>
	from.as(slot).post('/api/sign-in', { code: await codeFor(person, isShared) });

/** Sanne, by the code that makes the phone a shared one, and Youssef beside her. */
async function enrolBoth(): Promise<void> {
	expect((await signIn(1, SUPERVISOR, true)).json()).toMatchObject(SANNE);
	expect((await signIn(2, TEACHER)).json()).toMatchObject(YOUSSEF);
}

const whoIs = async (slot: number | string, from = phone) => (await from.as(slot).get('/api/session')).json<object>();
const SIGNED_OUT = { type: 'problem:signedOut', status: 401 };
const devices = async () => (await office.get('/api/devices')).json<KnownDevices>().devices;

async function push(slot: number, n: number, person: number): Promise<string | undefined> {
	const doc = anObservation(n, { reporterId: anId('person', person) });
	const items = [{ id: doc.id, rev: 'r1', baseRev: null, seq: n, doc }];
	const answer = await phone.as(slot).post('/sync/push', { protocol: 2, deviceId: DEVICE(person), items });
	return answer.json<Partial<PushResponse>>().receipts?.[0]?.result.kind;
}

test('a coordinator’s code makes a phone a shared one, and says so to whoever scans it', async () => {
	const code = await codeFor(SUPERVISOR, true);
	expect((await phone.post('/api/invitation', { code })).json()).toMatchObject({ forDevice: true, forPhone: true });
	const answer = await phone.as(1).post('/api/sign-in', { code });
	const cookies = answer.headers['set-cookie'] as string[];
	expect(cookies.map((each) => each.split('=')[0]).sort()).toEqual(['__Host-phone', '__Host-session-1']);
	for (const cookie of cookies)
		for (const rule of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/']) expect(cookie).toContain(rule);
});

test('several people are signed in on one phone, and each request speaks for one of them', async () => {
	await enrolBoth();
	expect(await whoIs(1)).toMatchObject(SANNE);
	expect(await whoIs(2)).toMatchObject(YOUSSEF);
	expect(await push(1, 1, SUPERVISOR)).toBe('stored');
	expect(await push(2, 2, TEACHER)).toBe('stored');
	const { replica } = school.school;
	expect([1, 2].map((n) => replica.find('observation', anId('observation', n))?.reporterId)).toEqual([
		anId('person', SUPERVISOR),
		anId('person', TEACHER),
	]);
	// In another's name nothing is told, whatever the document says.
	expect(await push(2, 3, SUPERVISOR)).toBe('rejected');
});

test('without a number, with that of nobody, or with one that makes no sense, nobody is signed in', async () => {
	await enrolBoth();
	expect((await phone.get('/api/session')).json()).toMatchObject(SIGNED_OUT);
	const nobodys = fc.oneof(fc.constantFrom('0', '3', '9', '10', '01', '-1', '1.0', '2, 1', '1;2'), fc.string());
	const asHeader = nobodys.filter((text) => /^[\x21-\x7e ]*$/.test(text) && !['1', '2'].includes(text.trim()));
	await fc.assert(
		fc.asyncProperty(asHeader, async (slot) => {
			expect(await whoIs(slot)).toMatchObject(SIGNED_OUT);
		}),
		{ numRuns: 60 },
	);
});

test('an address that is typed speaks for nobody of them; only the stream without data takes a number', async () => {
	await enrolBoth();
	for (const url of ['/api/session?slot=1', '/api/account?slot=1', `/api/session?${SLOT_HEADER}=1`])
		expect((await phone.get(url)).json()).toMatchObject(SIGNED_OUT);
	expect((await phone.get('/sync/poke?slot=3')).json()).toMatchObject(SIGNED_OUT);
	expect((await phone.get('/sync/poke?slot=1&slot=2')).json()).toMatchObject(SIGNED_OUT);
});

test('what another site sends changes nothing, whatever number it says', async () => {
	await enrolBoth();
	const cookies = Object.fromEntries(phone.cookies);
	const headers = { [SLOT_HEADER]: '1', 'sec-fetch-site': 'cross-site' };
	const answer = await school.app.inject({ method: 'POST', url: '/api/sign-out', headers, cookies, payload: {} });
	expect(answer.json()).toMatchObject({ type: 'problem:crossSite' });
	expect(await whoIs(1)).toMatchObject(SANNE);
});

test('nobody signs in beside another on a phone that is not shared, and the code is not used up', async () => {
	const code = await codeFor(SUPERVISOR);
	expect((await phone.as(1).post('/api/sign-in', { code })).statusCode).toBe(403);
	expect((await phone.as('x').post('/api/sign-in', { code })).statusCode).toBe(400);
	phone.cookies.set('__Host-phone', 'never-was-one');
	expect((await phone.as(1).post('/api/sign-in', { code })).statusCode).toBe(403);
	expect((await phone.post('/api/sign-in', { code })).json()).toMatchObject(SANNE);
});

test('who needs two factors does not come in on a shared phone', async () => {
	await enrolBoth();
	const code = await school.codeFor(COORDINATOR);
	expect((await phone.as(3).post('/api/sign-in', { code })).json()).toMatchObject({ type: 'problem:notAllowed' });
	expect(await whoIs(3)).toMatchObject(SIGNED_OUT);
});

test('eight people share a phone, and a ninth finds no room; who is on it may sign in anew', async () => {
	for (const [at] of SUPERVISORS.slice(0, 8).entries())
		expect((await signIn(at + 1, 20 + at, at === 0)).statusCode).toBe(200);
	expect((await signIn(9, 28)).json()).toMatchObject({ type: 'problem:notAllowed' });
	expect((await signIn(9, 20)).json()).toMatchObject({ name: 'Wacht 1' });
	await phone.as(3).post('/api/sign-out');
	expect((await signIn(3, 28)).json()).toMatchObject({ name: 'Wacht 9' });
});

test('signing out ends the own session only', async () => {
	await enrolBoth();
	expect((await phone.as(1).post('/api/sign-out')).statusCode).toBe(204);
	expect(await whoIs(1)).toMatchObject(SIGNED_OUT);
	expect(await whoIs(2)).toMatchObject(YOUSSEF);
});

test('the school empties what is one person’s, and the others go on', async () => {
	await enrolBoth();
	const [first] = (await devices()).filter(({ personId }) => personId === anId('person', SUPERVISOR));
	await office.post('/api/devices/revoke', { id: first?.id });
	expect(await whoIs(1)).toMatchObject({ type: 'problem:mustForget' });
	// What was written there comes in first.
	expect(await push(1, 1, SUPERVISOR)).toBe('stored');
	expect(await whoIs(2)).toMatchObject(YOUSSEF);
	await phone.as(1).post('/api/sign-out');
	const after = (await devices()).find(({ personId }) => personId === anId('person', SUPERVISOR));
	expect(after?.revoked?.forgottenAt).not.toBeNull();
});

test('a whole phone is taken off at once: everybody on it must forget, and nobody signs in on it again', async () => {
	await enrolBoth();
	const on = (await devices()).filter(({ phone: id }) => id !== undefined);
	expect(on.map(({ personId }) => personId).sort()).toEqual([anId('person', SUPERVISOR), anId('person', TEACHER)]);
	const [id, ...others] = [...new Set(on.map((each) => each.phone))];
	expect(others).toEqual([]);
	expect((await office.post('/api/devices/revoke-phone', { id: 'never-was-one' })).statusCode).toBe(404);
	expect((await phone.as(1).post('/api/devices/revoke-phone', { id })).statusCode).toBe(404);
	expect((await office.post('/api/devices/revoke-phone', { id })).statusCode).toBe(204);
	for (const slot of [1, 2]) expect(await whoIs(slot)).toMatchObject({ type: 'problem:mustForget' });
	expect((await signIn(3, 20)).statusCode).toBe(403);
	// As a phone that the school lets in anew it may.
	expect((await signIn(3, 20, true)).statusCode).toBe(200);
	const anew = (await devices()).find(({ personId }) => personId === anId('person', 20));
	expect(anew?.phone).not.toBe(id);
});
