import { Accounts, type GatheredAccounts } from '#domain/analysis/accounts.ts';
import type { DocumentOf, DomainDocument } from '#domain/document.ts';
import { SLICE_MS, yieldToTheScreen } from '../slices.ts';

/** The kinds an analysis reads, each as the replica lists them. */
export const ANALYSED = [
	...(['school', 'calendar', 'thresholds', 'person', 'group', 'place', 'pupil'] as const),
	...(['processing', 'observation', 'withdrawal'] as const),
] as const;
export type AnalysedDocuments = { readonly [T in (typeof ANALYSED)[number]]: readonly DocumentOf<T>[] };

/** Looking at the clock takes as long as reading some documents. */
const DOCUMENTS_PER_LOOK = 32;

/**
 * Turns documents into numbers in slices, and afterwards only what changed. Whoever asks for newer documents while older
 * ones are still being read takes over: the older turn then ends with `null`.
 */
export class Gathering {
	#accounts = new Accounts();
	readonly #known = new Map<string, DomainDocument>();
	#turn = 0;
	readonly #pause: () => Promise<void>;
	readonly #now: () => number;

	constructor(pause = yieldToTheScreen, now = () => performance.now()) {
		this.#pause = pause;
		this.#now = now;
	}

	async take(documents: AnalysedDocuments): Promise<GatheredAccounts | null> {
		const turn = ++this.#turn;
		let sliceEnd = this.#now() + SLICE_MS;
		let looked = 0;
		let total = 0;
		for (const type of ANALYSED) {
			const list: readonly DomainDocument[] = documents[type];
			total += list.length;
			for (let i = 0; i < list.length; i++) {
				if (++looked % DOCUMENTS_PER_LOOK === 0 && this.#now() >= sliceEnd) {
					await this.#pause();
					if (turn !== this.#turn) return null;
					sliceEnd = this.#now() + SLICE_MS;
				}
				const doc = list[i];
				if (!doc || this.#add(doc)) continue;
				return this.#anew(documents);
			}
		}
		// Something is gone, and numbers cannot be taken out of the whole.
		return this.#known.size > total ? this.#anew(documents) : this.#accounts.gather();
	}

	/** False when what is known already stands in its way. */
	#add(doc: DomainDocument): boolean {
		const before = this.#known.get(doc.id);
		if (before === doc) return true;
		if (before && !replaces(before, doc)) return false;
		this.#known.set(doc.id, doc);
		this.#accounts.add(doc);
		return true;
	}

	#anew(documents: AnalysedDocuments): Promise<GatheredAccounts | null> {
		this.#accounts = new Accounts();
		this.#known.clear();
		return this.take(documents);
	}
}

/** Whether a document that is added later counts instead of the one before (`Accounts` goes by when it was written). */
function replaces(before: DomainDocument, after: DomainDocument): boolean {
	if (before.type === 'observation' && after.type === 'observation') {
		return Date.parse(after.notedAt) >= Date.parse(before.notedAt);
	}
	if (before.type === 'processing' && after.type === 'processing') {
		return (
			after.observationId === before.observationId && Date.parse(after.processedAt) >= Date.parse(before.processedAt)
		);
	}
	return before.type === after.type && before.type !== 'withdrawal';
}
