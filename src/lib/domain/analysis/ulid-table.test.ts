import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ShortList } from './short-list.ts';
import { compareUlids, sortedUlids, ulidOfNumber, UlidTable } from './ulid-table.ts';

const character = fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ');
/** Few different endings, so that many share a slot. */
const ulid = fc
	.tuple(
		fc.array(character, { minLength: 3, maxLength: 3 }),
		fc.constantFrom('0', 'Z'),
		fc.array(character, { minLength: 1, maxLength: 1 }),
	)
	.map(([start, filler, end]) => start.join('') + filler.repeat(22) + end.join(''));

test.each([
	['a table', () => new UlidTable(1)],
	['a short list', () => new ShortList()],
] as const)('%s gives each id one number, and the same one every time', (_, make) => {
	fc.assert(
		fc.property(fc.array(ulid, { maxLength: 3000 }), (texts) => {
			const table = make();
			const numbers = new Map<string, number>();
			for (const each of texts) {
				const number = table.numberOf(`obs_${each}`);
				expect(number).toBe(numbers.get(each) ?? numbers.size);
				numbers.set(each, number);
			}
		}),
		{ numRuns: 20 },
	);
});

test('ids come back as they went in, and sort as their texts do', () => {
	fc.assert(
		fc.property(fc.uniqueArray(ulid, { maxLength: 200 }), (texts) => {
			const table = new UlidTable();
			for (const each of texts) table.numberOf(`pup_${each}`);
			const numbers = Array.from(sortedUlids(table));
			expect(numbers.map((number) => ulidOfNumber(table, number))).toEqual([...texts].sort());
			expect(numbers.toSorted((a, b) => compareUlids(table, a, b))).toEqual(numbers);
		}),
	);
});
