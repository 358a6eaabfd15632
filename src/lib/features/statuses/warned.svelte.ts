import * as z from 'zod/mini';
import type { PupilId } from '#domain/id.ts';
import type { Warning } from '#domain/status/thresholds.ts';
import type { LocalNotes } from '#lib/device/device.ts';

const NOTE = 'status-warnings';
const Kept = z.object({ said: z.record(z.string(), z.int()) });

/** What this person has seen already: a note on this device, never synced. */
export class Warned {
	#said = $state.raw<ReadonlyMap<PupilId, number>>(new Map());
	#ready = $state(false);
	readonly #notes: LocalNotes;

	constructor(notes: LocalNotes) {
		this.#notes = notes;
		void notes.get(NOTE).then((kept) => {
			const known = Kept.safeParse(kept);
			if (known.success) {
				this.#said = new Map(Object.entries(known.data.said) as [PupilId, number][]);
			}
			this.#ready = true;
		});
	}

	/** Nothing is said before it is known what was said. */
	get ready(): boolean {
		return this.#ready;
	}

	get said(): ReadonlyMap<PupilId, number> {
		return this.#said;
	}

	seen(warnings: readonly Warning[]): void {
		this.#said = new Map([...this.#said, ...warnings.map(({ pupilId, count }) => [pupilId, count] as const)]);
		void this.#notes.put(NOTE, { said: Object.fromEntries(this.#said) });
	}
}
