import { afterEach, beforeEach, expect, test } from 'vitest';
import { aSession } from '#tests/factories/school.ts';
import { RETURN_PATH } from '#server/accounts/school-account.ts';
import { CLIENT, startIdentityProvider } from './identity-provider.ts';
import { startRealSchool, type Browser, type RealSchool } from './real-school.ts';

const MINUTE_MS = 60 * 1000;
const PUBLIC_URL = 'http://127.0.0.1:9';
const RETURN_URL = `${PUBLIC_URL}${RETURN_PATH}`;

let provider: Awaited<ReturnType<typeof startIdentityProvider>>;
let school: RealSchool;

beforeEach(async () => {
	provider = await startIdentityProvider(RETURN_URL);
	const settings = { issuer: provider.issuer, ...CLIENT, name: 'Entree', publicUrl: PUBLIC_URL };
	school = await startRealSchool([], settings);
});
afterEach(async () => {
	await school.stop();
	await provider.stop();
});

/** Leaves for the provider, signs in there as `subject`, and says where the provider sends the browser. */
async function journey(browser: Browser, subject: string, from = '/api/sign-in/school-account'): Promise<string> {
	const leaving = await browser.get(from);
	expect(leaving.statusCode).toBe(303);
	return (await provider.signIn(String(leaving.headers.location), subject)).slice(PUBLIC_URL.length);
}

async function linkedTeacher(subject: string): Promise<Browser> {
	const browser = school.browser();
	await browser.post('/api/sign-in', { code: await school.codeFor(2) });
	const back = await browser.get(await journey(browser, subject, '/api/account/school-account'));
	expect(back.headers.location).toBe('/account');
	return browser;
}

test('the sign-in page offers the school’s own sign-in by its name', async () => {
	expect((await school.app.inject('/api/sign-in')).json()).toMatchObject({ schoolAccount: 'Entree' });
});

test('once linked after an invitation, the school account signs its person in', async () => {
	await linkedTeacher('youssef-7');
	const browser = school.browser();
	const back = await browser.get(await journey(browser, 'youssef-7'));
	expect(back.headers.location).toBe('/sign-in#school-account');
	expect((await browser.get('/api/session')).json()).toEqual(aSession('teacher'));
});

test('a subject nobody linked gets nowhere, and one account is linked to one person', async () => {
	await linkedTeacher('youssef-7');
	const stranger = school.browser();
	const unknown = await stranger.get(await journey(stranger, 'somebody-else'));
	expect(unknown.headers.location).toBe('/sign-in#school-account-unknown');
	expect((await stranger.get('/api/session')).statusCode).toBe(401);

	const other = school.browser();
	await other.post('/api/sign-in', { code: await school.codeFor(1) });
	const taken = await other.get(await journey(other, 'youssef-7', '/api/account/school-account'));
	expect(taken.headers.location).toBe('/sign-in#school-account-taken');
});

test('an answer counts once, in the browser that left, with the state it left with', async () => {
	await linkedTeacher('youssef-7');
	const browser = school.browser();
	const answer = await journey(browser, 'youssef-7');
	const thief = school.browser();
	expect((await thief.get(answer)).headers.location).toBe('/sign-in#school-account-failed');
	await thief.get('/api/sign-in/school-account');
	expect((await thief.get(answer)).headers.location).toBe('/sign-in#school-account-failed');
	expect((await browser.get(answer)).headers.location).toBe('/sign-in#school-account');
	expect((await browser.get(answer)).headers.location).toBe('/sign-in#school-account-failed');
	for (const query of ['', '?', '?code=made-up&state=made-up', '?error=access_denied']) {
		await browser.get('/api/sign-in/school-account');
		expect((await browser.get(`${RETURN_PATH}${query}`)).headers.location).toBe('/sign-in#school-account-failed');
	}
});

test('the school account is one factor: a coordinator still shows her second', async () => {
	const browser = school.browser();
	await browser.post('/api/sign-in', { code: await school.codeFor(3) });
	await browser.get(await journey(browser, 'marijke-1', '/api/account/school-account'));
	const laptop = school.browser();
	await laptop.get(await journey(laptop, 'marijke-1'));
	expect((await laptop.get('/api/session')).statusCode).toBe(401);
});

test('linking takes a fresh sign-in, on leaving and on coming back, in a session that still stands', async () => {
	const browser = school.browser();
	await browser.post('/api/sign-in', { code: await school.codeFor(2) });
	const early = await journey(browser, 'thief-1', '/api/account/school-account');
	school.passTime(16 * MINUTE_MS);
	expect((await browser.get('/api/account/school-account')).headers.location).toBe('/account#sign-in-again');
	// The journey itself is over after ten minutes.
	expect((await browser.get(early)).headers.location).toBe('/sign-in#school-account-failed');

	const other = school.browser();
	await other.post('/api/sign-in', { code: await school.codeFor(2) });
	const begun = await journey(other, 'thief-2', '/api/account/school-account');
	await other.post('/api/sign-out');
	expect((await other.get(begun)).headers.location).toBe('/account#sign-in-again');
	const thief = school.browser();
	expect((await thief.get(await journey(thief, 'thief-2'))).headers.location).toBe('/sign-in#school-account-unknown');
});

test('a linked account can be taken off again, and then signs nobody in', async () => {
	const browser = await linkedTeacher('youssef-7');
	expect((await browser.post('/api/account/school-account/remove')).statusCode).toBe(409);
	await browser.post('/api/account/password', { signInName: 'youssef@school.example', next: 'drie geiten op het dak' });
	expect((await browser.post('/api/account/school-account/remove')).statusCode).toBe(204);
	const back = school.browser();
	expect((await back.get(await journey(back, 'youssef-7'))).headers.location).toBe('/sign-in#school-account-unknown');
});
