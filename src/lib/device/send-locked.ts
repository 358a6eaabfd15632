import type { PersonId } from '#domain/id.ts';
import { hasToForget } from './account.ts';
import { browserSurroundings } from './browser-surroundings.ts';
import { dropDataKey } from './device-keys.ts';
import { forgetWhatIsHeld } from './forget.ts';
import { tellLooks } from './looks.ts';
import { openSealing } from './open-sealing.ts';
import { openPersonStore } from './person-store.ts';
import { sendUnsent } from './send-unsent.ts';
import type { SettingsDatabase } from './settings-database.ts';

/** Somebody whose work is here and not open: behind a PIN, or another one of a shared phone. */
export interface Away {
	readonly settings: SettingsDatabase;
	readonly personId: PersonId;
	/** Whose session speaks; nobody else's may. */
	readonly slot: number;
}

/**
 * What waits goes out while nobody who may read is there: as the service worker does it, for browsers that cannot call
 * that. And when the school wants what is here gone, it goes, without waiting for a PIN.
 * @returns whether trying again later may help, or that nothing of this person is here any more.
 */
export async function sendLocked(away: Away): Promise<'done' | 'tryLater' | 'forgotten'> {
	const { settings, personId, slot } = away;
	const around = browserSurroundings(personId, settings, await openSealing(settings, personId), slot);
	const tabs = around.openTabs(() => undefined);
	let outcome: 'done' | 'tryLater';
	try {
		outcome = await sendUnsent({ ...around, tabs, isWatched: false });
	} finally {
		tabs.close();
		around.storage.close();
	}
	return (await hasToForget(slot)) ? forgetLocked(away) : outcome;
}

/** The key goes first, and the PIN with it: from then on what the school gave is noise. */
export async function forgetLocked({ settings, personId, slot }: Away): Promise<'done' | 'forgotten'> {
	await dropDataKey(settings, personId);
	const around = browserSurroundings(personId, settings, await openSealing(settings, personId), slot);
	const tabs = around.openTabs(() => undefined);
	try {
		return await tabs.alone(async () => {
			const store = await openPersonStore(around);
			const mayGo = await forgetWhatIsHeld(store, around.transport, around.now());
			await tellLooks({ notes: store.notes }, slot);
			if (!mayGo || (await store.outbox.leave()) > 0) {
				store.close();
				return 'done';
			}
			tabs.announce('left');
			await store.destroy();
			return 'forgotten';
		});
	} finally {
		tabs.close();
	}
}
