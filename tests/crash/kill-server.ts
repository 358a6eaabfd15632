import { setTimeout as sleep } from 'node:timers/promises';
import type { PushItem } from '#domain/sync/messages.ts';
import { allAsCoordinator } from '#tests/e2e/at-the-server.ts';
import { startServer } from '#tests/e2e/server.ts';
import { observedBy, signInAt } from '#tests/integration/device-over-http.ts';
import type { Outcome } from './outcome.ts';

type Device = Awaited<ReturnType<typeof signInAt>>;

/** Each sends one after the other, as fast as it is answered. */
const DEVICES = 4;
const PER_PUSH = 5;

/** A kill comes this long after a start at most: while it opens its store, in the first pushes, or amid many. */
const KILL_WITHIN_MS = 700;

/** As long as a device of ours pauses at least between tries. */
const TRY_AGAIN_MS = 100;

/** Kills a real server again and again while devices push; each tries until it has its receipt, as the app does. */
export async function killServerUnderLoad(template: string, kills: number): Promise<Outcome> {
	const server = await startServer({ template });
	try {
		const before = (await allAsCoordinator(server.url, 'observation')).length;
		const told = new Set<string>();
		let again = 0;
		let busy = true;

		async function tell(device: number, { session, item, push }: Device) {
			for (let n = 0; busy;) {
				const items = Array.from({ length: PER_PUSH }, () => item(observedBy(session, ++n, device)));
				items.forEach(({ id }) => told.add(id));
				again += await pushUntilReceipted(push, items);
			}
		}

		const numbers = Array.from({ length: DEVICES }, (_, i) => i + 1);
		const signedIn = await Promise.all(numbers.map((device) => signInAt(server.url, 'supervisor', device)));
		const devices = signedIn.map((device, i) => tell(i + 1, device));
		for (let kill = 0; kill < kills; kill++) {
			await sleep(Math.random() * KILL_WITHIN_MS);
			await server.restart();
		}
		busy = false;
		await Promise.all(devices);
		await server.restart();
		const held = (await allAsCoordinator(server.url, 'observation')).map(({ id }) => id as string);
		const lost = [...told].filter((id) => !held.includes(id)).length;
		const extra = held.length - before - (told.size - lost);
		return {
			what: `server killed under load (${again} pushes sent again)`,
			kills,
			told: told.size,
			lost,
			doubled: extra,
		};
	} finally {
		await server.dispose();
	}
}

/** @returns how often it had to be sent again. */
async function pushUntilReceipted(push: Device['push'], items: readonly PushItem[]) {
	for (let tries = 0; ; tries++) {
		const receipts = await push(items).catch(() => undefined);
		const isStored = receipts?.every(({ result }) => result.kind === 'stored' || result.kind === 'duplicate');
		if (isStored) return tries;
		if (receipts) throw new Error(`Refused: ${JSON.stringify(receipts.map(({ result }) => result))}`);
		await sleep(TRY_AGAIN_MS);
	}
}
