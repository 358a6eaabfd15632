import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Observation, Participant } from '#domain/observation/observation.ts';
import type { Instant } from '#domain/time/local-time.ts';
import { anId, anObservation } from '#tests/factories/school.ts';
import { applyEdits, editsOf, joinEdits, mergeVersions } from './merge.ts';

const child = (role: 'instigator' | 'victim' | 'bystander', n: number): Participant => ({
	role,
	pupilId: anId('pupil', n),
});

/** Versions of one observation, as a reporter may correct it. */
const version: fc.Arbitrary<Observation> = fc
	.record({
		behaviours: fc.subarray(['pushing', 'nameCalling', 'gossip', 'threat'] as const, { minLength: 1 }),
		participants: fc.subarray([child('instigator', 1), child('victim', 2), child('victim', 1), child('bystander', 3)]),
		basket: fc.constantFrom('yellow', 'orange', 'red'),
		note: fc.option(fc.constantFrom('one', 'two'), { nil: undefined }),
		outsideSchool: fc.boolean(),
		minute: fc.integer({ min: 10, max: 59 }),
	})
	.map(({ note, minute, ...rest }) => {
		const notedAt = `2026-03-09T11:${minute}:00.000Z` as Instant;
		return anObservation(1, { ...rest, notedAt, ...(note && { note }) });
	});

const three = fc.tuple(version, version, version, version);

test('edits join in whatever order, however grouped and however often', () => {
	fc.assert(
		fc.property(three, ([base, ...versions]) => {
			const [a, b, c] = versions.map((each) => editsOf(base, each)) as [never, never, never];
			expect(joinEdits(a, b)).toEqual(joinEdits(b, a));
			expect(joinEdits(joinEdits(a, b), c)).toEqual(joinEdits(a, joinEdits(b, c)));
			expect(joinEdits(a, a)).toEqual(a);
		}),
	);
});

/** Without the order of lists that have none. */
function told(doc: Observation | null) {
	const text = (participant: Participant) =>
		`${participant.role} ${'pupilId' in participant ? participant.pupilId : ''}`;
	const byText = (one: Participant, other: Participant) => (text(one) < text(other) ? -1 : 1);
	return doc && { ...doc, behaviours: [...doc.behaviours].sort(), participants: [...doc.participants].sort(byText) };
}

test('two devices come to the same, and a version merged with itself or with what it was written on is itself', () => {
	fc.assert(
		fc.property(three, ([base, mine, theirs]) => {
			expect(mergeVersions(base, mine, theirs)).toEqual(mergeVersions(base, theirs, mine));
			const own = applyEdits(base, editsOf(base, mine));
			if (own) {
				expect(told(own)).toEqual(told(mine));
				expect(told(mergeVersions(base, mine, mine))).toEqual(told(mine));
				expect(told(mergeVersions(base, mine, base))).toEqual(told(mine));
			}
		}),
	);
});

test('nothing that was added is lost, nothing that was taken out comes back, and no value is made up', () => {
	fc.assert(
		fc.property(three, ([base, mine, theirs]) => {
			const merged = mergeVersions(base, mine, theirs);
			if (!merged) return;
			for (const behaviour of [...mine.behaviours, ...theirs.behaviours])
				if (!base.behaviours.includes(behaviour)) expect(merged.behaviours).toContain(behaviour);
			for (const behaviour of base.behaviours)
				if (!mine.behaviours.includes(behaviour) || !theirs.behaviours.includes(behaviour))
					expect(merged.behaviours).not.toContain(behaviour);
			expect([mine.basket, theirs.basket]).toContain(merged.basket);
			expect([mine.note, theirs.note]).toContain(merged.note);
		}),
	);
});

const base = anObservation(1, { behaviours: ['pushing'], basket: 'orange' });

test('the phone adds a child, the laptop a note: both are in', () => {
	const mine = { ...base, participants: [...base.participants, child('bystander', 5)] };
	const theirs = { ...base, note: 'By the fence.' };
	expect(mergeVersions(base, mine, theirs)).toEqual({ ...mine, note: 'By the fence.' });
});

test('what both changed to something else cannot be merged', () => {
	expect(mergeVersions(base, { ...base, basket: 'red' }, { ...base, basket: 'yellow' })).toBeNull();
	expect(mergeVersions(base, { ...base, note: 'one' }, { ...base, note: 'two' })).toBeNull();
});

test('a child who got two roles, or a list that ran empty, is for the person to put right', () => {
	const as = (role: 'victim' | 'bystander') => ({ ...base, participants: [child(role, 1)] });
	const start = { ...base, participants: [child('instigator', 1)] };
	expect(mergeVersions(start, as('victim'), as('bystander'))).toBeNull();
	const both = { ...base, behaviours: ['pushing', 'gossip'] as Observation['behaviours'] };
	const only = (behaviour: 'pushing' | 'gossip') => ({ ...base, behaviours: [behaviour] as Observation['behaviours'] });
	expect(mergeVersions(both, only('pushing'), only('gossip'))).toBeNull();
});

test('a field that only a newer app knows goes along', () => {
	const theirs = { ...base, field2030: 'kept' } as Observation;
	expect(mergeVersions(base, { ...base, note: 'a note' }, theirs)).toEqual({ ...theirs, note: 'a note' });
});
