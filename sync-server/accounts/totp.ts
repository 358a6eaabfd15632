import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

/** 160 bits, as RFC 4226 advises. */
const SECRET_BYTES = 20;
const PERIOD_S = 30;
/** Half a minute early or late: phones wander. */
const WINDOW = 1;

export function newTotpSecret(): string {
	return new Secret({ buffer: new Uint8Array(randomBytes(SECRET_BYTES)).buffer }).base32;
}

/** What an authenticator app reads from the QR code. */
export function totpUri(secret: string, label: string): string {
	return new TOTP({ issuer: 'Pleinwacht', label, secret, period: PERIOD_S }).toString();
}

/** The period a right code belongs to, later than `after`: each code works once (RFC 6238). */
export function totpCounter(secret: string, code: string, at: Date, after: number): number | undefined {
	const token = code.replace(/\s/g, '');
	if (!/^\d{6}$/.test(token)) return undefined;
	const delta = new TOTP({ secret, period: PERIOD_S }).validate({ token, timestamp: at.getTime(), window: WINDOW });
	const counter = delta === null ? -1 : Math.floor(at.getTime() / 1000 / PERIOD_S) + delta;
	return counter > after ? counter : undefined;
}
