import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Look } from '#domain/access/looks.ts';
import type { Session } from '#domain/session.ts';
import type { Instant } from '#domain/time/local-time.ts';
import { anId, aSession } from '#tests/factories/school.ts';
import { keepLooksLeft, tellLooksLeft } from './looks-left.ts';
import { SettingsDatabase } from './settings-database.ts';

const settings = new SettingsDatabase();
const aLook = (n: number): Look => ({
	id: String(n).padStart(26, '0'),
	at: '2026-03-09T12:00:00.000Z' as Instant,
	kind: 'page',
	about: anId('pupil', n),
});
const notes = (...looks: Look[]) => ({ get: async () => looks });

/** A server that knows who is signed in, and hears looks; `null`: it cannot be reached. */
let session: Session | null;
let heard: Look[];

beforeEach(() => {
	session = null;
	heard = [];
	vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
		if (!session) throw new TypeError('no network');
		if (path === '/api/session') return Response.json(session);
		heard.push(...(JSON.parse(init.body as string) as { looks: Look[] }).looks);
		return new Response(null, { status: 204 });
	});
});
afterEach(async () => {
	vi.unstubAllGlobals();
	await settings.settings.clear();
});

test('who signs out without a network still has looked: the server hears it as soon as it can', async () => {
	const supervisor = aSession('supervisor');
	const looks = Array.from({ length: 60 }, (_, n) => aLook(n + 1));
	await keepLooksLeft(settings, supervisor.personId, notes(...looks));
	await tellLooksLeft(settings);
	expect(heard).toEqual([]);
	session = supervisor;
	await tellLooksLeft(settings);
	expect(heard).toEqual(looks);
	await tellLooksLeft(settings);
	expect(heard).toHaveLength(looks.length);
	expect(await settings.read('looksLeft')).toBeUndefined();
});

test('nobody is said to have looked where somebody else did', async () => {
	await keepLooksLeft(settings, anId('person', 1), notes(aLook(1)));
	await keepLooksLeft(settings, anId('person', 2), notes(aLook(2)));
	session = { ...aSession('teacher'), personId: anId('person', 2) };
	await tellLooksLeft(settings);
	expect(heard).toEqual([aLook(2)]);
	session = { ...session, personId: anId('person', 1) };
	await tellLooksLeft(settings);
	expect(heard).toEqual([aLook(2), aLook(1)]);
});

test('who may not sign out yet has them back as they were, and nothing readable lies on the disk', async () => {
	const takeBack = await keepLooksLeft(settings, anId('person', 1), notes(aLook(1)));
	const kept = await settings.read('looksLeft');
	expect(Buffer.from(kept as Uint8Array).toString()).not.toContain(anId('pupil', 1));
	await takeBack();
	expect(await settings.read('looksLeft')).toBeUndefined();
});
