import Dexie, { type Table } from 'dexie';
import type { KeyOwner } from './device-keys.ts';

interface Setting {
	name: string;
	value: unknown;
}

/** The little this device knows before it is clear whose it is now. */
export class SettingsDatabase extends Dexie {
	declare readonly settings: Table<Setting, string>;

	constructor() {
		super('pleinwacht', { chromeTransactionDurability: 'strict' });
		this.version(1).stores({ settings: 'name' });
	}

	async read(name: SettingName): Promise<unknown> {
		return (await this.settings.get(name))?.value;
	}

	async write(name: SettingName, value: unknown): Promise<void> {
		await this.settings.put({ name, value });
	}

	/** In one transaction. @returns what stands there now. */
	replace(name: SettingName, next: (value: unknown) => unknown): Promise<unknown> {
		return this.transaction('rw', this.settings, async () => {
			const value = next(await this.read(name));
			await this.write(name, value);
			return value;
		});
	}

	async remove(name: SettingName): Promise<void> {
		await this.settings.delete(name);
	}
}

/**
 * `session`: sealed; `signOutDue`: signed out without a network, the server still has to hear it; `looksLeft`: so are
 * looks, sealed; `forgotten`: the school had this device forget everything; `pinDemanded`: of whom, `true`: of everybody;
 * `phone`: who shares it, sealed; `slotsDue`: the numbers of those of them who signed out without a network; `schoolKey`: to
 * whom this device seals what waits (`school-seal.ts`); `keys-…`: see
 * `device-keys.ts`.
 */
export type SettingName =
	| 'session'
	| 'signOutDue'
	| 'looksLeft'
	| 'persistenceAsked'
	| 'forgotten'
	| 'pinDemanded'
	| 'schoolKey'
	| 'phone'
	| 'slotsDue'
	| `keys-${KeyOwner}`;
