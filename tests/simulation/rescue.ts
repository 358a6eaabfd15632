import { readRescueFile } from '#domain/sync/rescue.ts';
import type { Device, Tab } from './device.ts';
import type { Doing } from './operations.ts';
import { SCHOOL } from './small-school.ts';

/** On a stick, in a mailbox, on a coordinator's desk: nobody takes it away, and anybody may offer it again. */
export interface RescuePaper {
	readonly text: string;
	readonly from: string;
}

/** What people do with rescue files. */
export const RESCUE_OPERATIONS = {
	/** Somebody whose phone does not get through saves what waits as a file. */
	rescueSaved({ world, device, dice }: Doing) {
		const tab = device.working.length > 0 ? dice.pick(device.working) : undefined;
		// An app of protocol 1 has no such file.
		if (tab && device.edition !== 'protocol1') void saveFile(world, device, tab);
	},

	/** A coordinator offers one on the screen, over a network that may do anything. */
	rescueOffered({ world, device, dice }: Doing) {
		const tab = device.working.length > 0 ? dice.pick(device.working) : undefined;
		const paper = world.papers.length > 0 ? dice.pick(world.papers) : undefined;
		if (!tab || !paper) return;
		world.time.note(`${device.name} offers the file of ${paper.from}`);
		void device.asking(tab, () => world.product.offerRescue(paper.text));
	},

	/** Whoever hosts the server offers one there. */
	rescueAtServer({ world, dice }: Doing) {
		const paper = world.papers.length > 0 ? dice.pick(world.papers) : undefined;
		const file = paper && readRescueFile(paper.text);
		if (!file?.ok) return;
		world.time.note(`the file of ${paper?.from} is offered at the server`);
		void dice.pick(world.servers).host(async (school) => {
			const outcome = await world.product.takeInRescue(school, file.value, new Date(world.time.now), null);
			world.truth.noteTakenIn(file.value, outcome);
		});
	},
} satisfies Record<string, (doing: Doing) => void>;

async function saveFile({ product, time, truth, papers }: Doing['world'], device: Device, tab: Tab): Promise<void> {
	const { name, personId } = device;
	const store = tab.work?.store;
	const wasFull = device.disk.full;
	const items = (await store?.unsentItems()) ?? [];
	const deviceId = await store?.deviceId();
	if (!tab.alive || !deviceId || items.length === 0) return;
	// From a full disk it is a last resort: the next page knows nothing of it (docs/reliability.md).
	device.outbox.look();
	const isUnmarked = device.outbox.rows.some(({ seq, sent }) => !sent && items.some((item) => item.seq === seq));
	if (isUnmarked && (wasFull || device.disk.full)) return;
	const madeAt = new Date(device.now).toISOString();
	const file = { madeAt, appVersion: 'simulated', schoolId: SCHOOL.id, personId, deviceId, items };
	papers.push({ text: product.writeRescueFile(file), from: name });
	truth.noteRescued(device, items);
	time.note(`${name} saves ${items.length} in a file`);
}
