import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { anId, anObservation } from '#tests/factories/school.ts';
import { startSchool } from './running-school.ts';

let server: Awaited<ReturnType<typeof startSchool>>;
let address: string;

beforeEach(async () => {
	server = await startSchool();
	await server.app.listen({ port: 0, host: '127.0.0.1' });
	address = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`;
});
afterEach(() => server.stop());

async function listen(person: number) {
	const signedIn = await fetch(`${address}/api/sign-in`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ demoPersonId: anId('person', person) }),
	});
	const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
	const answer = await fetch(`${address}/sync/poke`, { headers: { cookie } });
	const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
	if (!reader) throw new Error('There is no stream');
	let heard = '';
	return {
		answer,
		cookie,
		heard: () => heard,
		async until(text: string) {
			while (!heard.includes(text)) {
				const { value, done } = await reader.read();
				if (done) return false;
				heard += value;
			}
			return true;
		},
	};
}

test('a poke comes when there is something to pull, carries nothing, and reaches nobody else', async () => {
	const [coordinator, teacher] = [await listen(3), await listen(2)];
	await Promise.all([coordinator.until('hello'), teacher.until('hello')]);
	expect(coordinator.answer.headers.get('content-type')).toBe('text/event-stream');

	const supervisor = await server.signIn(1);
	const elsewhere = anObservation(1, { participants: [{ role: 'victim', pupilId: anId('pupil', 6) }] });
	await supervisor.push([supervisor.item(elsewhere)]);
	expect(await coordinator.until('event: poke\ndata:\n\n')).toBe(true);
	expect(coordinator.heard()).toBe(': hello\n\nevent: poke\ndata:\n\n');

	await supervisor.push([supervisor.item(anObservation(2))]);
	expect(await teacher.until('poke')).toBe(true);
	expect(teacher.heard()).toBe(': hello\n\nevent: poke\ndata:\n\n');
});

test('signing out ends the stream', async () => {
	const teacher = await listen(2);
	await teacher.until('hello');
	await fetch(`${address}/api/sign-out`, { method: 'POST', headers: { cookie: teacher.cookie } });
	expect(await teacher.until('never said')).toBe(false);
});

test('the server can close while somebody listens', async () => {
	const teacher = await listen(2);
	await teacher.until('hello');
	await server.app.close();
	expect(await teacher.until('never said')).toBe(false);
});
