import { createHash, generateKeyPairSync } from 'node:crypto';
import type { SchoolId } from '#domain/id.ts';
import {
	CURVE,
	fromBase64,
	joined,
	partsOf,
	sealCipher,
	sharedKey,
	toBase64,
	type SchoolKey,
	type SealAddress,
	type SealedParts,
} from '#domain/sync/sealed-revision.ts';
import type { AccountRecord } from '#server/accounts/accounts.ts';
import type { Clock } from '#server/clock.ts';
import type { DocumentStore, StoreRecord } from '#server/store/document-store.ts';

/** A key of the school's, with its private half; it stands where the server keeps its other secrets. */
interface KeptKey extends SchoolKey {
	readonly madeAt: string;
	/** PKCS#8, in base 64. */
	readonly privateKey: string;
}

/** What of this lies in the accounts database: all keys a school ever had, the newest last. */
export type SealingRecord = StoreRecord & { readonly kind: 'sealing'; readonly keys: readonly KeptKey[] };

/** A key as it may be shown. */
export type KeyInSight = Pick<KeptKey, 'keyId' | 'madeAt'>;

/** Opens one after the other; @returns `undefined`: forged, damaged, for another school, person or revision. */
export type OpenSeal = (sealed: string, address: SealAddress) => Promise<{ readonly doc: unknown } | undefined>;

/** What devices of one school seal to. Keys are rotated and never thrown away: something may still be on its way. */
export interface SchoolSeal {
	/** To which devices seal from now on. */
	readonly current: SchoolKey;
	keys(): readonly KeyInSight[];
	/** For one push: what one page sealed shares a key, which is worked out once. */
	opener(): OpenSeal;
	rotate(): Promise<KeyInSight>;
}

const MAX_ROUNDS = 10;
const KEY_ID_LENGTH = 16;
/** In front of an uncompressed point (SEC 1, 2.3.3). */
const POINT_MARK = Uint8Array.of(4);
const { subtle } = crypto;

export async function openSchoolSeal(
	store: DocumentStore<AccountRecord>,
	schoolId: SchoolId,
	now: Clock,
): Promise<SchoolSeal> {
	const recordId = `sealing:${schoolId}`;
	let standing = await read();
	if (standing.keys.length === 0) await add(true);

	async function read(): Promise<SealingRecord> {
		const record = await store.get(recordId);
		return record?.kind === 'sealing' ? record : { id: recordId, rev: '0', kind: 'sealing', keys: [] };
	}

	/** `onlyFirst`: of two servers that start at once, one makes it. */
	async function add(onlyFirst: boolean): Promise<void> {
		const key = makeKey(now());
		for (let round = 0; round < MAX_ROUNDS; round++) {
			standing = await read();
			if (onlyFirst && standing.keys.length > 0) return;
			const next = { ...standing, rev: String(Number(standing.rev) + 1), keys: [...standing.keys, key] };
			if ((await store.put(next, standing.keys.length > 0 ? standing.rev : null)).ok) {
				standing = next;
				return;
			}
		}
		throw new Error('The keys of a school did not come to rest');
	}

	async function find(keyId: string): Promise<KeptKey | undefined> {
		const known = standing.keys.find((key) => key.keyId === keyId);
		if (known) return known;
		// Another server may have made it.
		standing = await read();
		return standing.keys.find((key) => key.keyId === keyId);
	}

	const newest = (): KeptKey => {
		const key = standing.keys.at(-1);
		if (!key) throw new Error('A school has no key to seal to');
		return key;
	};

	return {
		get current() {
			const { keyId, publicKey } = newest();
			return { keyId, publicKey };
		},
		keys: () => standing.keys.map(({ keyId, madeAt }) => ({ keyId, madeAt })),
		opener() {
			const shared = new Map<string, Promise<CryptoKey | undefined>>();
			return async (sealed, address) => {
				const parts = partsOf(sealed);
				if (!parts) return undefined;
				const name = toBase64(parts.head);
				let sharing = shared.get(name);
				if (!sharing) shared.set(name, (sharing = find(parts.keyId).then((key) => key && keySharedWith(parts, key))));
				const key = await sharing;
				return key && opened(parts, key, address);
			};
		},
		async rotate() {
			await add(false);
			const { keyId, madeAt } = newest();
			return { keyId, madeAt };
		},
	};
}

/** At once, and not beside: it is made when a school is opened, and whoever waits for that can wait for a millisecond. */
function makeKey(now: Date): KeptKey {
	const pair = generateKeyPairSync('ec', { namedCurve: CURVE.namedCurve });
	const { x = '', y = '' } = pair.publicKey.export({ format: 'jwk' });
	const point = joined(POINT_MARK, ...[x, y].map((text) => new Uint8Array(Buffer.from(text, 'base64url'))));
	return {
		keyId: createHash('sha256').update(point).digest('hex').slice(0, KEY_ID_LENGTH),
		publicKey: toBase64(point),
		privateKey: pair.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
		madeAt: now.toISOString(),
	};
}

/** @returns `undefined`: that point is not on the curve. */
async function keySharedWith({ point }: SealedParts, key: KeptKey): Promise<CryptoKey | undefined> {
	const [school, secret] = [key.publicKey, key.privateKey].map(fromBase64);
	if (!school || !secret) return undefined;
	const own = await subtle.importKey('pkcs8', secret, CURVE, false, ['deriveBits']);
	try {
		const theirs = await subtle.importKey('raw', point, CURVE, false, []);
		return await sharedKey(subtle, { own, theirs }, { page: point, school }, 'decrypt');
	} catch {
		return undefined;
	}
}

async function opened({ head, nonce, text }: SealedParts, key: CryptoKey, address: SealAddress) {
	try {
		const bytes = await subtle.decrypt(sealCipher(head, nonce, address), key, text);
		const entry = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), withoutPrototypes) as unknown;
		return typeof entry === 'object' && entry !== null && 'doc' in entry ? { doc: entry.doc } : undefined;
	} catch {
		return undefined;
	}
}

/** As the server reads every body: keys that would change what an object is are left out. */
function withoutPrototypes(key: string, value: unknown): unknown {
	const changesPrototype = key === 'constructor' && typeof value === 'object' && value !== null;
	return key === '__proto__' || (changesPrototype && Object.hasOwn(value, 'prototype')) ? undefined : value;
}
