/// <reference lib="esnext" />
/// <reference lib="webworker" />
import { ulid } from 'ulid';
import { SEND_UNSENT } from '#lib/device/background-sync.ts';
import { readSession } from '#lib/device/kept-session.ts';
import { openSealing } from '#lib/device/open-sealing.ts';
import { openPersonDatabase } from '#lib/device/person-database.ts';
import { sendUnsent } from '#lib/device/send-unsent.ts';
import { SettingsDatabase } from '#lib/device/settings-database.ts';
import { openTabs } from '#lib/device/tabs.ts';
import { httpTransport } from '#lib/device/transport.ts';

/** Not in TypeScript's library: only some browsers have it (Background Sync). */
interface SyncEvent extends ExtendableEvent {
	readonly tag: string;
}

/** The network is back, and perhaps nobody has the app open any more: what waits goes out. */
export function listenForSync(worker: ServiceWorkerGlobalScope): void {
	worker.addEventListener('sync', (event) => {
		const { tag } = event as SyncEvent;
		if (tag === SEND_UNSENT) (event as SyncEvent).waitUntil(send(worker));
	});
}

/** For whoever is signed in on this device. @throws when it is worth trying again: the browser waits and calls back. */
async function send({ clients }: ServiceWorkerGlobalScope): Promise<void> {
	const windows = await clients.matchAll({ type: 'window' });
	const isWatched = windows.some(({ visibilityState }) => visibilityState === 'visible');
	const settings = new SettingsDatabase();
	const session = await readSession(settings);
	const sealing = session && (await openSealing(settings, session.personId));
	settings.close();
	if (!session || !sealing) return;
	const { personId } = session;
	const storage = openPersonDatabase(personId);
	const tabs = openTabs(`pleinwacht-${personId}`, () => undefined);
	try {
		const outcome = await sendUnsent({
			...{ storage, sealing, tabs, isWatched },
			transport: httpTransport,
			now: Date.now,
			newUlid: () => ulid(),
		});
		if (outcome === 'tryLater') throw new Error('The server cannot be reached now');
	} finally {
		tabs.close();
		storage.close();
	}
}
