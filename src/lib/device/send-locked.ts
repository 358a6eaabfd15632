import { ulid } from 'ulid';
import type { PersonId } from '#domain/id.ts';
import { openPersonDatabase } from './person-database.ts';
import type { Sealing } from './sealing.ts';
import { sendUnsent } from './send-unsent.ts';
import { openTabs } from './tabs.ts';
import { httpTransport } from './transport.ts';

/** What waits goes out while nobody who may read is there: as the service worker does it, for browsers that cannot call that. */
export async function sendLocked(personId: PersonId, sealing: Sealing): Promise<void> {
	const storage = openPersonDatabase(personId);
	const tabs = openTabs(`pleinwacht-${personId}`, () => undefined);
	try {
		await sendUnsent({
			...{ storage, sealing, tabs, isWatched: false },
			transport: httpTransport,
			now: Date.now,
			newUlid: () => ulid(),
		});
	} finally {
		tabs.close();
		storage.close();
	}
}
