import { createHash } from 'node:crypto';
import type { PersonId, SchoolId } from '#domain/id.ts';
import type { DocumentStore } from '#server/store/document-store.ts';
import type { AccountRecord, Identity } from './accounts.ts';

export interface StoredPasskey {
	readonly id: string;
	/** Base64url. */
	readonly publicKey: string;
	readonly counter: number;
	readonly transports: readonly string[];
	readonly label: string;
	readonly addedAt: number;
}

/** What somebody can sign in with. Kept apart from the person: names travel to devices, this never does. */
export interface Account extends Identity {
	readonly signInName: string | null;
	/** Argon2id. */
	readonly password: string | null;
	/** `lastCounter`: the period of the code used last; counts only once `confirmed`. */
	readonly totp: { readonly secret: string; readonly confirmed: boolean; readonly lastCounter: number } | null;
	/** Hashes of codes not used yet. */
	readonly recovery: readonly string[];
	readonly passkeys: readonly StoredPasskey[];
	/** Keys of the school's own accounts that are linked. */
	readonly federated: readonly string[];
}

interface Stored {
	readonly id: string;
	readonly rev: string;
}

export type CredentialRecord = Stored &
	(
		| ({ readonly kind: 'account' } & Account)
		/** Leads from what somebody types or shows to whom it belongs. */
		| ({ readonly kind: 'way' } & Identity)
	);

/** Conflicts come from another request of the same person; it cannot happen forever. */
const MAX_ROUNDS = 10;

export type Credentials = ReturnType<typeof credentialsIn>;

/** The ways to an account, each unique on this server. An issuer's subject, never an e-mail address (OpenID Connect). */
export const wayOf = {
	signInName: (name: string) => wayTo('name', name.trim().toLowerCase()),
	passkey: (id: string) => wayTo('passkey', id),
	federated: (issuer: string, subject: string) => wayTo('federated', `${issuer}\n${subject}`),
};

export function credentialsIn(store: DocumentStore<AccountRecord>) {
	async function read(personId: PersonId) {
		const record = await store.get(`account:${personId}`);
		return record?.kind === 'account' ? record : undefined;
	}

	return {
		find: async (personId: PersonId): Promise<Account | undefined> => read(personId),

		async whoseWay(way: string): Promise<Identity | undefined> {
			const record = await store.get(way);
			return record?.kind === 'way' ? { personId: record.personId, schoolId: record.schoolId } : undefined;
		},

		/** `false`: it is somebody else's. */
		async claimWay(way: string, { personId, schoolId }: Identity): Promise<boolean> {
			const claimed = await store.put({ id: way, rev: '1', kind: 'way', personId, schoolId }, null);
			if (claimed.ok) return true;
			const standing = await store.get(way);
			return standing?.kind === 'way' && standing.personId === personId;
		},

		dropWay: (way: string): Promise<void> => store.remove(way),

		/**
		 * Changes an account, one change at a time: `change` gets it as it stands and gives it back changed, or
		 * `undefined` when it must not be.
		 */
		async change(identity: Identity, change: (account: Account) => Account | undefined): Promise<Account | undefined> {
			for (let round = 0; round < MAX_ROUNDS; round++) {
				const standing = await read(identity.personId);
				const next = change(standing ?? nothingYet(identity));
				if (!next) return undefined;
				const rev = String(Number(standing?.rev ?? 0) + 1);
				const record = { ...next, id: `account:${identity.personId}`, rev, kind: 'account' as const };
				if ((await store.put(record, standing?.rev ?? null)).ok) return next;
			}
			throw new Error('An account did not come to rest');
		},

		/** Who leaves the school can no longer sign in with anything. */
		async forget(personId: PersonId): Promise<void> {
			const account = await read(personId);
			if (!account) return;
			const ways = [
				...(account.signInName ? [wayOf.signInName(account.signInName)] : []),
				...account.passkeys.map(({ id }) => wayOf.passkey(id)),
				...account.federated,
			];
			await Promise.all([...ways, `account:${personId}`].map((id) => store.remove(id)));
		},
	};
}

export function hasSecondFactor(account: Account | undefined): boolean {
	return account !== undefined && (account.totp?.confirmed === true || account.passkeys.length > 0);
}

function nothingYet({ personId, schoolId }: { personId: PersonId; schoolId: SchoolId }): Account {
	const none = { signInName: null, password: null, totp: null, recovery: [], passkeys: [], federated: [] };
	return { personId, schoolId, ...none };
}

function wayTo(kind: string, secret: string): string {
	return `way:${kind}:${createHash('sha256').update(secret).digest('hex')}`;
}
