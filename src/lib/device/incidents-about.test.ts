import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DocumentType, DomainDocument } from '#domain/document.ts';
import { foldIncidents, type Incident } from '#domain/incident/incidents.ts';
import { randomFacts, type ListedFacts } from '#tests/factories/random-facts.ts';
import type { Replica } from './device.ts';
import { incidentsAbout, incidentsWith } from './incidents-about.ts';

/** As a replica holds them: one document an id. */
function heldOf({ observations, processings, withdrawals, pupils }: ListedFacts) {
	const once = <D extends DomainDocument>(documents: Iterable<D>) => [
		...new Map([...documents].map((doc) => [doc.id, doc])).values(),
	];
	const held = { observations: once(observations), processings: once(processings), withdrawals: once(withdrawals) };
	const lists: Partial<Record<DocumentType, readonly DomainDocument[]>> = {
		observation: held.observations,
		processing: held.processings,
		withdrawal: held.withdrawals,
	};
	const documents: Pick<Replica, 'all' | 'get'> = {
		all: (type) => (lists[type] ?? []) as never,
		get: (type, id) => lists[type]?.find((doc) => doc.id === id) as never,
	};
	return { documents, pupils, year: foldIncidents(held) };
}

test('what is about a pupil is what a fold of the whole year says of that pupil', () => {
	fc.assert(
		fc.property(randomFacts, (facts) => {
			const { documents, pupils, year } = heldOf(facts);
			for (const { id } of pupils) {
				const isAbout = ({ participants }: Pick<Incident, 'participants'>) =>
					participants.some((each) => 'pupilId' in each && each.pupilId === id);
				expect(incidentsAbout(documents, isAbout).filter(isAbout)).toEqual(year.filter(isAbout));
			}
		}),
		{ numRuns: 100 },
	);
});

test('incidents that are asked for by id are those of the year, told by all their observations', () => {
	fc.assert(
		fc.property(randomFacts, fc.func(fc.boolean()), (facts, isAsked) => {
			const { documents, year } = heldOf(facts);
			const asked = year.filter(({ id }) => isAsked(id));
			expect(incidentsWith(documents, new Set(asked.map(({ id }) => id)))).toEqual(asked);
		}),
		{ numRuns: 100 },
	);
});
