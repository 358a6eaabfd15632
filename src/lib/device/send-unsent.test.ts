import { ulid } from 'ulid';
import { expect, test } from 'vitest';
import { serverWithJudgement } from '#tests/factories/device-and-server.ts';
import { createMemoryDisk, type MemoryDisk } from '#tests/factories/memory-disk.ts';
import { anObservation } from '#tests/factories/school.ts';
import { openPersonStore } from './person-store.ts';
import { plainSealing } from './sealing.ts';
import { sendUnsent } from './send-unsent.ts';

const NOON = Date.parse('2026-03-09T12:00:00.000Z');
const MINUTE = 60_000;

const around = (disk: MemoryDisk) => ({
	storage: disk.open(),
	sealing: plainSealing,
	now: () => NOON,
	newUlid: () => ulid(),
});

/** A device whose page was closed with one observation unsent, and its worker woken up. */
async function afterClosing({ transport = {}, holdUntil = 0, serverTime = NOON } = {}) {
	const disk = createMemoryDisk();
	const server = serverWithJudgement();
	const page = await openPersonStore(around(disk));
	await page.save([anObservation(1)], holdUntil);
	const told: string[] = [];
	const wake = (isWatched = false) =>
		sendUnsent({
			...around(disk),
			isWatched,
			transport: { ...server.transport, askTime: async () => serverTime, ...transport },
			tabs: { announce: (news) => told.push(news), alone: (run) => run(), close: () => undefined },
		});
	const unsent = async () => (await openPersonStore(around(disk))).replica.unsentCount;
	return { server, told, wake, unsent, disk };
}

test('what waits gets across without a page, and pages that are open hear of it', async () => {
	const { server, told, wake, unsent, disk } = await afterClosing();
	expect(await wake()).toBe('done');
	expect(server.visible().size).toBe(1);
	expect(told).toEqual(['changed']);
	expect(await unsent()).toBe(0);
	const { replica } = await openPersonStore(around(disk));
	expect(replica.deliveryOf(anObservation(1).id)).toEqual({ kind: 'arrived' });
});

test('what somebody could still take back goes out only when nobody looks', async () => {
	const { server, wake } = await afterClosing({ holdUntil: NOON + 5000 });
	expect(await wake(true)).toBe('done');
	expect(server.visible().size).toBe(0);
	expect(await wake(false)).toBe('done');
	expect(server.visible().size).toBe(1);
});

test('no network and a server in trouble: the browser is asked to call back', async () => {
	for (const problem of ['unreachable', 'serverFault'] as const) {
		const { wake, unsent } = await afterClosing({ transport: { push: async () => ({ kind: 'failed', problem }) } });
		expect(await wake()).toBe('tryLater');
		expect(await unsent()).toBe(1);
	}
	const { wake } = await afterClosing({ transport: { askTime: async () => null } });
	expect(await wake()).toBe('tryLater');
});

test('a session that is over and an app that is too old wait for a person, and nothing is dropped', async () => {
	for (const problem of ['signedOut', 'updateNeeded'] as const) {
		const { wake, unsent } = await afterClosing({ transport: { push: async () => ({ kind: 'failed', problem }) } });
		expect(await wake()).toBe('done');
		expect(await unsent()).toBe(1);
	}
});

test('times that a wrong clock gave do not leave unseen: the app puts them right and says so', async () => {
	const { server, wake, unsent } = await afterClosing({ serverTime: NOON + 90 * MINUTE });
	expect(await wake()).toBe('done');
	expect(server.visible().size).toBe(0);
	expect(await unsent()).toBe(1);
});
