import { isAbout, type Look, type LookedAt } from '#domain/access/looks.ts';
import type { PersonId, PupilId } from '#domain/id.ts';
import type { Pupil } from '#domain/school/roster.ts';
import { MS_PER_DAY, type Instant } from '#domain/time/local-time.ts';
import type { DocumentStore, StoreRecord } from '#server/store/document-store.ts';
import { recordsIn } from '#server/store/records-in.ts';

/** As long as what was looked at is kept itself (D10). */
const KEPT_MS = 365 * MS_PER_DAY;

export interface LookRecord extends StoreRecord, Omit<Look, 'id'> {
	readonly personId: PersonId;
	/** By the server's clock: what a device says of its own is not trusted. */
	readonly heardAt: Instant;
}

/**
 * Who looked at which child. Only ever added to: no request changes or removes a line, and no device is given it. A
 * database of its own, so that neither sync nor an export of the school carries it along.
 */
export interface LookLog {
	add(personId: PersonId, looks: readonly Look[], heardAt: Date): Promise<void>;
	/** Newest first. */
	of(pupil: Pupil): Promise<LookedAt[]>;
	/** Forgets what is over a year old. @returns how much was. */
	expire(now: Date): Promise<number>;
	/** A pupil who is erased is not named here either. */
	forget(pupilId: PupilId): Promise<void>;
}

function endOf({ heardAt }: LookRecord): number {
	return Date.parse(heardAt) + KEPT_MS;
}

export function lookLogIn(store: DocumentStore<LookRecord>): LookLog {
	/** Nothing is over a year old before this moment: a long log need not be read each hour to find nothing. */
	let nextDueAt = 0;

	/** Read when a coordinator asks, not held: asked a few times a year, and long. */
	const which = (isMeant: (record: LookRecord) => boolean) => recordsIn(store, isMeant);

	async function remove(records: readonly LookRecord[]): Promise<number> {
		if (records.length === 0) return 0;
		await store.removeAll(records.map(({ id }) => id));
		await store.purge();
		return records.length;
	}

	return {
		async add(personId, looks, heardAt) {
			// A device may tell again what it did not hear back of: the first telling stands.
			const unique = new Map(looks.map((look) => [look.id, look]));
			const fixed = { rev: '1', personId, heardAt: heardAt.toISOString() as Instant };
			const records = [...unique.values()].map((look) => ({ ...look, id: `${personId}:${look.id}`, ...fixed }));
			await store.putAll(records.map((record) => ({ record, expectedRev: null })));
		},
		async of(pupil) {
			const looks = await which(({ about }) => isAbout(about, pupil));
			return looks.map(({ personId, at, kind }) => ({ personId, at, kind })).sort((a, b) => (a.at < b.at ? 1 : -1));
		},
		async expire(now) {
			if (now.getTime() < nextDueAt) return 0;
			const standing = await recordsIn(store);
			const isOld = (record: LookRecord) => endOf(record) <= now.getTime();
			const gone = await remove(standing.filter(isOld));
			const kept = standing.filter((record) => !isOld(record));
			// What comes in from now on is kept for a year from now.
			nextDueAt = kept.reduce((first, record) => Math.min(first, endOf(record)), now.getTime() + KEPT_MS);
			return gone;
		},
		forget: async (pupilId) => void (await remove(await which(({ about }) => about === pupilId))),
	};
}
