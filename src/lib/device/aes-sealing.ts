import type { DeviceKeys } from './device-keys.ts';
import { LOOKS_NOTE } from './local-notes.ts';
import { isPlain, Locked, openPlain, readText, Unreadable, type Content, type Sealing } from './sealing.ts';

/**
 * Sealed bytes: version, key, nonce, then AES-GCM's text and tag. The version also stands in the additional data: bytes
 * of one way of sealing never pass for another's.
 */
const VERSION = 1;
const HEAD_BYTES = 2;
const NONCE_BYTES = 12;

/** What the server must hear has a key of its own: it outlives the one for what is only a copy of what the server has. */
const KEY_NUMBERS = { data: 1, outbox: 2 } as const;
type KeyName = keyof typeof KEY_NUMBERS;

const encoder = new TextEncoder();

/** What the server still has to hear, where it is not sealed to the school: it outlives a forgotten PIN. */
function mustBeTold(content: Content): boolean {
	return content.startsWith('outbox/') || content === `notes/${LOOKS_NOTE}`;
}

export function sealWith(keys: DeviceKeys): Sealing {
	function algorithm(nonce: Uint8Array<ArrayBuffer>, content: Content): AesGcmParams {
		return { name: 'AES-GCM', iv: nonce, additionalData: encoder.encode(`pleinwacht/${VERSION}/${content}`) };
	}

	return {
		version: VERSION,
		isLocked: keys.data === null,

		async seal(text, content, behindPin = !mustBeTold(content)) {
			const name: KeyName = behindPin ? 'data' : 'outbox';
			const key = keys[name];
			if (!key) throw new Locked('The PIN was not given');
			const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
			const sealed = await crypto.subtle.encrypt(algorithm(nonce, content), key, encoder.encode(text));
			const bytes = new Uint8Array(HEAD_BYTES + NONCE_BYTES + sealed.byteLength);
			bytes.set([VERSION, KEY_NUMBERS[name]]);
			bytes.set(nonce, HEAD_BYTES);
			bytes.set(new Uint8Array(sealed), HEAD_BYTES + NONCE_BYTES);
			return bytes;
		},

		async open(bytes, content) {
			if (isPlain(bytes)) return openPlain(bytes);
			const { data, outbox, formerOutboxes = [] } = keys;
			const fitting = bytes[1] === KEY_NUMBERS.outbox ? [outbox, ...formerOutboxes] : data && [data];
			if (bytes[0] !== VERSION) throw new Unreadable('Another version of the app sealed this');
			if (!fitting) throw new Locked('The PIN was not given');
			const nonce = bytes.slice(HEAD_BYTES, HEAD_BYTES + NONCE_BYTES);
			const sealed = bytes.subarray(HEAD_BYTES + NONCE_BYTES) as Uint8Array<ArrayBuffer>;
			let failure: unknown;
			for (const key of fitting) {
				try {
					return readText(await crypto.subtle.decrypt(algorithm(nonce, content), key, sealed));
				} catch (error) {
					failure = error;
				}
			}
			throw new Unreadable('The key does not open this', { cause: failure });
		},
	};
}
