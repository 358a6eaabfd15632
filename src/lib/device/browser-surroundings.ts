import { ulid } from 'ulid';
import type { PersonId } from '#domain/id.ts';
import { askToSendLater } from './background-sync.ts';
import { dropKeys } from './device-keys.ts';
import { openPersonDatabase } from './person-database.ts';
import type { Surroundings } from './person-work.ts';
import type { Sealing } from './sealing.ts';
import type { SettingsDatabase } from './settings-database.ts';
import { listenForTriggers } from './sync-triggers.ts';
import { openTabs } from './tabs.ts';
import { transportOf } from './transport.ts';

/**
 * The real thing: IndexedDB, the network, the browser's tabs, its clock and its chance.
 * @param slot whose session speaks; left out: that of this page.
 */
export function browserSurroundings(
	personId: PersonId,
	settings: SettingsDatabase,
	sealing: Sealing,
	slot?: number,
): Surroundings {
	const storage = openPersonDatabase(personId);
	return {
		storage: {
			...storage,
			// Keys first: whatever stops it half way leaves only what nobody can read.
			destroy: () => dropKeys(settings, personId).then(() => storage.destroy()),
		},
		sealing,
		transport: transportOf(slot),
		openTabs: (onNews) => openTabs(`pleinwacht-${personId}`, onNews),
		listen: listenForTriggers,
		sendLater: () => void askToSendLater(),
		isVisible: () => document.visibilityState === 'visible',
		now: Date.now,
		uptime: () => performance.now(),
		random: Math.random,
		newUlid: () => ulid(),
		later(run, ms) {
			const timer = setTimeout(run, ms);
			return () => clearTimeout(timer);
		},
		onBug: reportError,
	};
}
