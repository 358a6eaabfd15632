import { ulid } from 'ulid';
import { afterEach, expect, test } from 'vitest';
import { anId, anObservation } from '#tests/factories/school.ts';
import { openPersonDatabase } from './person-database.ts';
import { openPersonStore, type PersonStore } from './person-store.ts';
import { plainSealing } from './sealing.ts';
import { openTabs } from './tabs.ts';

const PERSON = anId('person', 7);
const open: PersonStore[] = [];

async function openStore(): Promise<PersonStore> {
	const storage = openPersonDatabase(PERSON);
	const store = await openPersonStore({ storage, sealing: plainSealing, now: Date.now, newUlid: () => ulid() });
	open.push(store);
	return store;
}

afterEach(async () => {
	for (const store of open) store.close();
	for (const store of open.splice(0)) await store.destroy();
});

test('what was saved is there after the page was closed, unsent', async () => {
	const first = await openStore();
	await first.save([anObservation(1)], 0);
	first.close();
	const second = await openStore();
	expect(second.replica.get('observation', anId('observation', 1))).toEqual(anObservation(1));
	expect(second.replica.unsentCount).toBe(1);
});

test('a sequence number is never given twice, not after its row is gone either', async () => {
	const store = await openStore();
	await store.save([anObservation(1)], Date.now() + 5000);
	const [before] = await store.outbox.all();
	await store.undo(anId('observation', 1));
	store.close();
	const again = await openStore();
	await again.save([anObservation(2)], 0);
	const [after] = await again.outbox.all();
	expect(after?.seq).toBeGreaterThan(before?.seq ?? Infinity);
});

test('another tab reads what this one saved, and one that waits for its turn gets it', async () => {
	const [here, there] = [await openStore(), await openStore()];
	await here.save([anObservation(1)], 0);
	expect(there.replica.unsentCount).toBe(0);
	await there.catchUp();
	expect(there.replica.unsentCount).toBe(1);

	const news: string[] = [];
	const mine = openTabs('test-tabs', () => undefined);
	const theirs = openTabs('test-tabs', (each) => news.push(each));
	const order: string[] = [];
	await Promise.all([
		mine.alone(async () => {
			order.push('mine begins');
			await new Promise((resolve) => setTimeout(resolve, 20));
			order.push('mine ends');
		}),
		theirs.alone(async () => order.push('theirs')),
	]);
	expect(order).toEqual(['mine begins', 'mine ends', 'theirs']);
	mine.announce('changed');
	await expect.poll(() => news).toEqual(['changed']);
	mine.close();
	theirs.close();
});

test('after signing out nothing of the person is left, and nothing more can be saved', async () => {
	const store = await openStore();
	await store.save([anObservation(1)], 0);
	expect(await store.outbox.leave()).toBe(1);
	await store.undo(anId('observation', 1));
	expect(await store.outbox.leave()).toBe(0);
	await expect(store.save([anObservation(2)], 0)).rejects.toThrow();
	await store.destroy();
	const names = (await indexedDB.databases()).map(({ name }) => name);
	expect(names).not.toContain(`pleinwacht-${PERSON}`);
});
