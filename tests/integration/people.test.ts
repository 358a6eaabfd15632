import { TOTP } from 'otpauth';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { IssuedInvitation, PeopleView } from '#domain/accounts/messages.ts';
import { anId } from '#tests/factories/school.ts';
import { ADMINISTRATOR, startRealSchool, type Browser, type RealSchool } from './real-school.ts';

let school: RealSchool;
let administrator: Browser;

beforeEach(async () => {
	school = await startRealSchool();
	administrator = school.browser();
	await administrator.post('/api/sign-in', { code: await school.codeFor(ADMINISTRATOR) });
	await administrator.post('/api/account/password', {
		signInName: 'wim@school.example',
		next: 'drie geiten op het dak',
	});
	const { secret } = (await administrator.post('/api/account/totp')).json<{ secret: string }>();
	const code = new TOTP({ secret }).generate({ timestamp: school.schools.now().getTime() });
	await administrator.post('/api/account/totp/confirm', { code });
});
afterEach(() => school.stop());

const aNewPerson = { name: 'Fatma Demir', roles: ['teacher'], groupIds: [anId('group', 6)] };

test('the administrator adds a colleague, who gets in with the link', async () => {
	const added = await administrator.post('/api/people', aNewPerson);
	const { code, personId } = added.json<IssuedInvitation>();
	const colleague = school.browser();
	const session = (await colleague.post('/api/sign-in', { code })).json<{ name: string; roles: string[] }>();
	expect(session).toMatchObject({ name: 'Fatma Demir', roles: ['teacher'], groupIds: [anId('group', 6)] });
	const { people } = (await administrator.get('/api/people')).json<PeopleView>();
	expect(people.find((each) => each.personId === personId)).toMatchObject({ hasAccount: false, invitedUntil: null });
});

test('other rights count at the next request', async () => {
	const { code, personId } = (await administrator.post('/api/people', aNewPerson)).json<IssuedInvitation>();
	const colleague = school.browser();
	await colleague.post('/api/sign-in', { code });
	const revised = { personId, name: 'Fatma Demir', roles: ['supervisor'], groupIds: [] };
	expect((await administrator.post('/api/people/revise', revised)).statusCode).toBe(204);
	expect((await colleague.get('/api/session')).json()).toMatchObject({ roles: ['supervisor'], groupIds: [] });
});

test('who leaves is out at once and cannot come back, and the name stays with what was written', async () => {
	const { code, personId } = (await administrator.post('/api/people', aNewPerson)).json<IssuedInvitation>();
	const colleague = school.browser();
	await colleague.post('/api/sign-in', { code });
	await colleague.post('/api/account/password', { signInName: 'f@school.example', next: 'vier schapen in de wei' });
	const late = (await administrator.post('/api/people/invite', { personId })).json<IssuedInvitation>();
	expect((await administrator.post('/api/people/leave', { personId })).statusCode).toBe(204);
	expect((await colleague.get('/api/session')).statusCode).toBe(401);
	const password = { signInName: 'f@school.example', password: 'vier schapen in de wei' };
	expect((await colleague.post('/api/sign-in/password', password)).statusCode).toBe(403);
	expect((await colleague.post('/api/sign-in', { code: late.code })).statusCode).toBe(403);
	expect(school.school.replica.find('person', personId)).toMatchObject({ name: 'Fatma Demir', hasLeft: true });
});

test('an administrator cannot widen their own rights, nor get in as themselves by a link', async () => {
	const personId = anId('person', ADMINISTRATOR);
	const wider = { personId, name: 'Wim Beheer', roles: ['administrator', 'coordinator'], groupIds: [] };
	expect((await administrator.post('/api/people/revise', wider)).statusCode).toBe(403);
	expect((await administrator.post('/api/people/invite', { personId })).statusCode).toBe(403);
	expect((await administrator.post('/api/people/leave', { personId })).statusCode).toBe(403);
});

test('fields nobody asked for, unknown groups and roles are refused', async () => {
	for (const more of [
		{ id: anId('person', 1) },
		{ schoolId: anId('school', 2) },
		{ hasLeft: true },
		{ type: 'school' },
		{ roles: ['owner'] },
		{ roles: [] },
		{ groupIds: [anId('group', 99)] },
		{ siteIds: [anId('site', 99)] },
	]) {
		expect((await administrator.post('/api/people', { ...aNewPerson, ...more })).statusCode).toBe(400);
	}
});

test('to everybody else the people page is not there', async () => {
	const teacher = school.browser();
	await teacher.post('/api/sign-in', { code: await school.codeFor(2) });
	const nothing = await teacher.get('/api/nothing-like-this');
	const people = await teacher.get('/api/people');
	expect([people.statusCode, people.body]).toEqual([nothing.statusCode, nothing.body]);
	for (const url of ['/api/people', '/api/people/revise', '/api/people/invite', '/api/people/leave']) {
		expect((await teacher.post(url, aNewPerson)).statusCode).toBe(404);
	}
});
