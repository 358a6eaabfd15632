import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { anId } from '#tests/factories/school.ts';
import { openKeys } from './device-keys.ts';
import { openSealing } from './open-sealing.ts';
import { openWithPasskey } from './passkey-keys.ts';
import { isEasyPin, MAX_WRONG_PINS, waitAfter } from './pin-attempts.ts';
import { openWithPin, replacePin } from './pin-keys.ts';
import { Locked, Unreadable } from './sealing.ts';
import { SettingsDatabase } from './settings-database.ts';

const PERSON = anId('person', 1);
const RIGHT = '271828';
const WRONG = '314159';
const NOON = Date.parse('2026-03-09T12:00:00.000Z');
/** Guessing need not be slow here. */
const CHEAP = { memoryKib: 32, passes: 1 };
const settings = new SettingsDatabase();
afterEach(async () => {
	vi.unstubAllGlobals();
	await settings.settings.clear();
});

/** A device with something sealed before it got a PIN. */
async function behindPin() {
	const before = await openSealing(settings, PERSON);
	const [held, waiting] = [await before.seal('held', 'packs'), await before.seal('waits', 'outbox/obs_1')];
	const looks = await before.seal('looked', 'notes/looks');
	await replacePin(settings, PERSON, { current: null, next: RIGHT }, CHEAP);
	return { held, waiting, looks };
}

test('without the PIN what the server has stays shut, and what waits can be sent', async () => {
	const { held, waiting } = await behindPin();
	const locked = await openSealing(settings, PERSON);
	expect(locked.isLocked).toBe(true);
	await expect(locked.open(held, 'packs')).rejects.toThrow(Locked);
	expect(await locked.open(waiting, 'outbox/obs_1')).toBe('waits');
	await expect(locked.seal('more', 'changes/obs_1')).rejects.toThrow(Locked);
	const answer = await openWithPin(settings, PERSON, RIGHT, NOON);
	if (!answer.ok) throw new Error(answer.error.kind);
	const open = await openSealing(settings, PERSON, answer.keys);
	expect(open.isLocked).toBe(false);
	expect(await open.open(held, 'packs')).toBe('held');
});

test('another PIN takes the place of the first, and none opens it for all', async () => {
	const { held } = await behindPin();
	await expect(replacePin(settings, PERSON, { current: WRONG, next: WRONG }, CHEAP)).rejects.toThrow();
	await replacePin(settings, PERSON, { current: RIGHT, next: WRONG }, CHEAP);
	expect((await openWithPin(settings, PERSON, RIGHT, NOON)).ok).toBe(false);
	expect((await openWithPin(settings, PERSON, WRONG, NOON)).ok).toBe(true);
	await replacePin(settings, PERSON, { current: WRONG, next: null });
	expect(await (await openSealing(settings, PERSON)).open(held, 'packs')).toBe('held');
});

test('wrong PINs wait longer and longer, and the tenth drops what the server has, never what waits', async () => {
	const { held, waiting, looks } = await behindPin();
	let now = NOON;
	for (let wrong = 1; wrong < MAX_WRONG_PINS; wrong++) {
		const waitMs = waitAfter(wrong);
		const error = { kind: 'wrong', left: MAX_WRONG_PINS - wrong, waitMs };
		expect(await openWithPin(settings, PERSON, WRONG, now)).toEqual({ ok: false, error });
		if (waitMs > 0) {
			// Not even the right one is looked at before its time.
			const early = await openWithPin(settings, PERSON, RIGHT, now + waitMs - 1);
			expect(early).toEqual({ ok: false, error: { kind: 'wait', waitMs: 1 } });
		}
		now += waitMs;
	}
	expect(await openWithPin(settings, PERSON, WRONG, now)).toEqual({ ok: false, error: { kind: 'dropped' } });
	const after = await openSealing(settings, PERSON);
	expect(after.isLocked).toBe(false);
	await expect(after.open(held, 'packs')).rejects.toThrow(Unreadable);
	expect(await after.open(waiting, 'outbox/obs_1')).toBe('waits');
	expect(await after.open(looks, 'notes/looks')).toBe('looked');
});

test('the right PIN begins the count anew', async () => {
	await behindPin();
	for (let round = 0; round < 2; round++) {
		expect(await openWithPin(settings, PERSON, WRONG, NOON)).toMatchObject({ error: { left: MAX_WRONG_PINS - 1 } });
		expect((await openWithPin(settings, PERSON, RIGHT, NOON)).ok).toBe(true);
	}
});

