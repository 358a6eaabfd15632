import type { PersonId } from '#domain/id.ts';
import type { SettingsDatabase } from './settings-database.ts';

/** Whose keys: of one person's database, or of what this device knows before it is clear whose it is now. */
export type KeyOwner = PersonId | 'device';

/** Opened for this page; neither can be read out by any script. */
export interface DeviceKeys {
	/** For what the server has too, and for drafts. */
	readonly data: CryptoKey;
	/** For what waits to be sent. */
	readonly outbox: CryptoKey;
}

interface WrappedKey {
	readonly nonce: Uint8Array<ArrayBuffer>;
	readonly bytes: Uint8Array<ArrayBuffer>;
}

/** As they lie on disk. The browser hands out `wrapping` for use only; deleting this row makes all it opens unreadable. */
interface KeyRow {
	readonly wrapping: CryptoKey;
	readonly data: WrappedKey;
	readonly outbox: WrappedKey;
}

const AES = { name: 'AES-GCM', length: 256 } as const;
const NONCE_BYTES = 12;
const encoder = new TextEncoder();

/** @returns `null`: this browser cannot keep a key, or has no room for one. */
export async function openKeys(settings: SettingsDatabase, owner: KeyOwner): Promise<DeviceKeys | null> {
	const standing = await settings.read(`keys-${owner}`);
	const opened = await unwrapAll(standing, owner);
	if (opened) return opened;
	const made = await makeRow(owner);
	try {
		// Another tab may do the same at the same moment: what came first counts.
		const kept = await settings.replace(`keys-${owner}`, (now) => (sameKeys(now, standing) ? made : now));
		return await unwrapAll(kept, owner);
	} catch {
		return null;
	}
}

/** From here on what was sealed with them is noise. */
export function dropKeys(settings: SettingsDatabase, owner: KeyOwner): Promise<void> {
	return settings.remove(`keys-${owner}`);
}

async function makeRow(owner: KeyOwner): Promise<KeyRow> {
	const wrapping = await crypto.subtle.generateKey(AES, false, ['wrapKey', 'unwrapKey']);
	const wrap = async (name: keyof DeviceKeys): Promise<WrappedKey> => {
		const key = await crypto.subtle.generateKey(AES, true, ['encrypt', 'decrypt']);
		const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
		const bytes = await crypto.subtle.wrapKey('raw', key, wrapping, algorithm(nonce, owner, name));
		return { nonce, bytes: new Uint8Array(bytes) };
	};
	const [data, outbox] = await Promise.all([wrap('data'), wrap('outbox')]);
	return { wrapping, data, outbox };
}

/** @returns `null`: there are none, or they are broken. */
async function unwrapAll(value: unknown, owner: KeyOwner): Promise<DeviceKeys | null> {
	if (!isRow(value)) return null;
	const { wrapping } = value;
	const unwrap = (name: keyof DeviceKeys): Promise<CryptoKey> => {
		const { nonce, bytes } = value[name];
		const from = algorithm(nonce, owner, name);
		return crypto.subtle.unwrapKey('raw', bytes, wrapping, from, AES, false, ['encrypt', 'decrypt']);
	};
	try {
		const [data, outbox] = await Promise.all([unwrap('data'), unwrap('outbox')]);
		return { data, outbox };
	} catch {
		return null;
	}
}

function algorithm(nonce: Uint8Array<ArrayBuffer>, owner: KeyOwner, name: keyof DeviceKeys): AesGcmParams {
	return { name: 'AES-GCM', iv: nonce, additionalData: encoder.encode(`pleinwacht/key/1/${owner}/${name}`) };
}

/** Only this file writes such rows: what there is of one tells whether all of it is there. */
function isRow(value: unknown): value is KeyRow {
	return typeof value === 'object' && value !== null && 'wrapping' in value && value.wrapping instanceof CryptoKey;
}

function sameKeys(a: unknown, b: unknown): boolean {
	if (!isRow(a) || !isRow(b)) return isRow(a) === isRow(b);
	return a.data.bytes.every((byte, index) => byte === b.data.bytes[index]);
}
