import { createHash, randomBytes } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import { PASSWORD_COST } from './password.ts';

const CODES = 10;
/** 50 bits each, behind growing delays. */
const LETTERS = 10;
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SALT_BYTES = 16;
const KIND = 'argon2id';

export function newRecoveryCodes(): string[] {
	return Array.from({ length: CODES }, () =>
		Array.from(randomBytes(LETTERS), (byte) => ALPHABET[byte & 31])
			.join('')
			.replace(/.{5}(?=.)/g, '$&-'),
	);
}

/** 50 bits are soon tried through by whoever steals the store: as slow to try as a password (ASVS 5.0, 6.5.2). */
export function hashRecoveryCodes(codes: readonly string[]): Promise<string[]> {
	const salt = new Uint8Array(randomBytes(SALT_BYTES));
	return Promise.all(codes.map((code) => hashWith(salt, code)));
}

/** The hash among `stored` that this code has; typed with or without dashes and capitals. All of one set share a salt. */
export async function findRecoveryCode(stored: readonly string[], code: string): Promise<string | undefined> {
	const [kind, salt = ''] = stored[0]?.split(':') ?? [];
	const hash = kind === KIND ? await hashWith(new Uint8Array(Buffer.from(salt, 'base64')), code) : formerHash(code);
	return stored.find((each) => each === hash);
}

async function hashWith(salt: Uint8Array, code: string): Promise<string> {
	const hash = await hashRaw(plain(code), { ...PASSWORD_COST, salt });
	return [KIND, Buffer.from(salt).toString('base64'), hash.toString('base64')].join(':');
}

/** Codes given out before November 2026. */
function formerHash(code: string): string {
	return createHash('sha256').update(plain(code)).digest('hex');
}

function plain(code: string): string {
	return code.toUpperCase().replace(/[^0-9A-Z]/g, '');
}
