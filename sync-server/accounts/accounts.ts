import { createHash, randomBytes } from 'node:crypto';
import type { PersonId, SchoolId } from '#domain/id.ts';
import { MS_PER_DAY } from '#domain/time/local-time.ts';
import type { Clock } from '#server/clock.ts';
import type { DocumentStore, StoreRecord } from '#server/store/document-store.ts';

/** Who a session or code stands for. Name, roles and groups are looked up at each request, never kept here. */
export interface Identity {
	readonly personId: PersonId;
	readonly schoolId: SchoolId;
}

export interface LiveSession extends Identity {
	/** Tells this session apart without being the token. */
	readonly id: string;
}

/** What the accounts database holds. Secrets stand there as SHA-256 only; they have 120 bits or more themselves. */
export type AccountRecord = StoreRecord &
	(
		| { readonly kind: 'school'; readonly schoolId: SchoolId }
		| ({ readonly kind: 'code'; readonly expiresAt: number } & Identity)
		| ({ readonly kind: 'session'; readonly startedAt: number; readonly seenAt: number } & Identity)
	);

/** Phones lie in a drawer during a holiday; two weeks bridges the longest but summer's. */
const SESSION_IDLE_MS = 16 * MS_PER_DAY;
/** About one term: signing in again once a term is bearable, a forgotten tablet does not stay open for years. */
const SESSION_LIFE_MS = 90 * MS_PER_DAY;
/** Writing the time of each request would double the cost of an idle pull. */
const SEEN_EVERY_MS = 60 * 60 * 1000;
/** To hand over on paper or by telephone the same day. */
const CODE_LIFE_MS = MS_PER_DAY;

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

	async function add(record: AccountRecord) {
		const outcome = await store.put(record, null);
		if (!outcome.ok)
			throw new Error(`There already is ${record.kind === 'school' ? record.id : `such a ${record.kind}`}`);
	}

	return {
		async addSchool(schoolId: SchoolId): Promise<void> {
			await add({ id: `school:${schoolId}`, rev: '1', kind: 'school', schoolId });
		},

		async schoolIds(): Promise<SchoolId[]> {
			const ids: SchoolId[] = [];
			for await (const changes of store.changes(null)) {
				for (const { record } of changes) if (record?.kind === 'school') ids.push(record.schoolId);
			}
			return ids;
		},

		/** A code to hand over: valid for a day, once. */
		async issueCode({ personId, schoolId }: Identity): Promise<string> {
			const code = Array.from(randomBytes(CODE_LETTERS), (byte) => CODE_ALPHABET[byte & 31]).join('');
			const expiresAt = now().getTime() + CODE_LIFE_MS;
			await add({ id: `code:${hash(code)}`, rev: '1', kind: 'code', personId, schoolId, expiresAt });
			return code.replace(/.{4}(?=.)/g, '$&-');
		},

		/** Uses the code up: of two who try the same one at once, one gets in. */
		async redeemCode(code: string): Promise<Identity | undefined> {
			const record = await find('code', hash(code.toUpperCase().replace(/[^0-9A-Z]/g, '')));
			if (!record || record.expiresAt <= now().getTime()) return undefined;
			// A revision of its own, so that a repeated write is never taken for somebody else's.
			const rev = randomBytes(REVISION_BYTES).toString('base64url');
			const used = await store.put({ ...record, rev, expiresAt: 0 }, record.rev);
			return used.ok ? { personId: record.personId, schoolId: record.schoolId } : undefined;
		},

		async startSession({ personId, schoolId }: Identity): Promise<{ token: string; session: LiveSession }> {
			const token = randomBytes(TOKEN_BYTES).toString('base64url');
			const at = now().getTime();
			const id = hash(token);
			await add({ id: `session:${id}`, rev: '1', kind: 'session', personId, schoolId, startedAt: at, seenAt: at });
			return { token, session: { id, personId, schoolId } };
		},

		async sessionOf(token: string): Promise<LiveSession | undefined> {
			const id = hash(token);
			const record = await find('session', id);
			const at = now().getTime();
			if (!record || isOver(record, at)) return undefined;
			if (at - record.seenAt > SEEN_EVERY_MS) {
				// A conflict means that another request of this session wrote the time just now.
				await store.put({ ...record, rev: String(at), seenAt: at }, record.rev);
			}
			return { id, personId: record.personId, schoolId: record.schoolId };
		},

		async endSession(sessionId: string): Promise<void> {
			await store.remove(`session:${sessionId}`);
			endListeners.forEach((listener) => listener(sessionId));
		},

		/** Called when a session is ended on purpose, by this server. */
		onSessionEnd(listener: (sessionId: string) => void): () => void {
			endListeners.add(listener);
			return () => void endListeners.delete(listener);
		},

		/** Forgets sessions and codes that can no longer be used. */
		async sweep(): Promise<void> {
			const at = now().getTime();
			for await (const changes of store.changes(null)) {
				for (const { id, record } of changes) if (record && isOver(record, at)) await store.remove(id);
			}
		},
	};
}

function isOver(record: AccountRecord, at: number): boolean {
	if (record.kind === 'school') return false;
	if (record.kind === 'code') return record.expiresAt <= at;
	return at - record.seenAt > SESSION_IDLE_MS || at - record.startedAt > SESSION_LIFE_MS;
}

function hash(secret: string): string {
	return createHash('sha256').update(secret).digest('hex');
}
