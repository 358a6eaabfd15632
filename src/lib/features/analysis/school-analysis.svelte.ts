import { untrack } from 'svelte';
import type { AnalysisResult, Cell, Question } from '#domain/analysis/result.ts';
import type { IncidentId } from '#domain/id.ts';
import type { Incident } from '#domain/incident/incidents.ts';
import { analystOf, type Analyst } from '#lib/device/analyst/analyst.svelte.ts';
import type { Device } from '#lib/device/device.ts';
import { incidentsWith } from '#lib/device/incidents-about.ts';
import { rosterOf } from '#lib/device/roster.ts';
import { schoolToday } from '#lib/device/school-time.ts';
import { roundFactsOf } from '#lib/device/round-facts.ts';
import { calendarDays, questionOf, sinceOf, type Filter } from './filter.ts';

interface Answered {
	readonly question: Question;
	readonly result: AnalysisResult;
}

/**
 * The analysis of what this device holds (D8), as it stands for the filter. Sums are made in a worker: until the answer
 * to a new question is there, the one before stays.
 */
export class SchoolAnalysis {
	readonly #device: Device;
	readonly #filter: () => Filter;
	readonly #now: () => Date;

	readonly roster = $derived.by(() => rosterOf(this.#device.documents));
	readonly days = $derived.by(() => calendarDays(roundFactsOf(this.#device.documents), this.today));
	readonly since = $derived.by(() => sinceOf(this.#filter(), this.days));
	readonly question = $derived.by(() => questionOf(this.#filter(), this.days));
	readonly #analyst: Analyst;
	#answered = $state.raw<Answered | null>(null);

	constructor(device: Device, filter: () => Filter, now: () => Date) {
		this.#device = device;
		this.#filter = filter;
		this.#now = now;
		this.#analyst = analystOf(device.documents);
		// Outside Svelte: the worker's thread.
		$effect(() => this.#analyst.follow());
		$effect(() => {
			const { question } = this;
			if (this.#analyst.learned > 0 && question) void this.#ask(question);
		});
	}

	/** `null` while the first answer is being made, and for a period that is none. */
	get result(): AnalysisResult | null {
		return this.question && (this.#answered?.result ?? null);
	}

	/** Nothing can be said yet. */
	get isAsking(): boolean {
		return this.question !== null && this.#answered === null;
	}

	get today() {
		return schoolToday(this.#device.documents, this.#now());
	}

	/**
	 * The incidents behind a figure, or several that were drawn as one, newest first. Only their own observations
	 * are folded: a school year is too much for a tap.
	 */
	async behind(cells: readonly Cell[]): Promise<Incident[]> {
		// What is behind the figure on the screen, which may be of the filter before.
		const question = this.#answered?.question;
		if (!question) return [];
		return this.incidentsOf(new Set(await this.#analyst.behind(question, cells)));
	}

	/** The incidents that stand behind each of these figures, newest first: a drill-down of several at once. */
	async behindAll(cells: readonly Cell[]): Promise<IncidentId[]> {
		const question = this.#answered?.question;
		if (!question) return [];
		return [...(await this.#analyst.behindAll(question, cells))].reverse();
	}

	/** Newest first. */
	incidentsOf(ids: ReadonlySet<IncidentId>): Incident[] {
		return incidentsWith(this.#device.documents, ids).reverse();
	}

	async #ask(question: Question): Promise<void> {
		const result = await this.#analyst.analyse(question);
		if (question === untrack(() => this.question)) this.#answered = { question, result };
	}
}
