import type { DocumentStore, StoreHost, StoreRecord } from '#server/store/document-store.ts';
import { StartUpProblem } from '#server/start-up-problem.ts';
import { ACCOUNTS_DATABASE, LEASES_DATABASE } from '#server/store/databases.ts';

/** In the accounts of a store that is being filled from elsewhere; gone once all of it is there. */
const NOTE = 'unfinished';

export type Filling = 'restore' | 'migrate-store';

interface Unfinished {
	readonly by: Filling;
	/** What it is filled from: the same must finish it. */
	readonly from: string;
}

/** Half a school must never be served: its devices would drop what is not there yet. */
export async function assertFinished(accounts: { readNote: DocumentStore<StoreRecord>['readNote'] }): Promise<void> {
	const note = (await accounts.readNote(NOTE)) as Unfinished | null | undefined;
	if (!note) return;
	throw new StartUpProblem(
		`This store is only half filled: "${note.by}" was cut off. Run it again to finish it, or choose an empty store.`,
	);
}

/**
 * Marks an empty store as being filled. One that was cut off before is taken up again.
 * @returns whether this is such a second try. @throws {StartUpProblem} when there is something in it already.
 */
export async function beginFilling(host: StoreHost, by: Filling, from: string): Promise<boolean> {
	const accounts = await host.open<StoreRecord>(ACCOUNTS_DATABASE);
	const note = (await accounts.readNote(NOTE)) as Unfinished | null | undefined;
	if (note?.by === by && note.from === from) return true;
	if (note) {
		throw new StartUpProblem(
			`A "${note.by}" from ${note.from} into this store was cut off. Finish that first, or choose an empty store.`,
		);
	}
	if (!(await isEmpty(host, accounts))) {
		throw new StartUpProblem('There is data in this store already. Choose an empty DATA_DIR, or another CouchDB.');
	}
	await accounts.writeNote(NOTE, { by, from } satisfies Unfinished);
	return false;
}

async function isEmpty(host: StoreHost, accounts: DocumentStore<StoreRecord>): Promise<boolean> {
	const others = (await host.names()).filter((name) => ![ACCOUNTS_DATABASE, LEASES_DATABASE].includes(name));
	if (others.length > 0) return false;
	for await (const changes of accounts.changes(null)) if (changes.some(({ record }) => record)) return false;
	return true;
}

export async function endFilling(host: StoreHost): Promise<void> {
	await (await host.open(ACCOUNTS_DATABASE)).writeNote(NOTE, null);
}
