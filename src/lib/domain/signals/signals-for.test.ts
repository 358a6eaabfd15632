import { expect, test } from 'vitest';
import type { DocumentOf, DocumentType, DomainDocument } from '#domain/document.ts';
import type { Person } from '#domain/school/roster.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import { aSignal, aSignalReview } from '#tests/factories/signals.ts';
import { anId, aRoster } from '#tests/factories/school.ts';
import { signalsFor, toldOfSignals } from './signals-for.ts';

const TODAY = '2026-11-20' as LocalDate;
const aPerson = (n: number, roles: Person['roles'], over: Partial<Person> = {}): Person => ({
	...{ type: 'person', v: 1, id: anId('person', n), schoolId: anId('school', 1), name: `P${n}`, roles, groupIds: [] },
	...over,
});
const teacher = aPerson(2, ['teacher'], { groupIds: [anId('group', 6)] });
const coordinator = aPerson(3, ['coordinator']);
const confidant = aPerson(4, ['confidant'], { siteIds: [anId('site', 1)] });
const elsewhere = aPerson(5, ['confidant'], { siteIds: [anId('site', 2)] });
const other = aPerson(6, ['teacher'], { groupIds: [anId('group', 8)] });
const where = { groupId: anId('group', 6), siteId: anId('site', 1) };

function documentsOf(documents: readonly DomainDocument[]) {
	return {
		get: <T extends DocumentType>(type: T, id: string) =>
			documents.find((each) => each.type === type && each.id === id) as DocumentOf<T> | undefined,
		all: <T extends DocumentType>(type: T) => documents.filter((each) => each.type === type) as DocumentOf<T>[],
	};
}

const school = (...more: DomainDocument[]) =>
	documentsOf([...aRoster().filter(({ type }) => type !== 'person'), teacher, coordinator, confidant, other, ...more]);
const both = [aSignal(1), aSignal(2)];

test('the confidant of the site and who teaches the group are told, a coordinator where there is no confidant', () => {
	expect(toldOfSignals(where, [teacher, coordinator, confidant, elsewhere, other])).toEqual([teacher.id, confidant.id]);
	expect(toldOfSignals(where, [teacher, coordinator, elsewhere, other])).toEqual([teacher.id, coordinator.id]);
	expect(toldOfSignals(where, [coordinator, { ...confidant, hasLeft: true }])).toEqual([coordinator.id]);
});

test('one signal asks nobody; the second asks the confidant and the teacher, and nobody else', () => {
	expect(signalsFor(confidant.id, school(aSignal(1)), TODAY)).toEqual([]);
	const asked = [teacher, coordinator, confidant, other].filter(
		({ id }) => signalsFor(id, school(...both), TODAY).length > 0,
	);
	expect(asked).toEqual([teacher, confidant]);
});

test('a teacher who looked settles it for the teacher, a confidant for everybody', () => {
	const byTeacher = school(...both, aSignalReview(1, both, { reviewedBy: teacher.id }));
	expect(signalsFor(teacher.id, byTeacher, TODAY)).toEqual([]);
	expect(signalsFor(confidant.id, byTeacher, TODAY)).toHaveLength(1);
	const byConfidant = school(...both, aSignalReview(1, both, { reviewedBy: confidant.id }));
	expect([teacher, confidant].flatMap(({ id }) => signalsFor(id, byConfidant, TODAY))).toEqual([]);
});

test('nothing is asked about a child who left or is not on the roster', () => {
	const gone = documentsOf([teacher, confidant, ...both]);
	expect(signalsFor(confidant.id, gone, TODAY)).toEqual([]);
});
