import type { SettingsDatabase } from './settings-database.ts';

/** Whether the browser promised not to throw the data away, asked for at the first save (D3). */
export async function createStorageHealth(settings: SettingsDatabase) {
	const promised = (await navigator.storage?.persisted?.().catch(() => false)) ?? false;
	let asked = promised || (await settings.read('persistenceAsked')) === true;
	let persistent = $state<boolean | null>(asked ? promised : null);

	return {
		get persistent() {
			return persistent;
		},
		async askToKeep(): Promise<void> {
			if (asked) return;
			asked = true;
			persistent = (await navigator.storage?.persist?.().catch(() => false)) ?? false;
			await settings.write('persistenceAsked', true);
		},
	};
}
