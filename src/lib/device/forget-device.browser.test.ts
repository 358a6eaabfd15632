import { ulid } from 'ulid';
import { expect, test } from 'vitest';
import { anId, anObservation } from '#tests/factories/school.ts';
import { forgetDevice } from './forget-device.ts';
import { openSealing } from './open-sealing.ts';
import { openPersonDatabase } from './person-database.ts';
import { openPersonStore } from './person-store.ts';
import { SettingsDatabase } from './settings-database.ts';

const PEOPLE = [anId('person', 71), anId('person', 72)];

async function openStore(personId: (typeof PEOPLE)[number], settings: SettingsDatabase) {
	const sealing = await openSealing(settings, personId);
	const storage = openPersonDatabase(personId);
	return openPersonStore({ storage, sealing, now: Date.now, newUlid: () => ulid() });
}

test('what is sealed in this browser is read by the next visit, and after forgetting the device nothing stands', async () => {
	const settings = new SettingsDatabase();
	for (const personId of PEOPLE) {
		const store = await openStore(personId, settings);
		await store.save([anObservation(1, { note: 'sealed' })], 0);
		const [row] = await store.outbox.all();
		expect(row?.bytes[0]).toBe(1);
		store.close();
		const again = await openStore(personId, settings);
		expect(again.replica.get('observation', anId('observation', 1))?.note).toBe('sealed');
		again.close();
	}
	expect((await settings.keyOwners()).sort()).toEqual(PEOPLE.toSorted());

	await forgetDevice();
	expect((await indexedDB.databases()).filter(({ name }) => name?.startsWith('pleinwacht'))).toEqual([]);
	expect(await new SettingsDatabase().keyOwners()).toEqual([]);
	await forgetDevice();
});
