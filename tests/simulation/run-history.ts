import { diceFor } from '#server/demo/random.ts';
import { calmDown } from './calm.ts';
import type { Editions } from './editions.ts';
import { doingOf, type Step } from './steps.ts';
import { useTime, VirtualTime } from './virtual-time.ts';
import { openWorld } from './world.ts';

export interface History {
	readonly seed: number;
	readonly steps: readonly Step[];
}

export interface Outcome {
	/** What was not as promised; `null`: nothing. */
	readonly failure: string | null;
	/** Steps taken until then. */
	readonly taken: number;
	/** Of everything that happened, with its moments: the same for the same history. */
	readonly digest: string;
	readonly trace: readonly string[];
}

/** Lives through one history, holds every promise against it at each moment, and once more after all has calmed down. */
export async function runHistory(editions: Editions, { seed, steps }: History): Promise<Outcome> {
	const time = new VirtualTime(seed);
	useTime(time);
	let taken = 0;
	try {
		const world = await openWorld(editions, seed, time);
		for (const step of steps) {
			const device = world.devices[step.device % world.devices.length];
			if (!device) throw new Error('There is no such device');
			taken++;
			time.note(`${step.do} ${device.name}`);
			doingOf(step.do)({ world, device, dice: diceFor(step.n, step.do) });
			await (step.asleep ? time.jump(step.wait) : time.advance(step.wait));
		}
		await calmDown(world);
		return { failure: null, taken, digest: time.digest(), trace: time.trace };
	} catch (error) {
		const failure = error instanceof Error ? error.message : String(error);
		return { failure, taken, digest: time.digest(), trace: time.trace };
	}
}
