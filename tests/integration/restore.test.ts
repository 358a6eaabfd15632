import { ulid } from 'ulid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Observation } from '#domain/observation/observation.ts';
import { BucketsResponse, PROTOCOL, PushResponse } from '#domain/sync/messages.ts';
import { openPersonStore, type PersonStore } from '#lib/device/person-store.ts';
import { pullAll } from '#lib/device/pull.ts';
import { pushAll } from '#lib/device/push.ts';
import { plainSealing } from '#lib/device/sealing.ts';
import type { Transport } from '#lib/device/transport.ts';
import { erase } from '#server/retention/erase.ts';
import { databaseOf, denyListOf } from '#server/schools.ts';
import type { StoreHost, StoreRecord } from '#server/store/document-store.ts';
import { memoryHost } from '#server/store/memory.ts';
import { createMemoryDisk } from '#tests/factories/memory-disk.ts';
import { anId, anObservation, aSchool } from '#tests/factories/school.ts';
import { NOON, startSchool, type Agent } from './running-school.ts';

const now = () => Date.parse(NOON);
let server: Awaited<ReturnType<typeof startSchool>>;

beforeEach(async () => {
	server = await startSchool();
});
afterEach(() => server.stop());

/** The app's own store and sync, talking to whatever server runs at that moment. */
async function aDevice(person: number) {
	const store = await openPersonStore({
		storage: createMemoryDisk().open(),
		sealing: plainSealing,
		now,
		newUlid: () => ulid(),
	});
	return { store, sync: async () => syncOnce(store, await server.signIn(person)) };
}

async function syncOnce(store: PersonStore, agent: Agent): Promise<void> {
	const transport = transportOf(agent);
	for (let again = true; again;) {
		expect(await pushAll(store, transport, { now: now(), releaseHolds: true })).toBeNull();
		const { problem, offered } = await pullAll(store, transport, () => undefined);
		expect(problem).toBeNull();
		again = offered;
	}
}

function transportOf(agent: Agent): Transport {
	const post = (url: string, payload: object) => agent.send({ method: 'POST', url, payload });
	return {
		async push(request) {
			return { kind: 'receipts', receipts: PushResponse.parse((await post('/sync/push', request)).json()).receipts };
		},
		async pull(request) {
			const answer = await post('/sync/pull', request);
			if (answer.statusCode === 204) return { kind: 'equal' };
			if (String(answer.headers['content-type']).startsWith('application/json')) {
				return { kind: 'buckets', buckets: BucketsResponse.parse(answer.json()).buckets };
			}
			const [, ...lines] = answer.body.trimEnd().split('\n');
			async function* batches() {
				yield lines;
			}
			return { kind: 'documents', total: lines.length, batches: batches() };
		},
	};
}

/** A copy of what a server holds at this moment; what was erased is kept apart. */
async function backup(): Promise<StoreHost> {
	const copy = memoryHost();
	await copyOver(server.host, copy, databaseOf(aSchool().id));
	return copy;
}

async function restore(from: StoreHost): Promise<void> {
	await copyOver(server.host, from, denyListOf(aSchool().id));
	await server.stop();
	server = await startSchool([], from);
}

async function copyOver(from: StoreHost, to: StoreHost, name: string): Promise<void> {
	const [source, target] = [await from.open<StoreRecord>(name), await to.open<StoreRecord>(name)];
	for await (const changes of source.changes(null)) {
		const records = changes.flatMap(({ record }) => record ?? []);
		await target.putAll(records.map((record) => ({ record, expectedRev: null })));
	}
}

const told = (n: number, over: Partial<Observation> = {}) => anObservation(n, over);
const observations = () => server.school.replica.all('observation').sort((a, b) => a.id.localeCompare(b.id));

