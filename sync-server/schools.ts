import type { SchoolId } from '#domain/id.ts';
import { accountsIn, type AccountRecord, type Accounts } from './accounts/accounts.ts';
import { devicesIn, type Devices } from './accounts/devices.ts';
import { phonesIn, type Phones } from './accounts/phones.ts';
import { credentialsIn, type Credentials } from './accounts/credentials.ts';
import { wishesIn, type WishBook } from './notify/wishes.ts';
import type { Clock } from './clock.ts';
import { openReplica, type SchoolReplica } from './replica/school-replica.ts';
import { breachBookIn, type BreachBook, type BreachRecord } from './breaches/breach-register.ts';
import { lookLogIn, type LookLog, type LookRecord } from './looks/look-log.ts';
import { openSchoolSeal, type SchoolSeal } from './sealing/school-seal.ts';
import { openDenyList, type DenyList, type DenyRecord } from './retention/deny-list.ts';
import { assertFinished } from './backup/unfinished.ts';
import { ACCOUNTS_DATABASE, DENIED_PREFIX } from './store/databases.ts';
import type { DocumentStore, StoreHost } from './store/document-store.ts';
import type { Envelope } from './store/envelope.ts';

/** A school that is open: its store and its replica. */
export interface OpenSchool {
	readonly id: SchoolId;
	readonly store: DocumentStore<Envelope>;
	readonly replica: SchoolReplica;
	readonly denyList: DenyList;
	/** Who looked at which child. */
	readonly looks: LookLog;
	/** What went wrong with data. */
	readonly breaches: BreachBook;
	/** Opens what devices sealed to this school. */
	readonly seal: SchoolSeal;
}

export interface Schools {
	readonly host: StoreHost;
	readonly accounts: Accounts;
	readonly credentials: Credentials;
	/** Where people are signed in. */
	readonly devices: Devices;
	/** Which phones several people share. */
	readonly phones: Phones;
	/** What people want to hear outside the app. */
	readonly wishes: WishBook;
	readonly now: Clock;
	get(id: SchoolId): OpenSchool | undefined;
	all(): OpenSchool[];
	/**
	 * Stores a new school's documents and opens it. It is known to the server only once it is complete: whoever stops
	 * the server half-way has to found it again, and gets a whole one.
	 */
	found(documents: readonly Envelope[], onProgress?: (stored: number) => void): Promise<OpenSchool>;
	/** Its documents must be in the store already; from now on the school is known. */
	add(id: SchoolId): Promise<OpenSchool>;
	close(): Promise<void>;
}

const DOCUMENTS_PER_WRITE = 500;

/** CouchDB allows lower case only. */
function nameFor(prefix: string, schoolId: SchoolId): string {
	return prefix + schoolId.slice('sch_'.length).toLowerCase();
}

export function databaseOf(schoolId: SchoolId): string {
	return nameFor('school_', schoolId);
}

/** What was erased from that school; a backup of one is worth nothing without the other. */
export function denyListOf(schoolId: SchoolId): string {
	return nameFor(DENIED_PREFIX, schoolId);
}

/** Opens the accounts and every school they know. */
export async function openSchools(host: StoreHost, now: Clock): Promise<Schools> {
	const accountStore = await host.open<AccountRecord>(ACCOUNTS_DATABASE);
	await assertFinished(accountStore);
	const accounts = accountsIn(accountStore, now);
	const open = new Map<SchoolId, OpenSchool>();
	const opening = new Map<SchoolId, Promise<OpenSchool>>();
	const following: (() => Promise<void>)[] = [];

	function openSchool(id: SchoolId): Promise<OpenSchool> {
		const started = opening.get(id) ?? openAnew(id);
		opening.set(id, started);
		// One that could not be reached is tried again by whoever asks next.
		started.catch(() => opening.delete(id));
		return started;
	}

	async function openAnew(id: SchoolId): Promise<OpenSchool> {
		const store = await host.open<Envelope>(databaseOf(id));
		const denyList = await openDenyList(await host.open<DenyRecord>(denyListOf(id)));
		const replica = await openReplica(store, id, now, denyList);
		following.push(denyList.follow((ids) => replica.remove(ids).catch(() => {})));
		const looks = lookLogIn(await host.open<LookRecord>(nameFor('looks_', id)));
		const breaches = breachBookIn(await host.open<BreachRecord>(nameFor('breaches_', id)));
		const seal = await openSchoolSeal(accountStore, id, now);
		const school = { id, store, replica, denyList, looks, breaches, seal };
		open.set(id, school);
		return school;
	}

	async function add(id: SchoolId): Promise<OpenSchool> {
		await accounts.addSchool(id);
		return openSchool(id);
	}

	await accounts.sweep();
	await Promise.all((await accounts.schoolIds()).map(openSchool));
	// Another server, or the command line beside this one, may found a school.
	if (host.isShared) following.push(accounts.followSchools(openSchool));
	return {
		host,
		accounts,
		credentials: credentialsIn(accountStore),
		devices: devicesIn(accountStore, now, accounts.tellEnded),
		phones: phonesIn(accountStore, now),
		wishes: wishesIn(accountStore),
		now,
		get: (id) => open.get(id),
		all: () => [...open.values()],
		add,
		async found(documents, onProgress) {
			const id = schoolIdIn(documents);
			await host.destroy(databaseOf(id));
			const store = await host.open<Envelope>(databaseOf(id));
			for (let at = 0; at < documents.length; at += DOCUMENTS_PER_WRITE) {
				const batch = documents.slice(at, at + DOCUMENTS_PER_WRITE);
				await store.putAll(batch.map((record) => ({ record, expectedRev: null })));
				onProgress?.(at + batch.length);
			}
			return add(id);
		},
		async close() {
			await Promise.all([...open.values()].map(({ replica }) => replica.close()));
			await Promise.all(following.map((stop) => stop()));
			await host.close();
		},
	};
}

function schoolIdIn(documents: readonly Envelope[]): SchoolId {
	const school = documents.map(({ doc }) => doc).find((doc) => doc.type === 'school');
	if (!school) throw new Error('A school to found has no document of its own');
	return school.id;
}
