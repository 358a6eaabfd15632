import { createHash, randomBytes } from 'node:crypto';
import type { DeviceContact } from '#domain/accounts/devices.ts';
import type { PersonId, SchoolId } from '#domain/id.ts';
import { MS_PER_DAY } from '#domain/time/local-time.ts';
import type { Clock } from '#server/clock.ts';
import type { DocumentStore, StoreRecord } from '#server/store/document-store.ts';
import { recordsIn } from '#server/store/records-in.ts';
import type { OutsideRecord } from '#server/notify/wishes.ts';
import type { SealingRecord } from '#server/sealing/school-seal.ts';
import type { CredentialRecord } from './credentials.ts';
import { LONGEST_LIMITS, type Factor } from './session-rules.ts';

/** Who a session or code stands for. Name, roles and groups are looked up at each request, never kept here. */
export interface Identity {
	readonly personId: PersonId;
	readonly schoolId: SchoolId;
}

export interface LiveSession extends Identity {
	/** Tells this session apart without being the token. */
	readonly id: string;
	/** How this person showed who they are. */
	readonly factors: readonly Factor[];
	readonly startedAt: number;
	readonly seenAt: number;
	/** Which browser on what, in a person's words. */
	readonly device: string;
}

export type SessionRecord = Extract<AccountRecord, { kind: 'session' }>;
export type PhoneRecord = Extract<AccountRecord, { kind: 'phone' }>;

/** What a code is for besides an account of one's own. */
export interface CodeUse {
	/** To let somebody in on a phone, and not to make an account. */
	readonly forDevice?: true;
	/** That phone is shared from then on. */
	readonly forPhone?: true;
}

/** What the accounts database holds. Secrets stand there as SHA-256 only; they have 120 bits or more themselves. */
export type AccountRecord = StoreRecord &
	(
		| { readonly kind: 'school'; readonly schoolId: SchoolId }
		| ({ readonly kind: 'code'; readonly expiresAt: number } & CodeUse & Identity)
		/** A phone that several people share. */
		| {
				readonly kind: 'phone';
				readonly schoolId: SchoolId;
				/** When somebody last signed in on it. */
				readonly usedAt: number;
				readonly revokedAt?: number;
		  }
		| ({
				readonly kind: 'session';
				readonly startedAt: number;
				readonly seenAt: number;
				/** Missing in sessions from before there were any but codes. */
				readonly factors?: readonly Factor[];
				readonly device?: string;
				/** The shared phone it is on. */
				readonly phone?: string;
				/** When the school ended it: the device hears that, and not that it was away too long. */
				readonly revokedAt?: number;
				/** Who asked this device to forget all it holds; `null`: who hosts the server. Missing: only this sign-in is over. */
				readonly revokedBy?: PersonId | null;
				/** When the device was told to forget. */
				readonly heardAt?: number;
				/** When it said that it had. */
				readonly forgottenAt?: number;
				/** What the device told of itself last. */
				readonly told?: DeviceContact;
		  } & Identity)
		| { readonly kind: 'once'; readonly expiresAt: number; readonly value: unknown }
		| CredentialRecord
		| OutsideRecord
		| SealingRecord
	);

/** Writing the time of each request would double the cost of an idle pull; the shortest idle limit is an hour. */
const SEEN_EVERY_MS = 10 * 60 * 1000;
/** Where somebody was signed in is known this long after the last contact: a lost phone is often missed late. */
const KNOWN_MS = 90 * MS_PER_DAY;
/** To hand over on paper or by telephone the same day. */
const CODE_LIFE_MS = MS_PER_DAY;

/** To hold up a phone to the screen, and to find out how its camera works. */
const DEVICE_CODE_LIFE_MS = 10 * 60 * 1000;

const TOKEN_BYTES = 32;
const REVISION_BYTES = 12;
/** 24 letters of 5 bits: 120 bits, out of reach of guessing, readable aloud. */
const CODE_LETTERS = 24;
const CODE_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export type Accounts = ReturnType<typeof accountsIn>;

