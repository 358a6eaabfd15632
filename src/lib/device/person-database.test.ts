import 'fake-indexeddb/auto';
import { storageContract } from '#tests/contracts/device-storage.ts';
import { anId } from '#tests/factories/school.ts';
import { openPersonDatabase } from './person-database.ts';

let people = 200;

// The same in real Chromium: `person-database.browser.test.ts`.
storageContract(() => {
	const personId = anId('person', ++people);
	return { open: () => openPersonDatabase(personId) };
});
