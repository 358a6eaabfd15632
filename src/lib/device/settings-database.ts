import Dexie, { type Table } from 'dexie';

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
}

/** `signOutDue`: signed out without a network; the server still has to hear it. */
export type SettingName = 'session' | 'signOutDue' | 'persistenceAsked';
