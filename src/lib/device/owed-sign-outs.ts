import type { PersonId } from '#domain/id.ts';
import type { SettingsDatabase } from './settings-database.ts';

/** A session that has to end at the server, once that can be reached. */
export interface OwedSignOut {
	readonly slot: number;
	/** Whose work may still lie here: it goes out first, for no other session may send it. `null`: nothing does. */
	readonly personId: PersonId | null;
}

export async function readOwed(settings: SettingsDatabase): Promise<readonly OwedSignOut[]> {
	return owedIn(await settings.read('slotsDue'));
}

export async function addOwed(settings: SettingsDatabase, next: OwedSignOut): Promise<void> {
	await settings.replace('slotsDue', (due) => [...owedIn(due).filter(({ slot }) => slot !== next.slot), next]);
}

export async function removeOwed(settings: SettingsDatabase, done: number): Promise<void> {
	await settings.replace('slotsDue', (due) => owedIn(due).filter(({ slot }) => slot !== done));
}

function owedIn(due: unknown): readonly OwedSignOut[] {
	return Array.isArray(due) ? (due as readonly OwedSignOut[]) : [];
}
