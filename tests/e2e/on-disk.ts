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
