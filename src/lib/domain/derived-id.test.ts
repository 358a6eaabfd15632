import fc from 'fast-check';
import { expect, test } from 'vitest';
import { derivedId } from './derived-id.ts';
import { FollowUpId } from './id.ts';

test('the same text gives the same id, and ids already given never change', () => {
	expect(derivedId('followUp', '')).toBe(derivedId('followUp', ''));
	expect(derivedId('followUp', 'cas_1', '1', 'bekijken')).toBe(derivedId('followUp', 'cas_1 1 bekijken'));
	expect(derivedId('followUp', 'cas_1 1 bekijken')).toMatchInlineSnapshot(`"fup_2B3QZXGP9B5F165G73G91NCJE2"`);
	expect(derivedId('round', 'cas_1 1 bekijken')).toBe('rnd_2B3QZXGP9B5F165G73G91NCJE2');
});

test('it is an id of its kind, and other texts have other ones', () => {
	fc.assert(
		fc.property(fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 50 }), (texts) => {
			const ids = texts.map((text) => derivedId('followUp', text));
			for (const id of ids) expect(FollowUpId.safeParse(id).success).toBe(true);
			expect(new Set(ids).size).toBe(texts.length);
		}),
	);
});
