import { diceFor } from '#server/demo/random.ts';
import type { Envelope } from '#server/store/envelope.ts';
import { MS_PER_DAY, type Instant } from '#domain/time/local-time.ts';
import type { DenyRecord } from '#server/retention/deny-list.ts';
import { Device, type App } from './device.ts';
import type { Editions } from './editions.ts';
import type { Product } from './loader.ts';
import type { RescuePaper } from './rescue.ts';
import { SchoolServer } from './school-server.ts';
import { createServerDisk, StoreAway, type Contents, type ServerDisk } from './server-disk.ts';
import { DEVICES, SCHOOL, SMALL_SCHOOL } from './small-school.ts';
import { Truth } from './truth.ts';
import type { VirtualTime } from './virtual-time.ts';

/** One school with its servers, its devices, and the truth about both. */
export interface World {
	readonly product: Product;
	readonly time: VirtualTime;
	readonly truth: Truth;
	readonly serverDisk: ServerDisk;
	readonly servers: readonly SchoolServer[];
	readonly devices: readonly Device[];
	/** Rescue files that somebody saved, in no order. */
	readonly papers: RescuePaper[];
	/** What a backup took away, and the device it came from still held. */
	readonly recoverable: readonly Recoverable[];
	/** What a device is updated to: what its school's servers run. */
	app(): App;
	/** The servers come back as tomorrow's, where this history has one. */
	upgrade(): void;
	backUp(): Promise<void>;
	/** Servers down, yesterday's documents back, today's deny list kept, servers up. */
	restore(): Promise<void>;
}

export interface Recoverable {
	readonly lost: Envelope;
	readonly device: Device;
	readonly at: number;
}

/** Older ones are thrown away, and devices remember as long what they had a receipt for (decision 0013). */
export const BACKUPS_KEPT_MS = 30 * MS_PER_DAY;

/** A seed in three has two servers on its database. */
const WITH_TWO_SERVERS = 3;
/** One in four runs the analysis. */
const WITH_ANALYSIS = 4;
/** One in five has a device whose app is of the protocol before. */
const WITH_OLD_APP = 5;
/** And one in three lives to see a schema grow. */
const WITH_UPGRADE = 3;

export async function openWorld(editions: Editions, seed: number, time: VirtualTime): Promise<World> {
	const product = await editions('today');
	const old = seed % WITH_OLD_APP === WITH_OLD_APP - 1 ? await editions('protocol1') : undefined;
	const next = seed % WITH_UPGRADE === WITH_UPGRADE - 1 ? await editions('tomorrow') : undefined;
	const truth = new Truth(time);
	const database = product.databaseOf(SCHOOL.id);
	const denied = product.denyListOf(SCHOOL.id);
	const serverDisk = createServerDisk({
		time,
		dice: diceFor(seed, 'server disk'),
		onStored(name, record) {
			if (name === database) truth.noteStored(record as Envelope);
			else if (name === denied) truth.noteDenied(record as DenyRecord);
		},
		onRemoved: (name, id) => name === database && truth.noteRemoved(id),
	});
	await serverDisk.seed(database, recordsOf(product, time.now));
	const servers = Array.from(
		{ length: seed % WITH_TWO_SERVERS === 0 ? 2 : 1 },
		(_, index) =>
			new SchoolServer({
				product,
				time,
				disk: serverDisk,
				schoolId: SCHOOL.id,
				lags: index > 0,
				analyses: seed % WITH_ANALYSIS === 0,
				onFault: (error) => error instanceof StoreAway || truth.fail(`a worker threw ${String(error)}`),
			}),
	);
	const devices = DEVICES.map(({ name, personId, mayBeOld }) => {
		const app: App = old && mayBeOld ? { edition: 'protocol1', product: old } : { edition: 'today', product };
		return new Device({ name, personId, app, time, truth, servers, seed });
	});
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

	let backup: { readonly contents: Contents; readonly madeAt: number } | undefined;
	let app: App = { edition: 'today', product };
	let recoverable: Recoverable[] = [];
	return {
		get recoverable() {
			return recoverable;
		},
		papers: [],
		app: () => app,
		upgrade() {
			if (!next) return;
			app = { edition: 'tomorrow', product: next };
			for (const server of servers) {
				server.kill();
				server.install(next);
				void server.start();
			}
		},
		...{ product, time, truth, serverDisk, servers, devices },
		async backUp() {
			backup = { madeAt: time.now, contents: await serverDisk.snapshot() };
		},
		async restore() {
			if (!backup || time.now - backup.madeAt > BACKUPS_KEPT_MS) return;
			for (const server of servers) server.kill();
			// What was offered back since is the school's again, and another backup may take it away anew.
			recoverable = recoverable.filter(({ lost, at }) => truth.isLost(lost, at));
			await serverDisk.restore(backup.contents, [denied]);
			for (const lost of truth.noteRestored((backup.contents.get(database) ?? []) as Envelope[])) {
				const device = devices.find(({ deviceId }) => deviceId === lost.deviceId);
				// An app of protocol 1 hears that it is out of its scope, as before.
				if (device?.edition === 'protocol1') continue;
				if (device?.holds(lost.id, lost.rev)) recoverable.push({ lost, device, at: time.now });
			}
			for (const server of servers) void server.start();
		},
	};
}

function recordsOf({ envelopeOf, contentRevision }: Product, at: number): Envelope[] {
	const receivedAt = new Date(at).toISOString() as Instant;
	return SMALL_SCHOOL.map((doc) =>
		envelopeOf(doc, { rev: contentRevision(doc), receivedAt, authorId: null, deviceId: null, seq: null }),
	);
}
