import type { Session } from '#domain/session.ts';
import {
	CURVE,
	fromBase64,
	headOf,
	joined,
	SchoolKey,
	sealCipher,
	SEAL_NONCE_BYTES,
	sharedKey,
	toBase64,
} from '#domain/sync/sealed-revision.ts';
import { get } from './ask-server.ts';
import type { SealToSchool } from './person-disk.ts';
import type { SettingsDatabase } from './settings-database.ts';

type Whose = Pick<Session, 'schoolId' | 'personId'>;

/** Asks the server to whom devices of this school seal; with none to be had, what stood before stays. */
export async function renewSchoolKey(settings: SettingsDatabase, { schoolId }: Whose): Promise<void> {
	const answer = await get('/api/sealing-key', SchoolKey);
	if (answer.ok) await settings.write('schoolKey', { schoolId, key: answer.value });
}

/** @returns `null`: this device does not know the school's key (yet), or the browser has no ciphers. */
export async function openSchoolSeal(settings: SettingsDatabase, whose: Whose): Promise<SealToSchool | null> {
	if (!globalThis.crypto?.subtle) return null;
	const kept = (await settings.read('schoolKey')) as { schoolId: string; key: unknown } | undefined;
	const key = SchoolKey.safeParse(kept?.key);
	return kept?.schoolId === whose.schoolId && key.success ? sealToSchool(key.data, whose) : null;
}

/**
 * One key pair and one derived key for as long as the page is open: making them takes longer than a save should. Every
 * seal has 96 random bits of nonce (good for 2³² seals under one key), and nobody can open one with what is left here:
 * the private half is not kept, and the derived key can only seal.
 */
export async function sealToSchool(key: SchoolKey, { schoolId, personId }: Whose): Promise<SealToSchool> {
	const { subtle } = crypto;
	const school = fromBase64(key.publicKey) ?? new Uint8Array();
	const [theirs, pair] = await Promise.all([
		subtle.importKey('raw', school, CURVE, false, []),
		subtle.generateKey(CURVE, false, ['deriveBits']),
	]);
	const page = new Uint8Array(await subtle.exportKey('raw', pair.publicKey));
	const cipherKey = await sharedKey(subtle, { own: pair.privateKey, theirs }, { page, school }, 'encrypt');
	const head = headOf(key, page);

	return async (text, { id, rev }) => {
		const nonce = crypto.getRandomValues(new Uint8Array(SEAL_NONCE_BYTES));
		const how = sealCipher(head, nonce, { schoolId, personId, id, rev });
		const sealed = await subtle.encrypt(how, cipherKey, new TextEncoder().encode(text));
		return toBase64(joined(head, nonce, new Uint8Array(sealed)));
	};
}
