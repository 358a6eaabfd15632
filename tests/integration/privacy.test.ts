import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DomainDocument } from '#domain/document.ts';
import { anId, anObservation } from '#tests/factories/school.ts';
import { startSchool } from './running-school.ts';

let server: Awaited<ReturnType<typeof startSchool>>;

beforeEach(async () => {
	server = await startSchool();
});
afterEach(() => server.stop());

test('a log at its most talkative names no person, no document, no token and no address', async () => {
	const [supervisor, teacher] = [await server.signIn(1), await server.signIn(2)];
	await supervisor.push([
		supervisor.item(anObservation(1, { note: 'Daan was very angry' })),
		supervisor.item({ ...anObservation(2), note: { Daan: 1 } } as unknown as DomainDocument),
	]);
	await teacher.pull();
	await server.app.inject({ method: 'POST', url: '/api/sign-in', payload: { code: 'wrong-code' } });
	await teacher.send({ method: 'GET', url: '/pupils/pup_secret?name=Daan', headers: { accept: 'text/html' } });
	const log = server.log.join('');
	expect(log).toContain('/sync/push');
	// That somebody was refused, for whoever watches over the server; not who.
	expect(log).toContain('"problem":"refused"');
	for (const secret of [
		'Daan',
		'Sanne',
		'per_',
		'obs_',
		'pup_',
		'__Host',
		'127.0.0.1',
		'wrong-code',
		supervisor.deviceId,
	]) {
		expect(log).not.toContain(secret);
	}
});

test('a failure inside is told as a problem, without what or where, and logged without what it was about', async () => {
	const supervisor = await server.signIn(1);
	server.school.replica.write = async () => {
		throw new Error(`cannot store ${anId('person', 1)} at /var/lib/secret`);
	};
	const answer = await supervisor.send({
		method: 'POST',
		url: '/sync/push',
		payload: { protocol: 1, deviceId: supervisor.deviceId, items: [supervisor.item(anObservation(1))] },
	});
	expect(answer.statusCode).toBe(500);
	expect(answer.json()).toEqual({ type: 'problem:fault', title: 'The server failed', status: 500 });
	expect(server.log.join('')).toContain('"fault":"Error"');
	expect(server.log.join('')).not.toContain('secret');
});
