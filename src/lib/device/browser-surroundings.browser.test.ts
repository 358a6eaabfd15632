import { expect, test } from 'vitest';
import { anId, anObservation } from '#tests/factories/school.ts';
import { browserSurroundings } from './browser-surroundings.ts';
import { openSealing } from './open-sealing.ts';
import { PERSON_DATABASE_PREFIX } from './person-database.ts';
import { openPersonStore } from './person-store.ts';
import { SettingsDatabase } from './settings-database.ts';

const PEOPLE = [anId('person', 71), anId('person', 72)];

test('what is sealed in this browser is read by the next visit, and after destroying it neither keys nor databases stand', async () => {
	const settings = new SettingsDatabase();
	const surroundings = async (personId: (typeof PEOPLE)[number]) =>
		browserSurroundings(personId, settings, await openSealing(settings, personId));
	const openStore = async (personId: (typeof PEOPLE)[number]) => openPersonStore(await surroundings(personId));
	for (const personId of PEOPLE) {
		const store = await openStore(personId);
		await store.save([anObservation(1, { note: 'sealed' })], 0);
		const [row] = await store.outbox.all();
		expect(row?.bytes[0]).toBe(1);
		store.close();
		const again = await openStore(personId);
		expect(again.replica.get('observation', anId('observation', 1))?.note).toBe('sealed');
		again.close();
		expect(await settings.read(`keys-${personId}`)).toBeDefined();
	}

	for (const personId of PEOPLE) await (await surroundings(personId)).storage.destroy();
	for (const personId of PEOPLE) expect(await settings.read(`keys-${personId}`)).toBeUndefined();
	const names = (await indexedDB.databases()).map(({ name }) => name);
	expect(names.filter((name) => PEOPLE.some((personId) => name === PERSON_DATABASE_PREFIX + personId))).toEqual([]);
	await settings.delete();
});
