import { randomBytes } from 'node:crypto';
import { MAX_PEOPLE } from '#domain/accounts/slots.ts';
import type { PersonId, SchoolId } from '#domain/id.ts';
import type { Clock } from '#server/clock.ts';
import type { DocumentStore } from '#server/store/document-store.ts';
import { recordsIn } from '#server/store/records-in.ts';
import { hash, isOver, type AccountRecord, type Identity, type PhoneRecord, type SessionRecord } from './accounts.ts';

const TOKEN_BYTES = 32;

export type Phones = ReturnType<typeof phonesIn>;

/**
 * Phones that several people share. A coordinator's code makes one; from then on the browser shows a token of its own,
 * and only with that may somebody sign in beside who is in already.
 */
export function phonesIn(store: DocumentStore<AccountRecord>, now: Clock) {
	async function read(id: string): Promise<PhoneRecord | undefined> {
		const record = await store.get(`phone:${id}`);
		return record?.kind === 'phone' ? record : undefined;
	}

	async function peopleOn(id: string): Promise<ReadonlySet<PersonId>> {
		const at = now().getTime();
		const isIn = (record: AccountRecord): record is SessionRecord =>
			record.kind === 'session' && record.phone === id && record.revokedAt === undefined && !isOver(record, at);
		return new Set((await recordsIn(store, isIn)).map(({ personId }) => personId));
	}

	return {
		async enrol(schoolId: SchoolId): Promise<{ token: string; id: string }> {
			const token = randomBytes(TOKEN_BYTES).toString('base64url');
			const id = hash(token);
			await store.put({ id: `phone:${id}`, rev: '1', kind: 'phone', schoolId, usedAt: now().getTime() }, null);
			return { token, id };
		},

		/** @returns its id; `undefined`: no phone of this school, or one that was taken off. */
		async find(token: string | undefined, schoolId: SchoolId): Promise<string | undefined> {
			const id = token && hash(token);
			const record = id ? await read(id) : undefined;
			return record?.schoolId === schoolId && record.revokedAt === undefined ? id : undefined;
		},

		async hasRoomFor(id: string, { personId }: Identity): Promise<boolean> {
			const people = await peopleOn(id);
			return people.has(personId) || people.size < MAX_PEOPLE;
		},

		/** Somebody signed in on it: it is known for as long as any of its sessions can be. */
		async used(id: string): Promise<void> {
			const record = await read(id);
			const usedAt = now().getTime();
			// A conflict means that somebody else signs in on it at this moment.
			if (record) await store.put({ ...record, rev: `${usedAt} ${record.rev}`.slice(0, 200), usedAt }, record.rev);
		},

		/** Nobody signs in on it any more. */
		async revoke(id: string): Promise<void> {
			for (let record = await read(id); record?.revokedAt === undefined && record; record = await read(id)) {
				const revokedAt = now().getTime();
				const rev = `revoked ${revokedAt} ${record.rev}`.slice(0, 200);
				if ((await store.put({ ...record, rev, revokedAt }, record.rev)).ok) return;
			}
		},
	};
}
