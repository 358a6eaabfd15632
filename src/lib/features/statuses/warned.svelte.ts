import * as z from 'zod/mini';
import type { PupilId } from '#domain/id.ts';
import type { Warning } from '#domain/status/thresholds.ts';
import type { LocalNotes } from '#lib/device/device.ts';

const NOTE = 'status-warnings';
const Kept = z.object({ at: z.int().check(z.gte(2), z.lte(50)), said: z.record(z.string(), z.int()) });

/** Enough to be more than a bad month, before it is a habit. */
const USUAL_AT = 5;

/** At which count this person wants to be warned, and what was seen already: a note on this device, never synced. */
export class Warned {
	#at = $state(USUAL_AT);
	#said = $state.raw<ReadonlyMap<PupilId, number>>(new Map());
	#ready = $state(false);
	readonly #notes: LocalNotes;

	constructor(notes: LocalNotes) {
		this.#notes = notes;
		void notes.get(NOTE).then((kept) => {
			const known = Kept.safeParse(kept);
			if (known.success) {
				this.#at = known.data.at;
				this.#said = new Map(Object.entries(known.data.said) as [PupilId, number][]);
			}
			this.#ready = true;
		});
	}

	/** Nothing is said before it is known what was said. */
	get ready(): boolean {
		return this.#ready;
	}

	get at(): number {
		return this.#at;
	}

	set at(count: number) {
		this.#at = count;
		this.#keep();
	}

	get said(): ReadonlyMap<PupilId, number> {
		return this.#said;
	}

	seen(warnings: readonly Warning[]): void {
		this.#said = new Map([...this.#said, ...warnings.map(({ pupilId, count }) => [pupilId, count] as const)]);
		this.#keep();
	}

	#keep(): void {
		void this.#notes.put(NOTE, { at: this.#at, said: Object.fromEntries(this.#said) });
	}
}
