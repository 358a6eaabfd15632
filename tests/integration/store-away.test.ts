import { afterAll, beforeAll, expect, test } from 'vitest';
import { couchdbHost } from '#server/store/couchdb.ts';
import { startCouchDouble } from '#tests/contracts/couch-double.ts';
import { startFaultyProxy } from '#tests/contracts/faulty-proxy.ts';
import { aRoster, anObservation } from '#tests/factories/school.ts';
import { startSchool } from './running-school.ts';

let couch: Awaited<ReturnType<typeof startCouchDouble>>;
let proxy: Awaited<ReturnType<typeof startFaultyProxy>>;
let away = false;

beforeAll(async () => {
	couch = await startCouchDouble();
	proxy = await startFaultyProxy(couch.url, () => (away ? 'lostBefore' : 'none'));
});
afterAll(async () => {
	await proxy.stop();
	await couch.stop();
});

test('while CouchDB is away devices are told to come back, nothing is receipted, and the server recovers', async () => {
	const server = await startSchool(aRoster(), await couchdbHost(proxy.url));
	const supervisor = await server.signIn(1);
	const item = supervisor.item(anObservation(1));
	away = true;
	const payload = { protocol: 1, deviceId: supervisor.deviceId, items: [item] };
	const refused = await supervisor.send({ method: 'POST', url: '/sync/push', payload });
	expect(refused.statusCode).toBe(503);
	expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
	expect(refused.json()).toMatchObject({ type: 'problem:unavailable' });
	const health = () => server.app.inject({ method: 'GET', url: '/health' });
	expect((await health()).statusCode).toBe(503);
	away = false;
	expect(await supervisor.push([item])).toMatchObject([{ result: { kind: 'stored' } }]);
	await expect.poll(async () => (await health()).json<unknown>(), { timeout: 30_000 }).toEqual({ status: 'ok' });
	expect(await supervisor.push([item])).toMatchObject([{ result: { kind: 'duplicate' } }]);
	expect(server.log.join('')).toContain('store unavailable');
	expect(server.log.join('')).not.toContain('127.0.0.1');
	await server.stop();
});
