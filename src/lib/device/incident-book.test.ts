import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DocumentType, DomainDocument } from '#domain/document.ts';
import { foldIncidents, type Incident } from '#domain/incident/incidents.ts';
import { dateOf, type LocalDate } from '#domain/time/local-time.ts';
import { randomDay, randomFacts, type ListedFacts } from '#tests/factories/random-facts.ts';
import { anId, anObservation } from '#tests/factories/school.ts';
import type { Replica } from './device.ts';
import { IncidentBook } from './incident-book.ts';

/** A replica whose documents can become others: one document an id, lists that stay until something changes. */
function replica() {
	let lists: Partial<Record<DocumentType, readonly DomainDocument[]>> = {};
	const NONE: readonly never[] = [];
	const documents: Pick<Replica, 'all' | 'get'> = {
		all: (type) => (lists[type] ?? NONE) as never,
		get: (type, id) => lists[type]?.find((doc) => doc.id === id) as never,
	};
	return { documents, become: (next: Iterable<DomainDocument>) => (lists = Object.groupBy(next, ({ type }) => type)) };
}

const documentsOf = ({ observations, processings, withdrawals }: ListedFacts) => [
	...new Map([...observations, ...processings, ...withdrawals].map((doc) => [doc.id as string, doc])).values(),
];

const yearOf = (all: readonly DomainDocument[]) =>
	foldIncidents({
		observations: all.filter((doc) => doc.type === 'observation'),
		processings: all.filter((doc) => doc.type === 'processing'),
		withdrawals: all.filter((doc) => doc.type === 'withdrawal'),
	});

const isAbout = (id: string) => (incident: Incident) =>
	incident.victimGroupId === id || incident.participants.some((each) => 'pupilId' in each && each.pupilId === id);

const ids = [...[1, 2, 3, 4, 5, 6, 7, 8].map((n) => anId('pupil', n)), ...[1, 2, 3, 4].map((n) => anId('group', n))];

test('whatever changes, comes or goes: it says what a fold of all documents says', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(randomFacts, { minLength: 2, maxLength: 4 }), randomDay, async (states, day) => {
			const { documents, become } = replica();
			const book = new IncidentBook(documents, async () => {});
			for (const state of states) {
				const all = documentsOf(state);
				become(all);
				await book.read();
				const year = yearOf(all);
				for (const id of ids) expect(book.about([id])).toEqual(year.filter(isAbout(id)));
				expect(book.since(day)).toEqual(year.filter(({ occurredAt }) => dateOf(occurredAt) >= day));
			}
		}),
		{ numRuns: 60 },
	);
});

test('before it was read it knows nothing, and says so', async () => {
	const { documents, become } = replica();
	become([anObservation(1)]);
	const book = new IncidentBook(documents);
	expect(book.about([anId('pupil', 1)])).toBeNull();
	expect(book.since('2020-01-01' as LocalDate)).toBeNull();
	await book.read();
	expect(book.since('2020-01-01' as LocalDate)).toHaveLength(1);
});

test('a few changes are taken in at once, many are read in slices', async () => {
	const { documents, become } = replica();
	const several = (count: number) => Array.from({ length: count }, (_, n) => anObservation(n + 1));
	become(several(100));
	const book = new IncidentBook(documents, async () => {});
	await book.read();
	const before = book.since('2020-01-01' as LocalDate) ?? [];
	expect(before).toHaveLength(100);
	become([...documents.all('observation'), anObservation(500)]);
	const after = book.since('2020-01-01' as LocalDate) ?? [];
	expect(after).toHaveLength(101);
	expect(before.every((incident) => after.includes(incident))).toBe(true);
	become(several(400));
	expect(book.about([])).toBeNull();
	await book.read();
	expect(book.since('2020-01-01' as LocalDate)).toHaveLength(400);
});

test('it pauses between slices, and reads what came meanwhile instead', async () => {
	let resume: () => void = () => {};
	let clock = 0;
	const { documents, become } = replica();
	become(Array.from({ length: 200 }, (_, n) => anObservation(n + 1)));
	const book = new IncidentBook(
		documents,
		() => new Promise<void>((resolve) => (resume = resolve)),
		() => (clock += 100),
	);
	const reading = book.read();
	become([anObservation(7)]);
	resume();
	await reading;
	expect(book.since('2020-01-01' as LocalDate)).toHaveLength(1);
});
