import { createHash } from 'node:crypto';
import { ulid } from 'ulid';
import type { SchoolId } from '#domain/id.ts';
import { LEASES_DATABASE } from '#server/store/databases.ts';
import type { DocumentStore, StoreHost, StoreRecord } from '#server/store/document-store.ts';

/**
 * What servers on one CouchDB tell each other. Each counts in a record of its own that it is there; a school's record
 * says who works for it. `until` is for people who look: no server believes another one's clock.
 */
export type LeaseRecord = StoreRecord &
	(
		| { readonly kind: 'server'; readonly until: string }
		| { readonly kind: 'school'; readonly schoolId: SchoolId; readonly owner: string }
	);

/** Reads time that only goes forward, in milliseconds; where it starts means nothing. */
type Stopwatch = () => number;

/** A record that has not changed for this long belongs to a server that is gone. */
export const LEASE_MS = 10_000;
/** Four chances to renew before the others stop believing in us. */
export const BEAT_MS = 2000;
/** We stop this long before they do: the two stopwatches need not run equally fast, and a write takes time to land. */
const SAFETY_MS = 3000;
/** Servers come and go with every restart; their records must not pile up. */
const FORGOTTEN_AFTER_MS = 10 * LEASE_MS;

export interface Leases {
	/** Renews, looks who else is there, and takes or hands over schools. Returns the schools that are ours to work for. */
	beat(schools: readonly SchoolId[]): Promise<ReadonlySet<SchoolId>>;
	/** Right now? `false` as soon as another server might have taken it. */
	holds(school: SchoolId): boolean;
	/** Leaves everything to the others at once. */
	release(): Promise<void>;
}

/** The only server there is works for every school. */
const ALL_OURS: Leases = {
	beat: async (schools) => new Set(schools),
	holds: () => true,
	async release() {},
};

/** Leases where several servers may share the schools of one CouchDB. */
export async function leasesOn(host: StoreHost): Promise<Leases> {
	if (!host.isShared) return ALL_OURS;
	const store = await host.open<LeaseRecord>(LEASES_DATABASE);
	const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();
	return leasesOf(store, ulid(), () => performance.now(), inMs);
}

/**
 * Which of several servers works for which school. Safe against clocks that differ: whoever watches measures with its
 * own stopwatch how long it has seen nothing new, and the owner measures its own silence. What a worker writes has ids
 * and revisions that follow from its contents, so even two at work at once would double nothing; leases save that work.
 */
export function leasesOf(
	store: DocumentStore<LeaseRecord>,
	me: string,
	stopwatch: Stopwatch,
	until: (inMs: number) => string,
): Leases {
	const records = new Map<string, LeaseRecord>();
	/** When this server saw each record of another as it is now. */
	const seenAt = new Map<string, number>();
	const held = new Set<SchoolId>();
	let checkpoint: string | null = null;
	let heldUntil = -Infinity;
	let count = 0;

	const serverId = (name: string) => `server:${name}`;

	async function renew() {
		const startedAt = stopwatch();
		const standing = records.get(serverId(me)) ?? null;
		const record: LeaseRecord = { id: serverId(me), rev: `${me}-${++count}`, kind: 'server', until: until(LEASE_MS) };
		const outcome = await store.put(record, standing?.rev ?? null);
		// While we were silent another may have taken what was ours: from here on only a new claim makes it ours again.
		if (stopwatch() >= heldUntil) held.clear();
		if (outcome.ok) {
			note(record);
			// Counted from before the request: from when the others may have seen it.
			heldUntil = startedAt + LEASE_MS - SAFETY_MS;
		} else {
			// We were given up for gone, and forgotten: look at everything anew, and renew next time.
			records.delete(serverId(me));
			checkpoint = null;
		}
	}

	async function look() {
		for await (const changes of store.changes(checkpoint)) {
			for (const { id, record } of changes) {
				if (record) note(record);
				else records.delete(id);
			}
			checkpoint = changes.at(-1)?.checkpoint ?? checkpoint;
		}
	}

	function note(record: LeaseRecord) {
		if (records.get(record.id)?.rev !== record.rev) seenAt.set(record.id, stopwatch());
		records.set(record.id, record);
	}

	/** As of a moment before we looked: whoever renewed since then has been seen to. */
	function serversThere(at: number): ReadonlySet<string> {
		const there = [...records.values()]
			.filter(({ id, kind }) => kind === 'server' && at - (seenAt.get(id) ?? at) < LEASE_MS)
			.map(({ id }) => id.slice('server:'.length));
		return new Set([me, ...there]);
	}

	/** Takes what is nobody's and falls to us; hands over what falls to another who is there. */
	async function settle(schoolId: SchoolId, there: ReadonlySet<string>) {
		const id = `school:${schoolId}`;
		const standing = records.get(id);
		const owner = standing?.kind === 'school' && there.has(standing.owner) ? standing.owner : undefined;
		const rightful = mostFitting(schoolId, [...there]);
		if (owner === me && rightful === me && held.has(schoolId)) return;
		const given = owner === me && rightful !== me && standing !== undefined;
		held.delete(schoolId);
		if (!given && !((owner === undefined || owner === me) && rightful === me)) return;
		const record: LeaseRecord = { id, rev: `${me}-${++count}`, kind: 'school', schoolId, owner: rightful };
		const outcome = await store.put(record, standing?.rev ?? null);
		if (!outcome.ok) return;
		note(record);
		if (rightful === me) held.add(schoolId);
	}

	return {
		async beat(schools) {
			await renew();
			const lookedAt = stopwatch();
			await look();
			if (stopwatch() >= heldUntil) return new Set();
			const there = serversThere(lookedAt);
			for (const school of schools) await settle(school, there);
			await forgetTheGone(lookedAt);
			return new Set(schools.filter((school) => held.has(school)));
		},
		holds: (school) => held.has(school) && stopwatch() < heldUntil,
		async release() {
			held.clear();
			heldUntil = -Infinity;
			await store.remove(serverId(me));
		},
	};

	/** Gone for so long that its record tells nobody anything. */
	async function forgetTheGone(at: number) {
		for (const { id, kind } of [...records.values()]) {
			if (kind !== 'server' || at - (seenAt.get(id) ?? at) < FORGOTTEN_AFTER_MS) continue;
			await store.remove(id);
			records.delete(id);
		}
	}
}

/** Rendezvous hashing: each school goes to the server with the highest draw, so that one who comes or goes moves few. */
function mostFitting(schoolId: SchoolId, servers: readonly string[]): string {
	const draw = (server: string) => createHash('sha256').update(`${schoolId} ${server}`).digest('hex');
	return servers.reduce((best, each) => (draw(each) > draw(best) ? each : best));
}
