import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DomainDocument } from '#domain/document.ts';
import { anObservation } from '#tests/factories/school.ts';
import { keepUnknownFields, keepUnknownToProtocol1 } from './unknown-fields.ts';

const fields = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.integer());

test('what the writer does not know stays, what it knows is the writer’s to change and to take out', () => {
	fc.assert(
		fc.property(fields, fields, fc.subarray(['a', 'b', 'c', 'd', 'e']), (standing, next, known) => {
			const kept = keepUnknownFields(standing, next, (field) => known.includes(field));
			for (const field of 'abcde') {
				const expected = field in next || known.includes(field) ? next[field] : standing[field];
				expect(kept[field]).toBe(expected);
			}
		}),
	);
});

test('to write the same again changes nothing', () => {
	fc.assert(
		fc.property(fields, fields, (standing, next) => {
			const kept = keepUnknownFields(standing, next, () => false);
			expect(keepUnknownFields(kept, next, () => false)).toEqual(kept);
		}),
	);
});

test('an app of protocol 1 takes out the note it knows, not the field it has never heard of', () => {
	const standing = { ...anObservation(1, { note: 'a note' }), field2030: 'kept' } as unknown as DomainDocument;
	const { note: _, ...corrected } = anObservation(1);
	expect(keepUnknownToProtocol1(standing, corrected as DomainDocument)).toEqual({ ...corrected, field2030: 'kept' });
});