test('what the server lost comes back from the device it had receipted, once, and nothing erased with it', async () => {
	const phone = await aDevice(1);
	await phone.store.save([told(1)], 0);
	await phone.sync();
	const saturday = await backup();
	await phone.store.save([told(2), told(3)], 0);
	await phone.sync();
	await erase(server.school, [anId('observation', 1)], 'erased', new Date(NOON));

	await restore(saturday);
	expect(observations()).toEqual([]);
	await phone.sync();
	expect(observations()).toEqual([told(2), told(3)]);
	expect(phone.store.replica.unsentCount).toBe(0);
	expect(phone.store.replica.all('observation')).toHaveLength(2);
	await phone.sync();
	expect(server.school.replica.get(anId('observation', 2))?.past).toEqual([]);
});

test('a correction the server lost goes on top of what was restored', async () => {
	const phone = await aDevice(1);
	await phone.store.save([told(1)], 0);
	await phone.sync();
	const saturday = await backup();
	await phone.store.save([told(1, { basket: 'red' })], 0);
	await phone.sync();

	await restore(saturday);
	expect(observations()).toEqual([told(1)]);
	await phone.sync();
	expect(observations()).toEqual([told(1, { basket: 'red' })]);
	expect(phone.store.replica.all('observation')).toEqual([told(1, { basket: 'red' })]);
});

test('what was being written when the server went back goes out too', async () => {
	const phone = await aDevice(1);
	const saturday = await backup();
	await phone.store.save([told(1)], 0);
	await phone.sync();
	await phone.store.save([told(1, { note: 'by the fence' })], 0);
	await restore(saturday);
	await phone.sync();
	expect(observations()).toEqual([told(1, { note: 'by the fence' })]);
});

test('a reader drops what the restored server does not know, and gets it back when its writer has offered it', async () => {
	const [phone, laptop] = [await aDevice(1), await aDevice(3)];
	const saturday = await backup();
	await phone.store.save([told(1)], 0);
	await phone.sync();
	await laptop.sync();
	await restore(saturday);
	await laptop.sync();
	expect(laptop.store.replica.all('observation')).toEqual([]);
	await phone.sync();
	await laptop.sync();
	expect(laptop.store.replica.all('observation')).toEqual([told(1)]);
});

test('two devices that hold the same lost revision both offer it, and it is stored once', async () => {
	const processing = {
		...{ type: 'processing', v: 1, id: anId('processing', 1), schoolId: aSchool().id },
		...{ observationId: anId('observation', 1), incidentId: anId('incident', 1), outcome: 'open', participants: [] },
		...{ victimGroupId: null, behaviours: ['pushing'], forms: [], aggressionFunction: null, basket: 'orange' },
		...{ placeId: null, processedBy: anId('person', 3), processedAt: NOON },
	} as const;
	const [laptop, tablet] = [await aDevice(3), await aDevice(3)];
	await laptop.store.save([processing as never], 0);
	await laptop.sync();
	const saturday = await backup();
	await laptop.store.save([{ ...processing, outcome: 'confirmed' } as never], 0);
	await laptop.sync();
	await tablet.sync();
	await restore(saturday);
	await tablet.sync();
	await laptop.sync();
	expect(server.school.replica.find('processing', processing.id)?.outcome).toBe('confirmed');
	expect(server.school.replica.get(processing.id)?.past).toHaveLength(1);
	expect([laptop, tablet].map(({ store }) => store.replica.unsentCount)).toEqual([0, 0]);
});

test('an app of protocol 1 is told in words it knows', async () => {
	const supervisor = await server.signIn(1);
	await supervisor.push([supervisor.item(told(1))]);
	await supervisor.pull();
	const held = [...supervisor.held].map(([id, { rev }]) => [id, rev]);
	const empty = memoryHost();
	await server.stop();
	server = await startSchool(undefined, empty);
	const buckets = Array.from({ length: 256 }, (_, bucket) => ({ bucket, held: bucket === 0 ? held : [] }));
	const ask = async (protocol: number) => {
		const again = await server.signIn(1);
		const payload = { kind: 'reconcile', protocol, deviceId: supervisor.deviceId, buckets };
		return (await again.send({ method: 'POST', url: '/sync/pull', payload })).body;
	};
	expect(await ask(1)).toContain(`{"id":"${anId('observation', 1)}","drop":"outOfScope"}`);
	expect(await ask(PROTOCOL)).toContain(`{"id":"${anId('observation', 1)}","lost":"r1","current":null}`);
});
