import { sealWith } from './aes-sealing.ts';
import { openKeys, type DeviceKeys, type KeyOwner } from './device-keys.ts';
import { plainSealing, type Sealing } from './sealing.ts';
import type { SettingsDatabase } from './settings-database.ts';

/**
 * How this browser seals what it keeps of this person: as well as it can (`docs/decisions/0019-…`).
 * @param opened what a PIN opened in this page.
 */
export async function openSealing(settings: SettingsDatabase, owner: KeyOwner, opened?: DeviceKeys): Promise<Sealing> {
	// Browsers have ciphers only where the address is secure; on a school's own http address there are none.
	if (!globalThis.crypto?.subtle) return plainSealing;
	const keys = opened ?? (await openKeys(settings, owner));
	return keys ? sealWith(keys) : plainSealing;
}
