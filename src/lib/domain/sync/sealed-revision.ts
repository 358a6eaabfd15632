import * as z from 'zod/mini';
import type { PersonId, SchoolId } from '#domain/id.ts';
import { MAX_DOCUMENT_BYTES } from './messages.ts';

/**
 * What waits on a device, sealed to its school: ECDH on P-256 between a key of the page that saved it and the school's,
 * HKDF, AES-GCM. Both sides use this file, so that they cannot drift apart. Bytes: version, schema version of the
 * document, the id of the school's key, the page's public point, nonce, then AES-GCM's text and tag. Text is base 64.
 */
const VERSION = 1;
/** Of every kind of document there is; bound into the seal, like all of the head. */
const SCHEMA_VERSION = 1;
const KEY_ID_AT = 2;
const KEY_ID_BYTES = 8;
const POINT_AT = KEY_ID_AT + KEY_ID_BYTES;
/** Uncompressed: the form every browser gives and takes. */
const POINT_BYTES = 65;
const HEAD_BYTES = POINT_AT + POINT_BYTES;
export const SEAL_NONCE_BYTES = 12;

/** More than any document that is taken can be: nobody keeps the server busy with the rest. */
const MOST_CHARACTERS = 2 * MAX_DOCUMENT_BYTES;

export const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const;

/** `GET /api/sealing-key`: to whom a device of this school seals from now on. Both are public. */
export const SchoolKey = z.strictObject({
	keyId: z.string().check(z.regex(/^[0-9a-f]{16}$/)),
	/** Its point, in base 64. */
	publicKey: z.string().check(z.maxLength(100)),
});
export type SchoolKey = z.infer<typeof SchoolKey>;

/** Whose revision of what it is: a seal that is put anywhere else does not open. */
export interface SealAddress {
	readonly schoolId: SchoolId;
	readonly personId: PersonId;
	readonly id: string;
	readonly rev: string;
}

type Bytes = Uint8Array<ArrayBuffer>;

export interface SealedParts {
	readonly keyId: string;
	readonly head: Bytes;
	readonly point: Bytes;
	readonly nonce: Bytes;
	readonly text: Bytes;
}

const encoder = new TextEncoder();

/** @param point of the page that seals. */
export function headOf({ keyId }: SchoolKey, point: Uint8Array): Bytes {
	const id = keyId.match(/../g)?.map((byte) => parseInt(byte, 16)) ?? [];
	return Uint8Array.from([VERSION, SCHEMA_VERSION, ...id, ...point]);
}

/** @returns `null`: no seal that this program knows. */
export function partsOf(sealed: string): SealedParts | null {
	if (sealed.length > MOST_CHARACTERS) return null;
	const bytes = fromBase64(sealed);
	const start = HEAD_BYTES + SEAL_NONCE_BYTES;
	if (!bytes || bytes.length < start || bytes[0] !== VERSION || bytes[1] !== SCHEMA_VERSION) return null;
	const id = bytes.subarray(KEY_ID_AT, POINT_AT);
	return {
		keyId: Array.from(id, (byte) => byte.toString(16).padStart(2, '0')).join(''),
		head: bytes.slice(0, HEAD_BYTES),
		point: bytes.slice(POINT_AT, HEAD_BYTES),
		nonce: bytes.slice(HEAD_BYTES, start),
		text: bytes.slice(start),
	};
}

/** The one key both sides come to; it cannot be read out, and does only what it is asked for here. */
export async function sharedKey(
	subtle: SubtleCrypto,
	pair: { readonly own: CryptoKey; readonly theirs: CryptoKey },
	points: { readonly page: Uint8Array; readonly school: Uint8Array },
	usage: 'encrypt' | 'decrypt',
): Promise<CryptoKey> {
	const secret = await subtle.deriveBits({ name: 'ECDH', public: pair.theirs }, pair.own, 256);
	const material = await subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
	const info = joined(encoder.encode(`pleinwacht/to-school/${VERSION}`), points.page, points.school);
	const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info };
	return subtle.deriveKey(how, material, { name: 'AES-GCM', length: 256 }, false, [usage]);
}

export function sealCipher(head: Uint8Array, nonce: Bytes, { schoolId, personId, id, rev }: SealAddress): AesGcmParams {
	const address = encoder.encode(JSON.stringify([schoolId, personId, id, rev]));
	return { name: 'AES-GCM', iv: nonce, additionalData: joined(head, address) };
}

export function joined(...parts: readonly Uint8Array[]): Bytes {
	const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		all.set(part, at);
		at += part.length;
	}
	return all;
}

export function toBase64(bytes: Uint8Array): string {
	let letters = '';
	for (const byte of bytes) letters += String.fromCharCode(byte);
	return btoa(letters);
}

/** @returns `null`: this is none. */
export function fromBase64(text: string): Bytes | null {
	try {
		const letters = atob(text);
		const bytes = new Uint8Array(letters.length);
		for (let at = 0; at < bytes.length; at++) bytes[at] = letters.charCodeAt(at);
		return bytes;
	} catch {
		return null;
	}
}
