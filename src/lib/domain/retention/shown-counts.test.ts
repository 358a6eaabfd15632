import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shownCounts, SMALLEST_SHOWN } from './shown-counts.ts';

const aTable = fc.array(fc.integer({ min: 0, max: 12 })).map((counts) => counts.map((count, key) => ({ key, count })));

test('no number under five is ever shown, nor follows from the others', () => {
	fc.assert(
		fc.property(aTable, (table) => {
			const { cells, rest } = shownCounts(table);
			for (const { count } of cells) expect(count).toBeGreaterThanOrEqual(SMALLEST_SHOWN);
			if (rest) expect(rest).toBeGreaterThanOrEqual(SMALLEST_SHOWN);
			const total = table.reduce((sum, { count }) => sum + count, 0);
			const shown = cells.reduce((sum, { count }) => sum + count, 0);
			// With the total known, what is not said is nothing, or too little altogether to say.
			expect(total - shown - (rest ?? 0) === 0 || (rest === null && cells.length === 0)).toBe(true);
		}),
	);
});

test('large cells stand apart, largest first; a lone small one takes the next with it', () => {
	const table = [
		['gang', 2],
		['plein', 40],
		['klas', 9],
	] as const;
	const counts = table.map(([key, count]) => ({ key, count }));
	expect(shownCounts(counts)).toEqual({ cells: [{ key: 'plein', count: 40 }], rest: 11 });
	expect(shownCounts(counts.slice(1)).cells.map(({ key }) => key)).toEqual(['plein', 'klas']);
	expect(shownCounts(counts.slice(0, 1))).toEqual({ cells: [], rest: null });
});
