import { afterEach } from 'vitest';
import { storageContract } from '#tests/contracts/device-storage.ts';
import { anId } from '#tests/factories/school.ts';
import type { DeviceStorage } from './device-storage.ts';
import { openPersonDatabase } from './person-database.ts';

let people = 100;
const opened: DeviceStorage[] = [];

afterEach(async () => {
	for (const storage of opened) storage.close();
	for (const storage of opened.splice(0)) await storage.destroy();
});

storageContract(() => {
	const personId = anId('person', ++people);
	return {
		open() {
			const storage = openPersonDatabase(personId);
			opened.push(storage);
			return storage;
		},
	};
});
