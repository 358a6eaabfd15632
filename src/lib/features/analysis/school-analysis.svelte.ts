import { analyseColumns } from '#domain/analysis/analyse.ts';
import { buildColumns } from '#domain/analysis/columns.ts';
import { incidentsBehind } from '#domain/analysis/drill-down.ts';
import type { AnalysisResult, Cell, Question } from '#domain/analysis/result.ts';
import { schoolDaysOf } from '#domain/calendar/school-days.ts';
import { incidentIdFor } from '#domain/id.ts';
import { foldIncidents, type Incident } from '#domain/incident/incidents.ts';
import { indexRoster } from '#domain/school/roster-index.ts';
import { addDays, dateOf, dayNumber, toLocalDateTime } from '#domain/time/local-time.ts';
import type { Device } from '#lib/device/device.ts';
import { calendarDays, questionOf, sinceOf, type Filter } from './filter.ts';
import type { Stretch } from './finding.ts';

/**
 * The analysis of what this device holds (D8). Documents become columns once; a change of filter only folds them,
 * which takes a millisecond for a year of forty schools.
 */
export class SchoolAnalysis {
	readonly #device: Device;
	readonly #filter: () => Filter;
	readonly #now: () => Date;

	readonly roster = $derived.by(() => indexRoster(this.#facts));
	readonly days = $derived.by(() => calendarDays(this.#device.documents.all('calendar'), this.today));
	readonly since = $derived.by(() => sinceOf(this.#filter(), this.days));
	readonly question = $derived.by(() => questionOf(this.#filter(), this.days));
	readonly #columns = $derived.by(() => buildColumns(this.#facts));
	readonly result: AnalysisResult | null = $derived.by(() =>
		this.question ? analyseColumns(this.#columns, this.question) : null,
	);
	readonly schoolDays = $derived.by(() => schoolDaysOf(this.#device.documents.all('calendar')));
	/** The time since the round, and as long a time before it. */
	readonly pace = $derived.by(() => {
		const { question } = this;
		if (!question?.since) return null;
		const length = dayNumber(question.until) - dayNumber(question.since);
		const since = this.#stretch({ ...question, from: addDays(question.since, 1) });
		const before = this.#stretch({ ...question, from: addDays(question.since, 1 - length), until: question.since });
		return { since, before, days: this.schoolDays };
	});
	readonly #incidentOf = $derived.by(
		() => new Map(this.#facts.processings.map((each) => [each.observationId, each.incidentId])),
	);

	constructor(device: Device, filter: () => Filter, now: () => Date) {
		this.#device = device;
		this.#filter = filter;
		this.#now = now;
	}

	get today() {
		const zone = this.#device.documents.all('school')[0]?.zone ?? 'Europe/Amsterdam';
		return dateOf(toLocalDateTime(this.#now(), zone));
	}

	/**
	 * The incidents behind a figure, or several that were drawn as one, newest first. Only their own observations
	 * are folded: a school year is too much for a tap.
	 */
	behind(cells: readonly Cell[]): Incident[] {
		const { question } = this;
		if (!question) return [];
		const ids = new Set(cells.flatMap((cell) => incidentsBehind(this.#columns, question, cell)));
		const { observations, withdrawals, processings } = this.#facts;
		const told = observations.filter(({ id }) => ids.has(this.#incidentOf.get(id) ?? incidentIdFor(id)));
		return foldIncidents({
			observations: told,
			withdrawals,
			processings: processings.filter(({ incidentId }) => ids.has(incidentId)),
		}).reverse();
	}

	#stretch(question: Question): Stretch {
		const { counts, period } = analyseColumns(this.#columns, question);
		return { incidents: counts.incidents, from: period.from, until: period.until };
	}

	get #facts() {
		const { documents } = this.#device;
		return {
			groups: documents.all('group'),
			pupils: documents.all('pupil'),
			places: documents.all('place'),
			observations: documents.all('observation'),
			withdrawals: documents.all('withdrawal'),
			processings: documents.all('processing'),
		};
	}
}