export function accountsIn(store: DocumentStore<AccountRecord>, now: Clock) {
	const endListeners = new Set<(sessionId: string) => void>();

	async function find<K extends AccountRecord['kind']>(kind: K, key: string) {
		const record = await store.get(`${kind}:${key}`);
		return record as Extract<AccountRecord, { kind: K }> | undefined;
	}

	const all = <K extends AccountRecord['kind']>(kind: K) =>
		recordsIn(store, (record): record is Extract<AccountRecord, { kind: K }> => record.kind === kind);

	async function add(record: AccountRecord) {
		const outcome = await store.put(record, null);
		if (!outcome.ok)
			throw new Error(`There already is ${record.kind === 'school' ? record.id : `such a ${record.kind}`}`);
	}

	async function issue({ personId, schoolId }: Identity, lifeMs: number, use: CodeUse = {}): Promise<string> {
		const code = Array.from(randomBytes(CODE_LETTERS), (byte) => CODE_ALPHABET[byte & 31]).join('');
		const expiresAt = now().getTime() + lifeMs;
		await add({ id: `code:${hash(code)}`, rev: '1', kind: 'code', personId, schoolId, expiresAt, ...use });
		return code.replace(/.{4}(?=.)/g, '$&-');
	}

	async function dropCodesOf({ personId }: Identity, forDevice: true | undefined): Promise<void> {
		const former = (await all('code')).filter((each) => each.personId === personId && each.forDevice === forDevice);
		await Promise.all(former.map(({ id }) => store.remove(id)));
	}

	function tellEnded(sessionId: string): void {
		endListeners.forEach((listener) => listener(sessionId));
	}

	return {
		async addSchool(schoolId: SchoolId): Promise<void> {
			await add({ id: `school:${schoolId}`, rev: '1', kind: 'school', schoolId });
		},

		async schoolIds(): Promise<SchoolId[]> {
			return (await all('school')).map(({ schoolId }) => schoolId);
		},

		/** Calls back with each school there is and each that comes. Returns the way to stop. */
		followSchools(onSchool: (id: SchoolId) => Promise<unknown>): () => Promise<void> {
			return store.follow(null, async (changes) => {
				for (const { record } of changes) if (record?.kind === 'school') await onSchool(record.schoolId);
			});
		},

		/** A code to hand over: valid for a day, once; those given before are worth nothing any more. */
		async issueCode(identity: Identity): Promise<string> {
			await dropCodesOf(identity, undefined);
			return issue(identity, CODE_LIFE_MS);
		},

		/** A code for a phone to scan: valid for ten minutes, once; the one shown before is worth nothing any more. */
		async issueDeviceCode(identity: Identity, isShared = false): Promise<{ code: string; expiresAt: number }> {
			await dropCodesOf(identity, true);
			const expiresAt = now().getTime() + DEVICE_CODE_LIFE_MS;
			const use: CodeUse = { forDevice: true, ...(isShared && { forPhone: true }) };
			return { code: await issue(identity, DEVICE_CODE_LIFE_MS, use), expiresAt };
		},

		/** Uses the code up: of two who try the same one at once, one gets in. */
		async redeemCode(code: string): Promise<Identity | undefined> {
			const record = await find('code', hash(lettersOf(code)));
			if (!record || record.expiresAt <= now().getTime()) return undefined;
			// A revision of its own, so that a repeated write is never taken for somebody else's.
			const rev = randomBytes(REVISION_BYTES).toString('base64url');
			const used = await store.put({ ...record, rev, expiresAt: 0 }, record.rev);
			return used.ok ? { personId: record.personId, schoolId: record.schoolId } : undefined;
		},

		/** Whom a code that still stands is for, without using it up. */
		async readCode(code: string): Promise<(Identity & CodeUse) | undefined> {
			const record = await find('code', hash(lettersOf(code)));
			return record && record.expiresAt > now().getTime() ? record : undefined;
		},

		/** Until when each of these people can still take up an invitation. */
		async codesStanding(): Promise<ReadonlyMap<PersonId, number>> {
			const at = now().getTime();
			const standing = new Map<PersonId, number>();
			for (const record of await all('code')) {
				if (record.expiresAt > at && !record.forDevice) {
					standing.set(record.personId, Math.max(record.expiresAt, standing.get(record.personId) ?? 0));
				}
			}
			return standing;
		},

		/** A new token each time somebody shows more of who they are: a token from before is worth nothing after. */
		async startSession(
			{ personId, schoolId }: Identity,
			factors: readonly Factor[] = ['code'],
			{ device = '', phone }: { readonly device?: string; readonly phone?: string | undefined } = {},
		): Promise<{ token: string; session: LiveSession }> {
			const token = randomBytes(TOKEN_BYTES).toString('base64url');
			const at = now().getTime();
			const id = hash(token);
			const session = { personId, schoolId, factors, device, startedAt: at, seenAt: at };
			await add({ id: `session:${id}`, rev: '1', kind: 'session', ...session, ...(phone && { phone }) });
			return { token, session: { id, ...session } };
		},

		async sessionsOf(personId: PersonId): Promise<LiveSession[]> {
			const at = now().getTime();
			return (await all('session'))
				.filter((record) => record.personId === personId && record.revokedAt === undefined && !isOver(record, at))
				.map(liveSession);
		},

		/** When each person was last here. */
		async lastSeen(): Promise<ReadonlyMap<PersonId, number>> {
			const seen = new Map<PersonId, number>();
			for (const { personId, seenAt } of await all('session')) {
				seen.set(personId, Math.max(seenAt, seen.get(personId) ?? 0));
			}
			return seen;
		},

		/** Keeps something for one use within a short time: a challenge, a way to a school's own sign-in and back. */
		async keepOnce(key: string, value: unknown, lifeMs: number): Promise<void> {
			const expiresAt = now().getTime() + lifeMs;
			await add({ id: `once:${hash(key)}`, rev: '1', kind: 'once', expiresAt, value });
		},

		/** Of two who ask for the same, one gets it. */
		async takeOnce(key: string): Promise<unknown> {
			const record = await find('once', hash(key));
			if (!record || record.expiresAt <= now().getTime()) return undefined;
			const rev = randomBytes(REVISION_BYTES).toString('base64url');
			const used = await store.put({ ...record, rev, expiresAt: 0, value: null }, record.rev);
			return used.ok ? record.value : undefined;
		},

		async sessionOf(token: string): Promise<LiveSession | undefined> {
			const id = hash(token);
			const record = await find('session', id);
			const at = now().getTime();
			if (!record || isOver(record, at) || record.revokedAt !== undefined) return undefined;
			if (at - record.seenAt > SEEN_EVERY_MS) {
				// A conflict means that another request of this session wrote the time just now.
				await store.put({ ...record, rev: String(at), seenAt: at }, record.rev);
			}
			return liveSession(record);
		},

		async endSession(sessionId: string): Promise<void> {
			await store.remove(`session:${sessionId}`);
			tellEnded(sessionId);
		},

		/** Ends every session of a person. @returns how many there were. */
		async revokeSessionsOf(personId: PersonId): Promise<number> {
			const at = now().getTime();
			let revoked = 0;
			for (const record of await all('session')) {
				if (record.personId !== personId || record.revokedAt !== undefined || isOver(record, at)) continue;
				const rev = `revoked ${at} ${record.rev}`;
				// A conflict means that it is used at this very moment: then from the newest.
				const newest = (await store.put({ ...record, rev, revokedAt: at }, record.rev)).ok
					? undefined
					: ((await store.get(record.id)) as typeof record | undefined);
				if (newest) await store.put({ ...newest, rev, revokedAt: at }, newest.rev);
				tellEnded(record.id.slice('session:'.length));
				revoked++;
			}
			return revoked;
		},

		tellEnded,

		/** Called when a session is ended on purpose, by this server. */
		onSessionEnd(listener: (sessionId: string) => void): () => void {
			endListeners.add(listener);
			return () => void endListeners.delete(listener);
		},

		/** Forgets sessions and codes that can no longer be used. */
		async sweep(): Promise<void> {
			const at = now().getTime();
			for (const { id } of await recordsIn(store, (record) => isForgettable(record, at))) await store.remove(id);
		},
	};
}

function isForgettable(record: AccountRecord, at: number): boolean {
	if (record.kind === 'phone') return at - record.usedAt > LONGEST_LIMITS.lifeMs + KNOWN_MS;
	return record.kind === 'session' ? at - record.seenAt > KNOWN_MS : isOver(record, at);
}

export function isOver(record: AccountRecord, at: number): boolean {
	if (record.kind === 'code' || record.kind === 'once') return record.expiresAt <= at;
	if (record.kind !== 'session') return false;
	return at - record.seenAt > LONGEST_LIMITS.idleMs || at - record.startedAt > LONGEST_LIMITS.lifeMs;
}

export function liveSession({
	id,
	personId,
	schoolId,
	factors,
	device,
	startedAt,
	seenAt,
}: SessionRecord): LiveSession {
	const key = id.slice('session:'.length);
	return { id: key, personId, schoolId, factors: factors ?? ['code'], device: device ?? '', startedAt, seenAt };
}

/** Typed with or without dashes, spaces and capitals. */
function lettersOf(code: string): string {
	return code.toUpperCase().replace(/[^0-9A-Z]/g, '');
}

export function hash(secret: string): string {
	return createHash('sha256').update(secret).digest('hex');
}