test('a try that is cut off counts', async () => {
	await behindPin();
	const trying = openWithPin(settings, PERSON, WRONG, NOON);
	await expect.poll(async () => JSON.stringify(await settings.read(`keys-${PERSON}`))).toContain('"wrong":1');
	await trying;
});

test('no script reads what guessing elsewhere would need', async () => {
	await behindPin();
	const row = (await settings.read(`keys-${PERSON}`)) as { pin: { pepper: CryptoKey } };
	expect(row).not.toHaveProperty('data');
	await expect(crypto.subtle.exportKey('raw', row.pin.pepper)).rejects.toThrow();
	expect((await openKeys(settings, PERSON))?.data).toBeNull();
});

test('waits only grow, and end at some time', () => {
	fc.assert(
		fc.property(fc.nat({ max: 1000 }), (wrong) => {
			expect(waitAfter(wrong + 1)).toBeGreaterThanOrEqual(waitAfter(wrong));
			expect(waitAfter(wrong)).toBeLessThanOrEqual(5 * 60_000);
		}),
	);
	expect([0, 1, 2].map(waitAfter)).toEqual([0, 0, 0]);
	expect(waitAfter(3)).toBeGreaterThan(0);
});

test('what a finder tries first is no PIN', () => {
	for (const easy of ['000000', '123456', '654321', '121212', '123123', '012345'])
		expect([easy, isEasyPin(easy)]).toEqual([easy, true]);
	for (const good of ['271828', '123457', '112233', '908172']) expect([good, isEasyPin(good)]).toEqual([good, false]);
});

/** An authenticator whose secret comes out while the owner is known. */
function anAuthenticator({ prf = true } = {}) {
	const secret = crypto.getRandomValues(new Uint8Array(32));
	const is = { known: true, salts: new Array<string>() };
	const answer = async ({ publicKey }: CredentialCreationOptions & CredentialRequestOptions) => {
		if (!is.known) throw new DOMException('The owner is not known', 'NotAllowedError');
		is.salts.push(JSON.stringify(publicKey?.extensions?.prf));
		const results = { enabled: prf, ...(prf && { results: { first: secret.buffer } }) };
		return { rawId: new Uint8Array([1]).buffer, getClientExtensionResults: () => ({ prf: results }) };
	};
	vi.stubGlobal('navigator', { credentials: { create: answer, get: answer } });
	return is;
}

test('a passkey stands in the place of the PIN: nothing opens without it, and nobody can guess', async () => {
	const is = anAuthenticator();
	const { held } = await behindPin();
	expect(await replacePin(settings, PERSON, { current: RIGHT, next: { passkeyFor: 'Noor' } }, CHEAP)).toBe(true);
	const row = await settings.read(`keys-${PERSON}`);
	expect(row).not.toHaveProperty('pin');
	expect(row).not.toHaveProperty('data');
	expect((await openSealing(settings, PERSON)).isLocked).toBe(true);

	is.known = false;
	const refused = { ok: false, error: { kind: 'noPasskey' } };
	expect(await openWithPasskey(settings, PERSON)).toEqual(refused);
	expect(await replacePin(settings, PERSON, { current: null, next: null }, CHEAP)).toBe(false);
	is.known = true;
	const answer = await openWithPasskey(settings, PERSON);
	if (!answer.ok) throw new Error(answer.error.kind);
	expect(await (await openSealing(settings, PERSON, answer.keys)).open(held, 'packs')).toBe('held');
	expect(new Set(is.salts).size).toBe(1);

	anAuthenticator();
	expect(await openWithPasskey(settings, PERSON)).toEqual(refused);
});

test('a passkey gives way to a PIN, and to nothing; an authenticator without secrets changes nothing', async () => {
	const { held } = await behindPin();
	anAuthenticator({ prf: false });
	expect(await replacePin(settings, PERSON, { current: RIGHT, next: { passkeyFor: 'Noor' } }, CHEAP)).toBe(false);
	expect((await openWithPin(settings, PERSON, RIGHT, NOON)).ok).toBe(true);
	anAuthenticator();
	expect(await replacePin(settings, PERSON, { current: RIGHT, next: { passkeyFor: 'Noor' } }, CHEAP)).toBe(true);
	expect(await replacePin(settings, PERSON, { current: null, next: WRONG }, CHEAP)).toBe(true);
	expect((await openWithPin(settings, PERSON, WRONG, NOON)).ok).toBe(true);
	expect(await replacePin(settings, PERSON, { current: WRONG, next: null }, CHEAP)).toBe(true);
	expect(await (await openSealing(settings, PERSON)).open(held, 'packs')).toBe('held');
});
