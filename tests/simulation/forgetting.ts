import type { MonthCounts } from '#domain/retention/month-counts.ts';
import type { Observation } from '#domain/observation/observation.ts';
import { processingIdFor } from '#domain/id.ts';
import { MS_PER_DAY } from '#domain/time/local-time.ts';
import type { ErasedBecause } from '#server/retention/deny-list.ts';
import type { Envelope } from '#server/store/envelope.ts';
import { atSchool } from './school-clock.ts';
import type { VirtualTime } from './virtual-time.ts';

/** A year, in the school's days (M5-18). Written down once more: what is judged must not be asked. */
const KEPT_DAYS = 365;

/** Milliseconds between working out a month's counts and storing them; what changed then may be in them or not. */
const COUNTING_MS = 2_500;

interface ForgettingOptions {
	readonly time: VirtualTime;
	/** The school's disk, as it stands. */
	readonly records: ReadonlyMap<string, Envelope>;
	readonly fail: (message: string) => void;
}

/** What must hold when the school forgets: each observation is counted in its month once, when its year is over, and only then goes. */
export class Forgetting {
	readonly #options: ForgettingOptions;
	/** What must never come back, and why. */
	readonly #denied = new Map<string, ErasedBecause>();
	readonly #counted = new Set<string>();

	constructor(options: ForgettingOptions) {
		this.#options = options;
	}

	isDenied(id: string): boolean {
		return this.#denied.has(id);
	}

	get denied(): Iterable<string> {
		return this.#denied.keys();
	}

	get hasDenied(): boolean {
		return this.#denied.size > 0;
	}

	noteDenied(id: string, because: ErasedBecause): void {
		this.#denied.set(id, because);
	}

	noteCounts(next: MonthCounts, standing: MonthCounts | undefined): void {
		const { records, fail, time } = this.#options;
		const fresh = next.counted.filter((id) => !standing?.counted.includes(id));
		let due = 0;
		let isSure = true;
		for (const id of fresh) {
			const doc = records.get(id)?.doc;
			if (this.#counted.has(id)) fail(`${id} was counted twice`);
			this.#counted.add(id);
			if (doc?.type !== 'observation') {
				// Erased on request while it was being counted: a count leads to nobody.
				isSure = false;
				if (!this.#denied.has(id)) fail(`${id} was counted, and is not on the school's disk`);
				continue;
			}
			if (!this.#isOver(doc)) fail(`${id} was counted before its year was over`);
			const about = this.#saidAbout(doc);
			if (about.counts) due++;
			if (about.changedAt > time.now - COUNTING_MS) isSure = false;
		}
		const grown = totalOf(next) - totalOf(standing);
		if (isSure && grown !== due) fail(`${next.month} grew by ${grown}, and ${due} were counted in it`);
	}

	noteRemoved({ id, doc }: Envelope): void {
		const because = this.#denied.get(id);
		if (!because) return this.#options.fail(`${id} is gone from the school's disk, and nobody erased it`);
		if (because === 'expired' && doc.type === 'observation' && !this.#counted.has(id))
			this.#options.fail(`${id} was forgotten, and never counted`);
	}

	/** A backup took the place of the school's disk: what was counted since, and is not denied, counts anew. */
	noteRestored(records: readonly Envelope[]): void {
		const standing = records.flatMap(({ doc }) => (doc.type === 'monthCounts' ? doc.counted : []));
		for (const id of [...this.#counted]) if (!this.#denied.has(id)) this.#counted.delete(id);
		for (const id of standing) this.#counted.add(id);
	}

	/** The day's work is done, at the end: nothing is left that should be gone, nor what hangs on it. */
	judge(hangsOn: (doc: Envelope['doc']) => readonly string[]): void {
		const { records, fail } = this.#options;
		for (const { id, doc } of records.values()) {
			if (this.#denied.has(id)) fail(`${id} was erased and is on the school's disk`);
			const gone = hangsOn(doc).find((each) => this.#denied.has(each));
			if (gone) fail(`${id} is on the school's disk, and ${gone}, on which it hangs, was erased`);
			if (doc.type === 'observation' && this.#isOver(doc)) fail(`${id} is over a year old and not forgotten`);
		}
	}

	#isOver({ occurredAt }: Observation): boolean {
		const dayOf = (local: string) => Date.parse(local.slice(0, 'yyyy-mm-dd'.length));
		return dayOf(atSchool(this.#options.time.now)) - dayOf(occurredAt) >= KEPT_DAYS * MS_PER_DAY;
	}

	/** By the coordinator, and by its reporter; `changedAt`: milliseconds. */
	#saidAbout({ id, reporterId }: Observation): { counts: boolean; changedAt: number } {
		const { records } = this.#options;
		const processing = records.get(processingIdFor(id));
		const withdrawal = [...records.values()].find(
			({ doc }) => doc.type === 'withdrawal' && doc.observationId === id && doc.withdrawnBy === reporterId,
		);
		const isSetAside = processing?.doc.type === 'processing' && processing.doc.outcome === 'setAside';
		const moments = [processing, withdrawal].map((each) => (each ? Date.parse(each.receivedAt) : 0));
		return { counts: !isSetAside && !withdrawal, changedAt: Math.max(...moments) };
	}
}

function totalOf(counts: MonthCounts | undefined): number {
	return counts ? counts.observations + counts.good : 0;
}
