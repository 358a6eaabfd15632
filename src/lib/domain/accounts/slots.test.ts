import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FIRST_SLOT, freeSlot, LAST_SLOT, MAX_PEOPLE, ONLY_SLOT, readSlot } from './slots.ts';

test('nothing said is the session of a device of one person', () => {
	expect(readSlot(undefined)).toBe(ONLY_SLOT);
});

test('only a number of a shared phone is one, written in the one way', () => {
	const numbers = Array.from({ length: LAST_SLOT }, (_, at) => String(at + 1));
	fc.assert(
		fc.property(fc.oneof(fc.string(), fc.integer().map(String), fc.anything(), fc.constantFrom(...numbers)), (text) => {
			fc.pre(text !== undefined);
			expect(readSlot(text)).toBe(numbers.includes(text as string) ? Number(text) : null);
		}),
	);
});

test('with as many people as there can be, one more number is free', () => {
	const taken = fc.uniqueArray(fc.integer({ min: FIRST_SLOT, max: LAST_SLOT }), { maxLength: MAX_PEOPLE });
	fc.assert(
		fc.property(taken, (slots) => {
			const free = freeSlot(slots);
			expect(slots).not.toContain(free);
			expect(readSlot(String(free))).toBe(free);
		}),
	);
	expect(freeSlot(Array.from({ length: LAST_SLOT }, (_, at) => at + 1))).toBe(LAST_SLOT);
});
