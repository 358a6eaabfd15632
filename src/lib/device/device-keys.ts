import type { PersonId } from '#domain/id.ts';
import type { SettingsDatabase } from './settings-database.ts';

/** Whose keys: of one person's database, or of what this device knows before it is clear whose it is now. */
export type KeyOwner = PersonId | 'device';

/** Opened for this page; neither can be read out by any script. */
export interface DeviceKeys {
	/** For what the server has too, and for drafts; `null`: the PIN has to be given first. */
	readonly data: CryptoKey | null;
	/** For what waits to be sent, which goes on while locked. */
	readonly outbox: CryptoKey;
	/** Of keys that could not be opened at an earlier visit, and can today: what was sealed with them then is no noise. */
	readonly formerOutboxes?: readonly CryptoKey[];
}

export interface WrappedKey {
	readonly nonce: Uint8Array<ArrayBuffer>;
	readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The data key behind a PIN (`pin-keys.ts`). */
export interface PinnedKey {
	readonly salt: Uint8Array<ArrayBuffer>;
	/** Mixed into what Argon2id makes of the PIN; never leaves this browser, so that guessing has to be done in it. */
	readonly pepper: CryptoKey;
	readonly memoryKib: number;
	readonly passes: number;
	readonly data: WrappedKey;
	/** Wrong PINs in a row. */
	readonly wrong: number;
	/** Milliseconds of this device's clock before which no PIN is tried. */
	readonly waitUntil: number;
}

/** The data key behind a passkey of this device (`passkey-keys.ts`). */
export interface PasskeyLock {
	readonly credentialId: Uint8Array<ArrayBuffer>;
	/** What the authenticator makes the secret of. */
	readonly salt: Uint8Array<ArrayBuffer>;
	readonly data: WrappedKey;
}

/**
 * As they lie on disk. The browser hands out `wrapping` for use only; deleting this row makes all it opens unreadable.
 * The data key is in `data`, or behind `pin` or `passkey`.
 */
export interface KeyRow {
	readonly wrapping: CryptoKey;
	readonly outbox: WrappedKey;
	readonly data?: WrappedKey;
	readonly pin?: PinnedKey;
	readonly passkey?: PasskeyLock;
	/** What could not be opened when this row was made: perhaps a browser's bad moment, so it is tried again. */
	readonly former?: readonly Pick<KeyRow, 'wrapping' | 'outbox'>[];
}

/** Whoever fails more often than this has a browser that keeps no keys. */
const MAX_FORMER = 5;

export const AES = { name: 'AES-GCM', length: 256 } as const;
const NONCE_BYTES = 12;
const encoder = new TextEncoder();

/** @returns `null`: this browser cannot keep a key, or has no room for one. */
export async function openKeys(settings: SettingsDatabase, owner: KeyOwner): Promise<DeviceKeys | null> {
	const standing = await settings.read(`keys-${owner}`);
	const opened = await unwrapAll(standing, owner);
	if (opened) return opened;
	const made = await renewed(standing, owner);
	try {
		// Another tab may do the same at the same moment: what came first counts.
		const kept = await settings.replace(`keys-${owner}`, (now) => (isSame(now, standing) ? made : now));
		return await unwrapAll(kept, owner);
	} catch {
		return null;
	}
}

/** From here on what was sealed with them is noise, what waits included. */
export function dropKeys(settings: SettingsDatabase, owner: KeyOwner): Promise<void> {
	return settings.remove(`keys-${owner}`);
}

/** What the server has too is noise from here on, the PIN is forgotten, and what waits can still be sent. */
export async function dropDataKey(settings: SettingsDatabase, owner: KeyOwner): Promise<void> {
	const standing = await settings.read(`keys-${owner}`);
	await settings.write(`keys-${owner}`, await renewed(standing, owner));
}

/** As much of it as can be opened stays. */
async function renewed(standing: unknown, owner: KeyOwner): Promise<KeyRow> {
	return (await withNewDataKey(standing, owner)) ?? rowBeside(standing, owner);
}

async function makeRow(owner: KeyOwner): Promise<KeyRow> {
	const wrapping = await crypto.subtle.generateKey(AES, false, ['wrapKey', 'unwrapKey']);
	const [data, outbox] = await Promise.all([makeKey(wrapping, owner, 'data'), makeKey(wrapping, owner, 'outbox')]);
	return { wrapping, data, outbox };
}

/** Whatever cannot be opened today is kept: what waits is sealed with it. */
async function rowBeside(standing: unknown, owner: KeyOwner): Promise<KeyRow> {
	const made = await makeRow(owner);
	if (!isKeyRow(standing)) return made;
	const { wrapping, outbox, former = [] } = standing;
	return { ...made, former: [{ wrapping, outbox }, ...former].slice(0, MAX_FORMER) };
}

/** @returns `null`: what waits cannot be opened either. */
async function withNewDataKey(value: unknown, owner: KeyOwner): Promise<KeyRow | null> {
	if (!isKeyRow(value)) return null;
	const { data: _data, pin: _pin, passkey: _passkey, ...kept } = value;
	try {
		await unwrapKey(kept.outbox, kept.wrapping, owner, 'outbox');
		return { ...kept, data: await makeKey(kept.wrapping, owner, 'data') };
	} catch {
		return null;
	}
}

async function makeKey(wrapping: CryptoKey, owner: KeyOwner, name: keyof DeviceKeys): Promise<WrappedKey> {
	return wrapKey(await crypto.subtle.generateKey(AES, true, ['encrypt', 'decrypt']), wrapping, owner, name);
}

/** @returns `null`: there are none, or they are broken. */
async function unwrapAll(value: unknown, owner: KeyOwner): Promise<DeviceKeys | null> {
	if (!isKeyRow(value)) return null;
	const { wrapping, data } = value;
	if (!dataOf(value)) return null;
	try {
		const [opened, outbox] = await Promise.all([
			data ? unwrapKey(data, wrapping, owner, 'data') : null,
			unwrapKey(value.outbox, wrapping, owner, 'outbox'),
		]);
		const formerOutboxes = await openFormer(value, owner);
		return { data: opened, outbox, ...(formerOutboxes.length > 0 && { formerOutboxes }) };
	} catch {
		return null;
	}
}

async function openFormer({ former = [] }: KeyRow, owner: KeyOwner): Promise<CryptoKey[]> {
	const opened = await Promise.all(
		former.map(({ wrapping, outbox }) => unwrapKey(outbox, wrapping, owner, 'outbox').catch(() => null)),
	);
	return opened.filter((key) => key !== null);
}

export async function wrapKey(
	key: CryptoKey,
	by: CryptoKey,
	owner: KeyOwner,
	name: keyof DeviceKeys,
): Promise<WrappedKey> {
	const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
	const bytes = await crypto.subtle.wrapKey('raw', key, by, algorithm(nonce, owner, name));
	return { nonce, bytes: new Uint8Array(bytes) };
}

/** @param extractable only to wrap it anew, and not kept. @throws when it is not the key it was wrapped by. */
export function unwrapKey(
	{ nonce, bytes }: WrappedKey,
	by: CryptoKey,
	owner: KeyOwner,
	name: keyof DeviceKeys,
	extractable = false,
): Promise<CryptoKey> {
	const from = algorithm(nonce, owner, name);
	return crypto.subtle.unwrapKey('raw', bytes, by, from, AES, extractable, ['encrypt', 'decrypt']);
}

function algorithm(nonce: Uint8Array<ArrayBuffer>, owner: KeyOwner, name: keyof DeviceKeys): AesGcmParams {
	return { name: 'AES-GCM', iv: nonce, additionalData: encoder.encode(`pleinwacht/key/1/${owner}/${name}`) };
}

/** Only these files write such rows: what there is of one tells whether all of it is there. */
export function isKeyRow(value: unknown): value is KeyRow {
	return typeof value === 'object' && value !== null && 'wrapping' in value && value.wrapping instanceof CryptoKey;
}

/** The data key, wherever it lies. */
function dataOf({ data, pin, passkey }: KeyRow): WrappedKey | undefined {
	return data ?? pin?.data ?? passkey?.data;
}

function isSame(a: unknown, b: unknown): boolean {
	if (!isKeyRow(a) || !isKeyRow(b)) return isKeyRow(a) === isKeyRow(b);
	const [mine, theirs] = [a, b].map((row) => [...row.outbox.bytes, ...(dataOf(row)?.bytes ?? [])]);
	return String(mine) === String(theirs);
}
