import fc from 'fast-check';
import { expect, test } from 'vitest';
import { derivedUlid } from './derived-ulid.ts';
import { FollowUpId, idOf } from './id.ts';

test('the same text gives the same id, and ids already given never change', () => {
	expect(derivedUlid('')).toBe(derivedUlid(''));
	expect(derivedUlid('cas_1', '1', 'bekijken')).toBe(derivedUlid('cas_1 1 bekijken'));
	expect(derivedUlid('cas_1 1 bekijken')).toMatchInlineSnapshot(`"2B3QZXGP9B5F165G73G91NCJE2"`);
});

test('it is a ULID, and other texts have other ones', () => {
	fc.assert(
		fc.property(fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 50 }), (texts) => {
			const ids = texts.map((text) => derivedUlid(text));
			for (const ulid of ids) expect(FollowUpId.safeParse(idOf('followUp', ulid)).success).toBe(true);
			expect(new Set(ids).size).toBe(texts.length);
		}),
	);
});
