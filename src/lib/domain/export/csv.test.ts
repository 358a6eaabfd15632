import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvOf } from './csv.ts';

test('a Dutch Excel gets semicolons, decimal commas, and a mark that it is UTF-8', () => {
	expect(
		csvOf([
			{
				name: 'Groepen',
				rows: [
					['Groep', 'Per schooldag'],
					['6A', 1.25],
					['Zoë', null],
				],
			},
		]),
	).toBe('\uFEFFGroep;Per schooldag\r\n6A;1,25\r\nZoë;\r\n');
});

test('several tables stand below each other, each under its name', () => {
	const text = csvOf([
		{ name: 'A', rows: [['x']] },
		{ name: 'B', rows: [['y']] },
	]);
	expect(text).toBe('\uFEFFA\r\nx\r\n\r\nB\r\ny\r\n');
});

test('a text with semicolons, quotes or line ends stays one cell', () => {
	expect(csvOf([{ name: 'A', rows: [['a;b', 'zei "au"', 'twee\nregels']] }])).toBe(
		'\uFEFF"a;b";"zei ""au""";"twee\nregels"\r\n',
	);
});

test('whatever somebody typed, no cell starts like a formula', () => {
	const typed = fc.oneof(
		fc.string(),
		fc.tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r'), fc.string()).map(([start, rest]) => start + rest),
	);
	fc.assert(
		fc.property(typed, (text) => {
			const cell = csvOf([{ name: 'A', rows: [[text]] }]).slice(1);
			expect(cell).not.toMatch(/^"?[=+\-@\t\r](?!\n$)/);
		}),
	);
});
