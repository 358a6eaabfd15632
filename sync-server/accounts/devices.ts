import type { DeviceContact } from '#domain/accounts/devices.ts';
import type { PersonId, SchoolId } from '#domain/id.ts';
import type { Clock } from '#server/clock.ts';
import type { DocumentStore } from '#server/store/document-store.ts';
import { recordsIn } from '#server/store/records-in.ts';
import { hash, isOver, liveSession, type AccountRecord, type LiveSession, type SessionRecord } from './accounts.ts';

/** Conflicts come from another request of the same session; it cannot happen forever. */
const MAX_ROUNDS = 10;

/** Why a session is over although it was not away too long. */
export type End = 'shutOut' | 'mustForget';

export type Devices = ReturnType<typeof devicesIn>;

/**
 * Where people are signed in, as the school knows it: a device is the session it holds. One that is revoked may read
 * nothing any more; what waits on it may still come in, until it says that it forgot (D3, D11).
 */
export function devicesIn(store: DocumentStore<AccountRecord>, now: Clock, tellEnded: (sessionId: string) => void) {
	async function read(id: string): Promise<SessionRecord | undefined> {
		const record = await store.get(`session:${id}`);
		return record?.kind === 'session' ? record : undefined;
	}

	/** Writes what `next` makes of the newest; `undefined`: leave it. */
	async function change(id: string, next: (record: SessionRecord) => SessionRecord | undefined): Promise<void> {
		for (let round = 0; round < MAX_ROUNDS; round++) {
			const standing = await read(id);
			const wanted = standing && next(standing);
			if (!wanted) return;
			const rev = `${now().getTime()} ${round} ${standing.rev}`.slice(0, 200);
			if ((await store.put({ ...wanted, rev }, standing.rev)).ok) return;
		}
		throw new Error('A session changed all the time');
	}

	const which = (isMeant: (record: SessionRecord) => boolean): Promise<SessionRecord[]> =>
		recordsIn(store, (record): record is SessionRecord => record.kind === 'session' && isMeant(record));

	/** @param by `null`: who hosts the server. */
	async function revoke(id: string, by: PersonId | null): Promise<void> {
		const at = now().getTime();
		await change(id, (record) => (mustForget(record) ? undefined : { ...record, revokedAt: at, revokedBy: by }));
		tellEnded(id);
	}

	return {
		revoke,

		/** All that a person has, those whose sign-in is over included. @returns how many had not been asked before. */
		async revokeAllOf(personId: PersonId, by: PersonId | null): Promise<number> {
			const known = await which((each) => each.personId === personId && each.revokedBy === undefined);
			await Promise.all(known.map((each) => revoke(keyOf(each), by)));
			return known.length;
		},

		/** A whole shared phone: everybody on it. @returns how many had not been asked before. */
		async revokeAllOn(phone: string, by: PersonId): Promise<number> {
			const known = await which((each) => each.phone === phone && each.revokedBy === undefined);
			await Promise.all(known.map((each) => revoke(keyOf(each), by)));
			return known.length;
		},

		/** Those of a school that are still known of, the longest silent last. */
		async of(schoolId: SchoolId): Promise<SessionRecord[]> {
			const known = await which((record) => record.schoolId === schoolId);
			return known.sort((a, b) => b.seenAt - a.seenAt);
		},

		/** As the school's people name it: `undefined` for one of another school too. */
		async find(id: string, schoolId: SchoolId): Promise<SessionRecord | undefined> {
			const record = await read(id);
			return record?.schoolId === schoolId ? record : undefined;
		},

		/**
		 * A device tells of itself. Who signed in anew where somebody was before takes that one's place; where a device was
		 * to forget and never heard of it, it hears so now.
		 * @returns whether it may go on.
		 */
		async contact({ id, personId }: LiveSession, told: DeviceContact): Promise<boolean> {
			const standing = await read(id);
			if (standing?.told?.deviceId !== told.deviceId) {
				const isSame = (record: SessionRecord) =>
					record.personId === personId && record.told?.deviceId === told.deviceId && keyOf(record) !== id;
				const former = await which(isSame);
				const asked = former.find(mustForget);
				if (asked?.revokedBy !== undefined) {
					await change(id, (record) => ({ ...record, told }));
					await revoke(id, asked.revokedBy);
					return false;
				}
				// That it was emptied stays known.
				const over = former.filter(({ forgottenAt }) => forgottenAt === undefined);
				await Promise.all(over.map((record) => store.remove(record.id)));
				over.forEach((record) => tellEnded(keyOf(record)));
			}
			await change(id, (record) => ({ ...record, told, seenAt: now().getTime() }));
			return true;
		},

		/** Why the session of this token is over; a device that must forget hears so, and that is written down. */
		async whyEnded(token: string): Promise<End | undefined> {
			const id = hash(token);
			const record = await read(id);
			if (record?.revokedAt === undefined) return undefined;
			if (!mustForget(record)) return 'shutOut';
			if (record.heardAt === undefined) {
				const at = now().getTime();
				await change(id, (newest) => ({ ...newest, heardAt: at, seenAt: at }));
			}
			return 'mustForget';
		},

		/** The session of a device that has to forget and did not yet: it may send what waits there, and nothing else. */
		async lastSender(token: string): Promise<LiveSession | undefined> {
			const record = await read(hash(token));
			return record && mustForget(record) && !isOver(record, now().getTime()) ? liveSession(record) : undefined;
		},

		/** Signed out where it had to forget: it has, and so has every other sign-in of that device. */
		async confirm(token: string): Promise<void> {
			const record = await read(hash(token));
			if (!record || !mustForget(record)) return;
			const { personId, told } = record;
			const same = told
				? await which((each) => each.personId === personId && each.told?.deviceId === told.deviceId && mustForget(each))
				: [record];
			const at = now().getTime();
			await Promise.all(
				same.map((each) =>
					change(keyOf(each), (newest) => ({ ...newest, heardAt: newest.heardAt ?? at, forgottenAt: at })),
				),
			);
		},
	};
}

export function keyOf({ id }: SessionRecord): string {
	return id.slice('session:'.length);
}

function mustForget({ revokedBy, forgottenAt }: SessionRecord): boolean {
	return revokedBy !== undefined && forgottenAt === undefined;
}
