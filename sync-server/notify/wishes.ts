import { createHash, randomBytes } from 'node:crypto';
import webPush from 'web-push';
import type { Language, PushSubscription } from '#domain/accounts/outside.ts';
import type { PersonId, SchoolId } from '#domain/id.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import type { AccountRecord, Identity } from '#server/accounts/accounts.ts';
import type { DocumentStore, StoreRecord } from '#server/store/document-store.ts';
import { recordsIn } from '#server/store/records-in.ts';

/** Told through one channel: on which day last, and of what, so that nothing is told again until something changed. */
export interface Told {
	readonly on: LocalDate | null;
	readonly keys: readonly string[];
}

interface PushedTo {
	readonly id: string;
	readonly label: string;
	readonly addedAt: number;
	readonly subscription: PushSubscription;
}

/** What one person wants to hear outside the app, and what was told. */
export interface Wishes extends Identity {
	readonly language: Language;
	readonly address: string | null;
	readonly devices: readonly PushedTo[];
	/** The hash of the secret in the address of the calendar feed. */
	readonly feed: string | null;
	readonly told: { readonly mail: Told; readonly push: Told };
}

export interface VapidKeys {
	readonly publicKey: string;
	readonly privateKey: string;
}

/** What of this lies in the accounts database. */
export type OutsideRecord = StoreRecord &
	(
		| ({ readonly kind: 'outside' } & Wishes)
		| ({ readonly kind: 'feed' } & Identity)
		| ({ readonly kind: 'vapid' } & VapidKeys)
	);

const MAX_ROUNDS = 10;
/** Out of reach of guessing: whoever has the address can read the feed. */
const FEED_TOKEN_BYTES = 24;
/** A phone, a tablet and a laptop or two; the oldest makes room. */
const MOST_DEVICES = 8;
const NOTHING_TOLD: Told = { on: null, keys: [] };
const VAPID_ID = 'vapid:own';

export type WishBook = ReturnType<typeof wishesIn>;

export function wishesIn(store: DocumentStore<AccountRecord>) {
	async function read(personId: PersonId) {
		const record = await store.get(`outside:${personId}`);
		return record?.kind === 'outside' ? record : undefined;
	}

	async function change(identity: Identity, next: (wishes: Wishes) => Wishes): Promise<Wishes> {
		for (let round = 0; round < MAX_ROUNDS; round++) {
			const standing = await read(identity.personId);
			const changed = next(standing ?? noWishes(identity));
			const rev = String(Number(standing?.rev ?? 0) + 1);
			const record = { ...changed, id: `outside:${identity.personId}`, rev, kind: 'outside' as const };
			if ((await store.put(record, standing?.rev ?? null)).ok) return changed;
		}
		throw new Error('What a person wants to hear did not come to rest');
	}

	async function dropFeed(feed: string | null): Promise<void> {
		if (feed !== null) await store.remove(`feed:${feed}`);
	}

	return {
		find: async (personId: PersonId): Promise<Wishes | undefined> => read(personId),

		/** Of everybody at a school who wants to hear anything. */
		async ofSchool(schoolId: SchoolId): Promise<Wishes[]> {
			return recordsIn(
				store,
				(record): record is Extract<AccountRecord, { kind: 'outside' }> =>
					record.kind === 'outside' && record.schoolId === schoolId,
			);
		},

		setMail: (identity: Identity, address: string | null, language: Language): Promise<Wishes> =>
			change(identity, (wishes) => ({ ...wishes, address, language })),

		addDevice: (
			identity: Identity,
			device: { readonly subscription: PushSubscription; readonly label: string; readonly addedAt: number },
			language: Language,
		): Promise<Wishes> =>
			change(identity, (wishes) => {
				const id = hash(device.subscription.endpoint).slice(0, 24);
				const others = wishes.devices.filter((each) => each.id !== id);
				return { ...wishes, language, devices: [...others, { id, ...device }].slice(-MOST_DEVICES) };
			}),

		dropDevice: (identity: Identity, id: string): Promise<Wishes> =>
			change(identity, (wishes) => ({ ...wishes, devices: wishes.devices.filter((each) => each.id !== id) })),

		/** A new secret address; the one before is worth nothing from then on. */
		async renewFeed(identity: Identity, language: Language): Promise<string> {
			const token = randomBytes(FEED_TOKEN_BYTES).toString('base64url');
			const feed = hash(token);
			const { personId, schoolId } = identity;
			await store.put({ id: `feed:${feed}`, rev: '1', kind: 'feed', personId, schoolId }, null);
			const former = (await read(personId))?.feed ?? null;
			await change(identity, (wishes) => ({ ...wishes, language, feed }));
			await dropFeed(former);
			return token;
		},

		async stopFeed(identity: Identity): Promise<void> {
			const former = (await read(identity.personId))?.feed ?? null;
			await change(identity, (wishes) => ({ ...wishes, feed: null }));
			await dropFeed(former);
		},

		/** Whose feed this secret opens, while it is the one that stands. */
		async whoseFeed(token: string): Promise<Wishes | undefined> {
			const feed = hash(token);
			const record = await store.get(`feed:${feed}`);
			const wishes = record?.kind === 'feed' ? await read(record.personId) : undefined;
			return wishes?.feed === feed ? wishes : undefined;
		},

		noteTold: (identity: Identity, channel: keyof Wishes['told'], told: Told): Promise<Wishes> =>
			change(identity, (wishes) => ({ ...wishes, told: { ...wishes.told, [channel]: told } })),

		async forget(personId: PersonId): Promise<void> {
			await dropFeed((await read(personId))?.feed ?? null);
			await store.remove(`outside:${personId}`);
		},

		/** The server's own keys, made at first use: no push service needs an account of anybody (RFC 8292). */
		async vapidKeys(): Promise<VapidKeys> {
			const standing = await store.get(VAPID_ID);
			if (standing?.kind === 'vapid') return standing;
			const keys = webPush.generateVAPIDKeys();
			// Of two servers that start at once, one makes them.
			if ((await store.put({ id: VAPID_ID, rev: '1', kind: 'vapid', ...keys }, null)).ok) return keys;
			const theirs = await store.get(VAPID_ID);
			if (theirs?.kind !== 'vapid') throw new Error('There are no keys to push with');
			return theirs;
		},
	};
}

function noWishes({ personId, schoolId }: Identity): Wishes {
	const told = { mail: NOTHING_TOLD, push: NOTHING_TOLD };
	return { personId, schoolId, language: 'nl', address: null, devices: [], feed: null, told };
}

function hash(secret: string): string {
	return createHash('sha256').update(secret).digest('hex');
}
