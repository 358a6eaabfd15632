import Dexie from 'dexie';
import { dropKeys } from './device-keys.ts';
import { keptMarker } from './kept-marker.ts';
import { PERSON_DATABASE_PREFIX } from './person-database.ts';
import { SettingsDatabase } from './settings-database.ts';

/**
 * Makes this device forget everybody: keys first, so that whatever stops it half way leaves only what nobody can read;
 * then the databases. What was not sent is gone with it: try to send first. Close what is open of them before, here and,
 * by `Tabs.announce('left')`, in other tabs; load the page anew afterwards.
 */
export async function forgetDevice(): Promise<void> {
	const settings = new SettingsDatabase();
	const owners = await settings.keyOwners();
	await settings.remove('session');
	for (const owner of owners) await dropKeys(settings, owner);
	const named = (await indexedDB.databases?.().catch(() => []))?.map(({ name }) => name) ?? [];
	const people = owners.filter((owner) => owner !== 'device').map((owner) => `${PERSON_DATABASE_PREFIX}${owner}`);
	const standing = named.filter((name) => name?.startsWith(PERSON_DATABASE_PREFIX)) as string[];
	for (const name of new Set([...people, ...standing])) await Dexie.delete(name);
	await settings.delete();
	keptMarker.clear();
}
