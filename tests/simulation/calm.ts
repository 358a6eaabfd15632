import { canonical } from './canonical.ts';
import type { Device } from './device.ts';
import { BACKUPS_KEPT_MS, type Recoverable, type World } from './world.ts';

const MINUTE = 60_000;

/** Long enough for the longest pause between tries, and for a page that is open to ask by itself. */
const CALM_MS = 10 * MINUTE;

/**
 * The weather clears: servers run, networks work, clocks are right, everybody is signed in and looks at the app. Then
 * nothing may be on its way any more, and everybody must see exactly what the school would show them.
 */
export async function calmDown(world: World): Promise<void> {
	const { time, truth, servers, devices, serverDisk } = world;
	time.note('calm');
	serverDisk.forgetFaults();
	for (const server of servers) void server.start();
	await time.advance(MINUTE);
	const [server] = servers;
	const gone = truth.all('person').filter(({ hasLeft }) => hasLeft);
	void server?.administer(gone.map(({ hasLeft: _, ...person }) => person));
	await time.advance(1_000);
	for (const device of devices) {
		device.online = true;
		device.skew = 0;
		device.disk.full = false;
		device.wire.forgetFaults();
		await letIn(world, device);
	}
	await time.advance(CALM_MS);
	// What arrived only now may be over a year old: the hour strikes, and everybody hears of it.
	for (const server of servers) void server.host((school) => world.product.expire(school, new Date(time.now)));
	await time.advance(CALM_MS);
	// An open page asks every few minutes: not in the middle of a question.
	const isAsking = () => devices.some(({ working }) => working.some(({ work }) => work.loop.status.busy));
	for (let second = 0; isAsking() && second < MINUTE / 1_000; second++) await time.advance(1_000);
	truth.judgeForgotten();
	for (const each of world.recoverable) judgeOfferedBack(world, each);
	for (const device of devices) await judge(world, device);
	if (truth.failure !== null) throw new Error(truth.failure);
}

async function letIn({ time }: World, device: Device): Promise<void> {
	const signingIn = device.signIn();
	await time.advance(1_000);
	await signingIn;
	if (device.working.length === 0) device.openTab();
	for (const tab of device.tabs) {
		tab.visible = true;
		tab.targets?.sync();
	}
	await time.advance(1_000);
}

/**
 * What a backup took away and a device still held is at the school again, or the school refused it where the
 * coordinator can see it, or what its author wrote on it since. Who signed out meanwhile, or whose browser threw
 * everything away, holds it no more.
 */
function judgeOfferedBack({ truth, time }: World, { lost, device, at }: Recoverable): void {
	const isRemembered = time.now - Date.parse(lost.receivedAt) < BACKUPS_KEPT_MS;
	if (!isRemembered || device.deviceId !== lost.deviceId || !truth.isLost(lost, at) || truth.isQuarantined(lost.rev))
		return;
	if (!truth.mayOfferBack(device.personId, lost, at)) return;
	if (device.outbox.rows.some(({ id, refusal }) => id === lost.id && refusal !== null)) return;
	truth.fail(`${device.name} held ${lost.id} ${lost.rev} when a backup took its place, and the school has lost it`);
}

async function judge({ truth }: World, device: Device): Promise<void> {
	const { name, personId } = device;
	const visible = truth.visibleTo(personId);
	for (const row of device.outbox.rows) {
		if (row.refusal === null) truth.fail(`${name} still has not sent ${row.id} ${row.rev}`);
	}
	if (device.working.length === 0) truth.fail(`${name} has no page that works`);
	for (const { work } of device.working) {
		const { problem, busy } = work.loop.status;
		if (problem !== null || busy) truth.fail(`${name} did not come to rest: ${problem ?? 'busy'}`);
		const held = new Map([...work.store.replica.held()].map(({ id, doc }) => [id, canonical(doc)]));
		for (const [id, contents] of visible) {
			if (held.get(id) !== contents) {
				truth.fail(`${name} ${held.has(id) ? 'holds another version of' : 'lacks'} ${id}, which it should see`);
			}
		}
		for (const id of held.keys()) if (!visible.has(id)) truth.fail(`${name} still holds ${id}, which it may not see`);
		const unsent = work.store.replica.unsent.map(({ document }) => document.id).sort();
		const waiting = [...new Set(device.outbox.rows.map(({ id }) => id))].sort();
		if (unsent.join() !== waiting.join()) {
			truth.fail(
				`${name} says that ${unsent.join() || 'nothing'} waits, and the disk says ${waiting.join() || 'nothing'}`,
			);
		}
	}
}
