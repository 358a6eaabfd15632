import { argon2idAsync } from '@noble/hashes/argon2.js';
import {
	AES,
	dropDataKey,
	isKeyRow,
	openKeys,
	unwrapKey,
	wrapKey,
	type KeyOwner,
	type KeyRow,
	type PinnedKey,
} from './device-keys.ts';
import { behindPasskey, dataKeyBehindPasskey } from './passkey-keys.ts';
import { MAX_WRONG_PINS, waitAfter, type Opened } from './pin-attempts.ts';
import type { SettingsDatabase } from './settings-database.ts';

/** What OWASP asks of Argon2id at least; in JavaScript on a cheap phone a second or two. */
const COST: Cost = { memoryKib: 19_456, passes: 2 };
const SALT_BYTES = 16;
const HMAC: HmacKeyGenParams = { name: 'HMAC', hash: 'SHA-256' };

type Cost = Pick<PinnedKey, 'memoryKib' | 'passes'>;

/** Each try is on disk before it is made: ending the app in between wins nothing. */
export async function openWithPin(
	settings: SettingsDatabase,
	owner: KeyOwner,
	pin: string,
	now: number,
): Promise<Opened> {
	const name = `keys-${owner}` as const;
	let before: PinnedKey | undefined;
	await settings.replace(name, (value) => {
		if (!isKeyRow(value) || !value.pin) return value;
		before = value.pin;
		return before.waitUntil > now ? value : { ...value, pin: tried(before, now) };
	});
	if (!before) throw new Error('There is no PIN');
	if (before.waitUntil > now) return { ok: false, error: { kind: 'wait', waitMs: before.waitUntil - now } };
	const key = await dataKeyBehind(before, owner, pin);
	if (key) {
		await settings.replace(name, (value) =>
			isKeyRow(value) && value.pin ? { ...value, pin: { ...value.pin, wrong: 0, waitUntil: 0 } } : value,
		);
		const locked = await openKeys(settings, owner);
		if (locked) return { ok: true, keys: { ...locked, data: key } };
	}
	const { wrong } = tried(before, now);
	if (wrong < MAX_WRONG_PINS) {
		return { ok: false, error: { kind: 'wrong', left: MAX_WRONG_PINS - wrong, waitMs: waitAfter(wrong) } };
	}
	await dropDataKey(settings, owner);
	return { ok: false, error: { kind: 'dropped' } };
}

/** What stands in front of the data key from now on: a PIN, a passkey of that name, or `null`: nothing. */
export type NextLock = string | { readonly passkeyFor: string } | null;

/**
 * Puts the data key behind another lock. The PIN that stood must have opened it just now; a passkey is asked once more.
 * @returns whether it was done: a passkey can be called off, and not every authenticator can be one.
 */
export async function replacePin(
	settings: SettingsDatabase,
	owner: KeyOwner,
	{ current, next }: { readonly current: string | null; readonly next: NextLock },
	cost: Cost = COST,
): Promise<boolean> {
	await openKeys(settings, owner);
	const row = await settings.read(`keys-${owner}`);
	if (!isKeyRow(row)) throw new Error('This browser keeps no keys');
	const { data, pin, passkey, ...kept } = row;
	const key = data
		? await unwrapKey(data, kept.wrapping, owner, 'data', true)
		: pin
			? await dataKeyBehind(pin, owner, current ?? '', true)
			: passkey && (await dataKeyBehindPasskey(passkey, owner, true));
	if (!key && passkey) return false;
	if (!key) throw new Error('The PIN does not open the key');
	const lock = await lockFor(key, kept.wrapping, owner, next, cost);
	if (lock) await settings.write(`keys-${owner}`, { ...kept, ...lock } satisfies KeyRow);
	return lock !== null;
}

/** @returns `null`: there is no passkey to be had. */
async function lockFor(
	key: CryptoKey,
	wrapping: CryptoKey,
	owner: KeyOwner,
	next: NextLock,
	cost: Cost,
): Promise<Pick<KeyRow, 'data' | 'pin' | 'passkey'> | null> {
	if (next === null) return { data: await wrapKey(key, wrapping, owner, 'data') };
	if (typeof next === 'string') return { pin: await behindPin(key, owner, next, cost) };
	const passkey = await behindPasskey(key, owner, next.passkeyFor);
	return passkey && { passkey };
}

function tried(pin: PinnedKey, now: number): PinnedKey {
	const wrong = pin.wrong + 1;
	return { ...pin, wrong, waitUntil: now + waitAfter(wrong) };
}

async function behindPin(key: CryptoKey, owner: KeyOwner, pin: string, cost: Cost): Promise<PinnedKey> {
	const how = {
		salt: crypto.getRandomValues(new Uint8Array(SALT_BYTES)),
		pepper: await crypto.subtle.generateKey(HMAC, false, ['sign']),
		...{ ...cost, wrong: 0, waitUntil: 0 },
	};
	return { ...how, data: await wrapKey(key, await keyFrom(pin, how), owner, 'data') };
}

/** @returns `null`: another PIN. */
async function dataKeyBehind(pinned: PinnedKey, owner: KeyOwner, pin: string, extractable = false) {
	const key = await keyFrom(pin, pinned);
	return unwrapKey(pinned.data, key, owner, 'data', extractable).catch(() => null);
}

type Stretching = Pick<PinnedKey, 'salt' | 'pepper' | 'memoryKib' | 'passes'>;

async function keyFrom(pin: string, { salt, pepper, memoryKib, passes }: Stretching): Promise<CryptoKey> {
	const stretched = await argon2idAsync(pin, salt, { m: memoryKib, t: passes, p: 1, dkLen: 32 });
	const mixed = await crypto.subtle.sign('HMAC', pepper, new Uint8Array(stretched));
	return crypto.subtle.importKey('raw', mixed, AES, false, ['wrapKey', 'unwrapKey']);
}
