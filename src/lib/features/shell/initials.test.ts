import fc from 'fast-check';
import { expect, test } from 'vitest';
import { initials } from './initials.ts';

test.each([
	['Sanne', 'S'],
	['Sanne de Wit', 'SW'],
	['Youssef El Amrani', 'YA'],
	['juf  ella ', 'JE'],
	['Éva (1B)', 'É'],
	['7', '?'],
	['', '?'],
])('%j is shown as %s', (name, shown) => {
	expect(initials(name)).toBe(shown);
});

test('whatever the name, something short is shown', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), (name) => {
			expect([...initials(name)].length).toBeGreaterThan(0);
			expect([...initials(name)].length).toBeLessThanOrEqual(4);
		}),
	);
});
