import { AES, isKeyRow, openKeys, unwrapKey, wrapKey, type KeyOwner, type PasskeyLock } from './device-keys.ts';
import type { Opened } from './pin-attempts.ts';
import type { SettingsDatabase } from './settings-database.ts';

const RANDOM_BYTES = 32;
/** ES256, and RS256 for older Windows Hello. */
const ALGORITHMS = [-7, -257];
const TIMEOUT_MS = 120_000;

const encoder = new TextEncoder();
const random = () => crypto.getRandomValues(new Uint8Array(RANDOM_BYTES));

/** Whether this device has an authenticator of its own that may give out secrets; it says for sure only when it is asked for one. */
export async function mayHavePasskey(): Promise<boolean> {
	const Credential = globalThis.PublicKeyCredential as typeof PublicKeyCredential | undefined;
	if (!globalThis.crypto?.subtle || !Credential) return false;
	const isThere = await Credential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false);
	const can = isThere ? await Credential.getClientCapabilities?.().catch(() => undefined) : undefined;
	return isThere && can?.['extension:prf'] !== false;
}

/**
 * Puts the data key behind a passkey that only this device has (WebAuthn's PRF extension). It signs nobody in, and the
 * server never hears of it: what counts is the secret that comes out, once the owner's finger or face is known.
 * @returns `null`: called off, or this authenticator gives out no secrets.
 */
export async function behindPasskey(key: CryptoKey, owner: KeyOwner, name: string): Promise<PasskeyLock | null> {
	const salt = random();
	const made = await asked(() =>
		navigator.credentials.create({
			publicKey: {
				rp: { name: 'Pleinwacht' },
				user: { id: random(), name, displayName: name },
				challenge: random(),
				pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
				authenticatorSelection: {
					...{ authenticatorAttachment: 'platform', residentKey: 'discouraged', userVerification: 'required' },
				},
				timeout: TIMEOUT_MS,
				extensions: { prf: { eval: { first: salt } } },
			},
		}),
	);
	if (!made?.getClientExtensionResults().prf?.enabled) return null;
	const lock = { credentialId: new Uint8Array(made.rawId), salt };
	// Not every authenticator gives the secret out at the making.
	const secret = secretIn(made) ?? (await secretOf(lock));
	return secret && { ...lock, data: await wrapKey(key, await keyFrom(secret, owner), owner, 'data') };
}

/** @returns `null`: called off, or the passkey is gone. */
export async function dataKeyBehindPasskey(
	lock: PasskeyLock,
	owner: KeyOwner,
	extractable = false,
): Promise<CryptoKey | null> {
	const secret = await secretOf(lock);
	if (!secret) return null;
	return unwrapKey(lock.data, await keyFrom(secret, owner), owner, 'data', extractable).catch(() => null);
}

/** Nobody can guess here: how often it failed is for the authenticator to count. */
export async function openWithPasskey(settings: SettingsDatabase, owner: KeyOwner): Promise<Opened> {
	const row = await settings.read(`keys-${owner}`);
	const data = isKeyRow(row) && row.passkey ? await dataKeyBehindPasskey(row.passkey, owner) : null;
	const locked = data && (await openKeys(settings, owner));
	return locked ? { ok: true, keys: { ...locked, data } } : { ok: false, error: { kind: 'noPasskey' } };
}

async function secretOf({ credentialId, salt }: Pick<PasskeyLock, 'credentialId' | 'salt'>) {
	const given = await asked(() =>
		navigator.credentials.get({
			publicKey: {
				challenge: random(),
				allowCredentials: [{ type: 'public-key', id: credentialId, transports: ['internal'] }],
				userVerification: 'required',
				timeout: TIMEOUT_MS,
				extensions: { prf: { eval: { first: salt } } },
			},
		}),
	);
	return given && secretIn(given);
}

/** However it was refused: the person can try again, or sign in anew. */
async function asked(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential | null> {
	try {
		return (await ask()) as PublicKeyCredential | null;
	} catch (error) {
		if (error instanceof DOMException) return null;
		throw error;
	}
}

function secretIn(credential: PublicKeyCredential): BufferSource | null {
	return credential.getClientExtensionResults().prf?.results?.first ?? null;
}

async function keyFrom(secret: BufferSource, owner: KeyOwner): Promise<CryptoKey> {
	const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
	const info = encoder.encode(`pleinwacht/passkey/1/${owner}`);
	const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info };
	return crypto.subtle.deriveKey(how, material, AES, false, ['wrapKey', 'unwrapKey']);
}
