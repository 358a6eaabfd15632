import type { LocalNotes } from './device.ts';
import type { DeviceStorage } from './device-storage.ts';
import type { Sealing } from './sealing.ts';

/** What was looked at and not told yet: it outlives even being made to forget, until it is told (D10). */
export const LOOKS_NOTE = 'looks';

/** Drafts and the like on one person's disk, sealed like everything else on it. */
export function openLocalNotes(storage: DeviceStorage, sealing: Sealing): LocalNotes {
	/** One after the other: ciphers need not finish in the order in which they began. */
	let turn: Promise<unknown> = Promise.resolve();
	function inTurn<T>(run: () => Promise<T>): Promise<T> {
		const mine = turn.then(run, run);
		turn = mine;
		return mine;
	}

	return {
		async get(name) {
			const value = (await storage.read(['notes'], ({ notes }) => notes.get(name)))?.value;
			// An older app kept it as it is.
			if (!(value instanceof Uint8Array)) return value;
			const text = await sealing.open(value, `notes/${name}`).catch(() => null);
			return text === null ? undefined : (JSON.parse(text) as unknown);
		},
		put(name, value) {
			// As it is now: what the screen goes on changing is another draft.
			const text = JSON.stringify(value ?? null);
			return inTurn(async () => {
				const bytes = await sealing.seal(text, `notes/${name}`);
				await storage.writeRelaxed(['notes'], ({ notes }) => notes.put([{ name, value: bytes }]));
			});
		},
		remove: (name) => inTurn(() => storage.writeRelaxed(['notes'], ({ notes }) => notes.delete([name]))),
	};
}
