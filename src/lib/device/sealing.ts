/** What a text is, and of which document: sealed as one thing it opens as no other (additional data). */
export type Content =
	'packs' | `changes/${string}` | `outbox/${string}` | `notes/${string}` | 'session' | 'phone' | 'looksLeft';

/**
 * How text lies on disk. The one place where documents become bytes and come back; encryption at rest belongs
 * here and nowhere else. Asynchronous, because ciphers are: seal before a transaction opens, never inside it.
 */
export interface Sealing {
	/** The first byte of what it seals; `null`: it writes plain text. */
	readonly version: number | null;
	/** The PIN was not given: nothing can be opened but what the server still has to hear. */
	readonly isLocked: boolean;
	/** @param behindPin of what waits: it was sealed to the school too. @throws {Locked} */
	seal(text: string, content: Content, behindPin?: boolean): Promise<Uint8Array<ArrayBuffer>>;
	/** Opens plain text too: an older app wrote it. @throws {Unreadable | Locked} */
	open(bytes: Uint8Array, content: Content): Promise<string>;
}

/** Broken, or sealed with a key that is gone: nobody will ever read it. */
export class Unreadable extends Error {}

/** Readable once the PIN was given. */
export class Locked extends Error {}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** JSON begins with a sign one can type; the versions of sealed bytes count up from 1. */
const FIRST_PLAIN_BYTE = 0x20;

export function isPlain(bytes: Uint8Array): boolean {
	return (bytes[0] ?? 0) >= FIRST_PLAIN_BYTE;
}

export function openPlain(bytes: Uint8Array): string {
	if (!isPlain(bytes)) throw new Unreadable('This is no plain text');
	return readText(bytes);
}

export function readText(bytes: ArrayBuffer | Uint8Array): string {
	try {
		return decoder.decode(bytes);
	} catch (error) {
		throw new Unreadable('This is no text', { cause: error });
	}
}

/** Where a browser has no ciphers (a plain http address) or cannot keep a key, and in tests that are about something else. */
export const plainSealing: Sealing = {
	version: null,
	isLocked: false,
	seal: async (text) => encoder.encode(text),
	open: async (bytes) => openPlain(bytes),
};
