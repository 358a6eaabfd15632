import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyse, analyseColumns } from '#domain/analysis/analyse.ts';
import { columnsOf } from '#domain/analysis/columns.ts';
import type { DomainDocument } from '#domain/document.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import { randomDay, randomFacts, type ListedFacts } from '#tests/factories/random-facts.ts';
import { anObservation } from '#tests/factories/school.ts';
import { Gathering, type AnalysedDocuments } from './gathering.ts';

/** As a replica lists them: one document an id. */
function listed(facts: ListedFacts): AnalysedDocuments {
	const once = <D extends DomainDocument>(documents: readonly D[]) => [
		...new Map(documents.map((doc) => [doc.id, doc])).values(),
	];
	return {
		school: once(facts.schools),
		thresholds: once(facts.thresholds),
		calendar: once(facts.calendars),
		person: once(facts.persons),
		group: once(facts.groups),
		place: once(facts.places),
		pupil: once(facts.pupils),
		processing: once(facts.processings),
		observation: once(facts.observations),
		withdrawal: once(facts.withdrawals),
	};
}

const factsOf = (documents: AnalysedDocuments) => ({
	schools: documents.school,
	thresholds: documents.thresholds,
	calendars: documents.calendar,
	persons: documents.person,
	groups: documents.group,
	places: documents.place,
	pupils: documents.pupil,
	processings: documents.processing,
	observations: documents.observation,
	withdrawals: documents.withdrawal,
});

const EMPTY = listed({
	...{ schools: [], calendars: [], persons: [], groups: [], places: [], pupils: [] },
	...{ processings: [], observations: [], withdrawals: [], thresholds: [] },
});
const several = (count: number) => ({
	...EMPTY,
	observation: Array.from({ length: count }, (_, n) => anObservation(n + 1)),
});

test('whatever changes, comes or goes: the figures are those of the documents that are there now', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(randomFacts, { minLength: 2, maxLength: 4 }), randomDay, async (states, until) => {
			const gathering = new Gathering(async () => {});
			for (const state of states.map(listed)) {
				const accounts = await gathering.take(state);
				if (!accounts) throw new Error('Nobody took over');
				expect(analyseColumns(columnsOf(accounts), { until })).toEqual(analyse({ ...factsOf(state), until }));
			}
		}),
		{ numRuns: 60 },
	);
});

test('it pauses whenever a slice of time is over, and reads what it read before only once', async () => {
	let pauses = 0;
	let clock = 0;
	const gathering = new Gathering(
		async () => void pauses++,
		() => (clock += 5),
	);
	const documents = several(640);
	await gathering.take(documents);
	expect(pauses).toBeGreaterThan(5);
	const accounts = await gathering.take({ ...documents, observation: [...documents.observation, anObservation(999)] });
	if (!accounts) throw new Error('Nobody took over');
	const { counts } = analyseColumns(columnsOf(accounts), { until: '2026-11-19' as LocalDate });
	expect(counts.observations).toBe(641);
});

test('who asks for newer documents takes over from who reads older ones', async () => {
	let clock = 0;
	let resume: () => void = () => {};
	const gathering = new Gathering(
		() => new Promise<void>((resolve) => (resume = resolve)),
		() => (clock += 100),
	);
	const older = gathering.take(several(64));
	const newer = gathering.take(several(3));
	resume();
	expect(await older).toBeNull();
	const accounts = await newer;
	if (!accounts) throw new Error('The newer one goes on');
	const { counts } = analyseColumns(columnsOf(accounts), { until: '2026-11-19' as LocalDate });
	expect(counts.observations).toBe(3);
});
