import { diceFor } from '#server/demo/random.ts';
import type { Envelope } from '#server/store/envelope.ts';
import type { Instant } from '#domain/time/local-time.ts';
import { Device } from './device.ts';
import type { Product } from './loader.ts';
import { SchoolServer } from './school-server.ts';
import { createServerDisk, type ServerDisk } from './server-disk.ts';
import { DEVICES, SCHOOL, SMALL_SCHOOL } from './small-school.ts';
import { Truth } from './truth.ts';
import type { VirtualTime } from './virtual-time.ts';
import { STARTS_AT } from './virtual-time.ts';

/** One school with its servers, its devices, and the truth about both. */
export interface World {
	readonly product: Product;
	readonly time: VirtualTime;
	readonly truth: Truth;
	readonly serverDisk: ServerDisk;
	readonly servers: readonly SchoolServer[];
	readonly devices: readonly Device[];
}

/** A seed in three has two servers on its database. */
const ONE_IN = 3;

export async function openWorld(product: Product, seed: number, time: VirtualTime): Promise<World> {
	const truth = new Truth(time);
	const database = product.databaseOf(SCHOOL.id);
	const serverDisk = createServerDisk({
		time,
		dice: diceFor(seed, 'server disk'),
		onStored: (name, record) => name === database && truth.noteStored(record as Envelope),
	});
	await serverDisk.seed(database, recordsOf(product));
	const servers = Array.from(
		{ length: seed % ONE_IN === 0 ? 2 : 1 },
		(_, index) =>
			new SchoolServer({
				product,
				time,
				disk: serverDisk,
				schoolId: SCHOOL.id,
				lags: index > 0,
				onFault: () => undefined,
			}),
	);
	const devices = DEVICES.map(
		({ name, personId }) => new Device({ name, personId, product, time, truth, servers, seed }),
	);
	time.afterEach = () => {
		for (const { outbox } of devices) outbox.look();
		if (truth.failure !== null) throw new Error(truth.failure);
	};

	// One after the other: the first founds the school in the accounts that the second finds.
	for (const server of servers) {
		const starting = server.start();
		await time.advance(1_000);
		await starting;
	}
	for (const [index, device] of devices.entries()) {
		const signingIn = device.signIn();
		await time.advance(1_000);
		await signingIn;
		for (let tab = 0; tab < (DEVICES[index]?.tabs ?? 1); tab++) device.openTab();
	}
	await time.advance(5_000);
	return { product, time, truth, serverDisk, servers, devices };
}

function recordsOf({ envelopeOf, contentRevision }: Product): Envelope[] {
	const receivedAt = new Date(STARTS_AT).toISOString() as Instant;
	return SMALL_SCHOOL.map((doc) =>
		envelopeOf(doc, { rev: contentRevision(doc), receivedAt, authorId: null, deviceId: null, seq: null }),
	);
}
