/// <reference lib="esnext" />
/// <reference lib="webworker" />
import { ulid } from 'ulid';
import { ONLY_SLOT } from '#domain/accounts/slots.ts';
import type { PersonId } from '#domain/id.ts';
import { SEND_UNSENT } from '#lib/device/background-sync.ts';
import { readPhone, type OnPhone } from '#lib/device/kept-phone.ts';
import { readSession } from '#lib/device/kept-session.ts';
import { openSealing } from '#lib/device/open-sealing.ts';
import { readOwed } from '#lib/device/owed-sign-outs.ts';
import { openPersonDatabase } from '#lib/device/person-database.ts';
import { sendUnsent } from '#lib/device/send-unsent.ts';
import type { Sealing } from '#lib/device/sealing.ts';
import { SettingsDatabase } from '#lib/device/settings-database.ts';
import { openTabs } from '#lib/device/tabs.ts';
import { transportOf } from '#lib/device/transport.ts';

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

/**
 * For whoever is signed in on this device, each under their own session.
 * @throws when it is worth trying again: the browser waits and calls back.
 */
async function send({ clients }: ServiceWorkerGlobalScope): Promise<void> {
	const windows = await clients.matchAll({ type: 'window' });
	const isWatched = windows.some(({ visibilityState }) => visibilityState === 'visible');
	const settings = new SettingsDatabase();
	const people = (await readPhone(settings)) ?? [await readOnly(settings)].filter((each) => each !== null);
	const senders = people.map(({ slot, session: { personId } }) => ({ slot, personId }));
	for (const { slot, personId } of await readOwed(settings)) if (personId) senders.push({ slot, personId });
	const sealed = await Promise.all(
		senders.map(async (each) => ({ ...each, sealing: await openSealing(settings, each.personId) })),
	);
	settings.close();
	const outcomes: string[] = [];
	for (const each of sealed) outcomes.push(await sendFor(each, isWatched));
	if (outcomes.includes('tryLater')) throw new Error('The server cannot be reached now');
}

async function readOnly(settings: SettingsDatabase): Promise<OnPhone | null> {
	const session = await readSession(settings);
	return session && { slot: ONLY_SLOT, session };
}

async function sendFor(
	{ slot, personId, sealing }: { readonly slot: number; readonly personId: PersonId; readonly sealing: Sealing },
	isWatched: boolean,
): Promise<'done' | 'tryLater'> {
	const storage = openPersonDatabase(personId);
	const tabs = openTabs(`pleinwacht-${personId}`, () => undefined);
	try {
		return await sendUnsent({
			...{ storage, sealing, tabs, isWatched },
			transport: transportOf(slot),
			now: Date.now,
			newUlid: () => ulid(),
		});
	} finally {
		tabs.close();
		storage.close();
	}
}
