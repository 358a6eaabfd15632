import type { AnalysisResult, Cell, Question } from '#domain/analysis/result.ts';
import type { BeforeAfter } from '#domain/analysis/before-after.ts';
import type { IncidentId } from '#domain/id.ts';
import type { Measure } from '#domain/measures/measure.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import type { Replica } from '../device.ts';
import { ANALYSED, Gathering, type AnalysedDocuments } from './gathering.ts';
import { openThread, type Thread } from './thread.ts';

/** A school year of looking around takes a few megabytes. */
const MOST_ANSWERS = 12;

/**
 * Answers questions about all documents of this device without holding up the screen: documents become numbers in
 * slices here, everything after that happens in a worker (D8). It stays from page to page, so a second look is at once.
 */
export class Analyst {
	readonly #thread: Thread = openThread();
	readonly #gathering = new Gathering();
	readonly #documents: Replica;
	#read: AnalysedDocuments | null = null;
	/** What was answered since it last learned, by question; the page one comes back to is there at once. */
	readonly #answers = new Map<string, Promise<AnalysisResult>>();
	#learned = $state(0);

	constructor(documents: Replica) {
		this.#documents = documents;
	}

	/** How often it learned what is new; 0 while it knows nothing. A reader that follows it asks again. */
	get learned(): number {
		return this.#learned;
	}

	/** To be called inside an effect: it follows the documents for as long as that lives. */
	follow(): void {
		const documents = Object.fromEntries(ANALYSED.map((type) => [type, this.#documents.all(type)]));
		void this.#learn(documents as AnalysedDocuments);
	}

	analyse(question: Question): Promise<AnalysisResult> {
		const key = keyOf(question);
		const known = this.#answers.get(key);
		if (known) return known;
		const answer = this.#thread.ask({ kind: 'analyse', question });
		this.#answers.set(key, answer);
		const [oldest] = this.#answers.keys();
		if (oldest !== undefined && this.#answers.size > MOST_ANSWERS) this.#answers.delete(oldest);
		return answer;
	}

	behind(question: Question, cells: readonly Cell[]): Promise<readonly IncidentId[]> {
		return this.#thread.ask({ kind: 'behind', question, cells });
	}

	behindAll(question: Question, cells: readonly Cell[]): Promise<readonly IncidentId[]> {
		return this.#thread.ask({ kind: 'behindAll', question, cells });
	}

	effectsOf(measures: readonly Measure[], today: LocalDate): Promise<readonly (BeforeAfter | null)[]> {
		return this.#thread.ask({ kind: 'effects', measures, today });
	}

	async #learn(documents: AnalysedDocuments): Promise<void> {
		const read = this.#read;
		if (read && ANALYSED.every((type) => read[type] === documents[type])) return;
		this.#read = documents;
		const accounts = await this.#gathering.take(documents);
		if (!accounts) return;
		await this.#thread.ask({ kind: 'learn', accounts });
		this.#answers.clear();
		this.#learned++;
	}
}

/** The same for the same question, whatever order its parts were written in. */
function keyOf({ from, until, since, groupId, siteId, pupilId, structuralRule }: Question): string {
	return JSON.stringify([from, until, since, groupId, siteId, pupilId, structuralRule]);
}

const analysts = new WeakMap<Replica, Analyst>();

/** One for each replica. */
export function analystOf(documents: Replica): Analyst {
	const known = analysts.get(documents) ?? new Analyst(documents);
	analysts.set(documents, known);
	return known;
}
