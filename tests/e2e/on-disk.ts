import type { Page } from '@playwright/test';

/** When this person's device had contact with the school last, by its own clock, as its disk says. */
export function lastContact(page: Page): Promise<number | null> {
	return page.evaluate(async () => {
		const name = (await indexedDB.databases()).find((each) => each.name?.startsWith('pleinwacht-per_'))?.name;
		if (!name) return null;
		const asked = <T>(request: IDBRequest<T>) =>
			new Promise<T>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
			});
		const database = await asked(indexedDB.open(name));
		const marks = database.transaction('marks').objectStore('marks');
		const lease = (await asked(marks.get('lease'))) as { value: { since: number } } | undefined;
		// A device whose contacts were never an hour apart has no lease written down yet.
		const lastEqual = (await asked(marks.get('lastEqualAt'))) as { value: number } | undefined;
		database.close();
		return lease?.value.since ?? lastEqual?.value ?? null;
	});
}

/**
 * What somebody who holds this device could read of its person's database with the keys that lie on it: each sealed value
 * is tried with every key that opens without a PIN. @returns the tables in which something opened.
 */
export function readableTables(page: Page): Promise<string[]> {
	return page.evaluate(async () => {
		const asked = <T>(request: IDBRequest<T>) =>
			new Promise<T>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
			});
		const rowsOf = async (database: IDBDatabase, table: string) =>
			(await asked(database.transaction(table).objectStore(table).getAll())) as Record<string, unknown>[];
		const bytesOf = (text: string) => new TextEncoder().encode(text);
		const name = (await indexedDB.databases()).find((each) => each.name?.startsWith('pleinwacht-per_'))?.name ?? '';
		const owner = name.replace('pleinwacht-', '');

		type Wrapped = { nonce: Uint8Array<ArrayBuffer>; bytes: Uint8Array<ArrayBuffer> };
		type Row = { wrapping: CryptoKey; data?: Wrapped; outbox: Wrapped };
		const settings = await asked(indexedDB.open('pleinwacht'));
		const row = (await rowsOf(settings, 'settings')).find((each) => each.name === `keys-${owner}`)?.value as Row;
		settings.close();
		const unwrap = ({ nonce, bytes }: Wrapped, use: string) => {
			const how = { name: 'AES-GCM', iv: nonce, additionalData: bytesOf(`pleinwacht/key/1/${owner}/${use}`) };
			return crypto.subtle.unwrapKey('raw', bytes, row.wrapping, how, 'AES-GCM', false, ['decrypt']);
		};
		const keys = await Promise.all([unwrap(row.outbox, 'outbox'), ...(row.data ? [unwrap(row.data, 'data')] : [])]);

		const database = await asked(indexedDB.open(name));
		const opened = new Set<string>();
		for (const table of database.objectStoreNames) {
			for (const each of await rowsOf(database, table)) {
				const id = String(each.id ?? each.name);
				const contents = ['packs', `changes/${id}`, `outbox/${id}`, `notes/${id}`];
				for (const bytes of Object.values(each).filter((value) => value instanceof Uint8Array)) {
					for (const content of contents) {
						const additionalData = bytesOf(`pleinwacht/1/${content}`);
						const how = { name: 'AES-GCM', iv: bytes.slice(2, 14), additionalData };
						const tries = keys.map((key) => crypto.subtle.decrypt(how, key, bytes.slice(14)));
						if ((await Promise.allSettled(tries)).some(({ status }) => status === 'fulfilled')) opened.add(table);
					}
				}
			}
		}
		database.close();
		return [...opened].sort();
	});
}
