import type { StorageSpace } from './device.ts';
import type { SettingsDatabase } from './settings-database.ts';

/** A year of a school's documents, and the app itself, fit into this; below it a save may fail soon. */
const LOW_SPACE_BYTES = 50_000_000;

/** Whether the browser promised not to throw the data away, asked for at the first save, and how much room is left (D3). */
export async function createStorageHealth(settings: SettingsDatabase) {
	const promised = (await navigator.storage?.persisted?.().catch(() => false)) ?? false;
	let asked = promised || (await settings.read('persistenceAsked')) === true;
	let persistent = $state<boolean | null>(asked ? promised : null);
	let space = $state.raw<StorageSpace | null>(null);

	return {
		get persistent() {
			return persistent;
		},
		/** `null`: the browser does not say. */
		get space() {
			return space;
		},
		async look(): Promise<void> {
			const estimate = await navigator.storage?.estimate?.().catch(() => null);
			if (estimate?.quota === undefined) return;
			const usedBytes = estimate.usage ?? 0;
			const freeBytes = Math.max(0, estimate.quota - usedBytes);
			space = { usedBytes, freeBytes, isLow: freeBytes < LOW_SPACE_BYTES };
		},
		async askToKeep(): Promise<void> {
			if (asked) return;
			asked = true;
			persistent = (await navigator.storage?.persist?.().catch(() => false)) ?? false;
			await settings.write('persistenceAsked', true);
		},
	};
}
