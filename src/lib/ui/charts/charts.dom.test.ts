import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { createRawSnippet } from 'svelte';
import { expect, test, vi } from 'vitest';
import BarChart from './BarChart.svelte';
import { heatStep, tableOfHeat, type Bar, type HeatRow, type ParetoBar } from './chart-data.ts';
import ChartFigure from './ChartFigure.svelte';
import HeatMap from './HeatMap.svelte';
import ParetoChart from './ParetoChart.svelte';
import Sparkline from './Sparkline.svelte';

const BARS: Bar[] = [
	{ key: 'a', label: 'Klimrek', value: 6, description: 'Klimrek: 6 incidenten', detail: '60 %' },
	{ key: 'b', label: 'Gang', value: 3, description: 'Gang: 3 incidenten', detail: '30 %' },
	{ key: 'c', label: 'Klas', value: 1, description: 'Klas: 1 incident', detail: '10 %' },
];
const HEAT: HeatRow[] = [
	{ key: 'a', label: 'Klimrek', values: [6, 0, 14] },
	{ key: 'b', label: 'Gang', values: [0, 0, 2] },
];

function paretoBars(counts: readonly number[]): ParetoBar[] {
	const total = counts.reduce((sum, each) => sum + each, 0);
	let sum = 0;
	return counts.map((value, index) => {
		sum += value;
		const label = `Kind ${index + 1}`;
		return {
			key: label,
			label,
			value,
			description: `${label}: ${value}`,
			cumulativeShare: sum / total,
			personal: true,
		};
	});
}

test('the table says the same as the picture', async () => {
	render(BarChart, { bars: BARS, label: 'Plekken', onselect: vi.fn() });
	const drawn = screen.getAllByRole('button').map((button) => button.textContent?.replace(/\s+/g, ' ').trim());
	const children = createRawSnippet(() => ({ render: () => '<p>de tekening</p>' }));
	const table = {
		columns: ['Plek', 'Incidenten', 'Deel'],
		rows: BARS.map(({ key, label, value, detail = '' }) => ({ key, label, cells: [String(value), detail] })),
	};
	const words = { showTable: 'Toon tabel', showChart: 'Toon grafiek' };
	render(ChartFigure, { title: 'Vooral het klimrek', summary: 'Incidenten per plek.', table, words, children });

	await userEvent.click(screen.getByRole('button', { name: 'Toon tabel: Vooral het klimrek' }));
	const rows = within(screen.getByRole('table')).getAllByRole('row').slice(1);
	const told = rows.map((row) => [...row.children].map((cell) => cell.textContent?.trim()).join(' '));
	expect(told).toEqual(drawn.map((text) => text?.replace(/(\d)(\d+ %)$/, '$1 $2')));
	expect(screen.queryByText('de tekening')).not.toBeInTheDocument();
	await userEvent.click(screen.getByRole('button', { name: 'Toon grafiek: Vooral het klimrek' }));
	expect(screen.getByText('de tekening')).toBeVisible();
});

test.each(['horizontal', 'vertical'] as const)(
	'%s bars: one stop for Tab, arrows walk, Enter drills down',
	async (direction) => {
		const onselect = vi.fn();
		render(BarChart, { bars: BARS, label: 'Plekken', direction, onselect });
		await userEvent.tab();
		expect(screen.getByRole('button', { name: /^Klimrek/ })).toHaveFocus();
		await userEvent.keyboard('{ArrowDown}{ArrowRight}');
		expect(screen.getByRole('button', { name: /^Klas/ })).toHaveFocus();
		await userEvent.keyboard('{Home}{ArrowRight}{Enter}');
		expect(onselect).toHaveBeenCalledExactlyOnceWith('b');
		await userEvent.tab();
		expect(document.body).toHaveFocus();
		await userEvent.tab({ shift: true });
		expect(screen.getByRole('button', { name: /^Gang/ })).toHaveFocus();
	},
);

test('bars without anything behind them are no buttons', () => {
	render(BarChart, { bars: BARS, label: 'Plekken' });
	expect(screen.queryByRole('button')).not.toBeInTheDocument();
	expect(screen.getByRole('list', { name: 'Plekken' })).toHaveTextContent('Klimrek');
});

test('the longest bar fills the row and the others keep its measure', () => {
	const { container } = render(BarChart, { bars: BARS, label: 'Plekken' });
	const widths = [...container.querySelectorAll('rect')].map((rect) => parseFloat(rect.getAttribute('width') ?? ''));
	expect(widths).toEqual([100, 50, expect.closeTo(16.67, 1)]);
});

/** The bars of an outline: from the foot up, round the left shoulder, along the top. */
function barsIn(outline: string): { left: number; right: number; height: number }[] {
	return [...outline.matchAll(/M([\d.]+),[\d.]+v-([\d.]+)a([\d.]+),[^h]+h([\d.]+)/g)].map((found) => {
		const [left, straight, round, across] = found.slice(1).map(Number) as [number, number, number, number];
		return { left, right: left + across + 2 * round, height: straight + round };
	});
}

test('the pareto cuts right after the few, and its line ends at the top', () => {
	const bars = paretoBars([8, 4, 2, 1, 1]);
	const { container } = render(ParetoChart, {
		bars,
		cut: { count: 3, label: '80 % bij 3 leerlingen' },
		label: 'Incidenten per kind',
		hint: 'Tik op een balk.',
		more: (count: number) => `Nog ${count}.`,
		onselect: vi.fn(),
	});
	const outlined = (those: string) => barsIn(container.querySelector(those)?.getAttribute('d') ?? '');
	const [few, many] = [outlined('.few'), outlined('.many')];
	expect([few.length, many.length]).toEqual([3, 2]);
	const heights = [...few, ...many].map(({ height }) => height);
	expect(heights.map((height) => Math.round((height / (heights[0] ?? 1)) * 8))).toEqual([8, 4, 2, 1, 1]);
	const cut = Number(container.querySelector('.cut')?.getAttribute('x1'));
	expect(cut).toBeGreaterThan(few[2]?.right ?? Infinity);
	expect(cut).toBeLessThan(many[0]?.left ?? 0);
	expect(screen.getByText('80 % bij 3 leerlingen')).toBeInTheDocument();
	const line = container.querySelector('.sum')?.getAttribute('d') ?? '';
	const top = container.querySelectorAll('.grid').item(5).getAttribute('y1');
	expect(line.endsWith(`,${top}`)).toBe(true);
});

test('the pareto says how many bars it left out, and never cuts off the few', () => {
	const bars = paretoBars(Array.from({ length: 200 }, () => 1));
	render(ParetoChart, {
		bars,
		cut: { count: 120, label: '80 %' },
		label: 'Incidenten per kind',
		hint: 'Tik op een balk.',
		more: (count: number) => `Nog ${count}.`,
		onselect: vi.fn(),
	});
	expect(screen.getAllByRole('button')).toHaveLength(156);
	expect(screen.getByText(/Nog 44\./)).toBeInTheDocument();
});

test('the heat map says its numbers, walks in four directions over the holes and drills down', async () => {
	const onselect = vi.fn();
	render(HeatMap, {
		rows: HEAT,
		columns: ['10u', '11u', '12u'],
		corner: 'Plek',
		label: 'Plek en uur',
		describe: (row: HeatRow, column: number, value: number) => `${row.label} ${column}: ${value}`,
		onselect,
	});
	const rows = within(screen.getByRole('table')).getAllByRole('row').slice(1);
	const shown = rows.map((row) => [...row.children].map((cell) => cell.textContent?.trim() || '0'));
	expect(shown).toEqual(tableOfHeat(HEAT, 'Plek', ['10u', '11u', '12u']).rows.map((row) => [row.label, ...row.cells]));
	await userEvent.tab();
	await userEvent.keyboard('{ArrowDown}');
	expect(screen.getByRole('button', { name: 'Gang 2: 2' })).toHaveFocus();
	await userEvent.keyboard('{ArrowUp}{ArrowLeft}');
	expect(screen.getByRole('button', { name: 'Klimrek 0: 6' })).toHaveFocus();
	await userEvent.keyboard('{Enter}');
	expect(onselect).toHaveBeenCalledExactlyOnceWith('a', 0);
});

test('heat has five even steps and nothing is nothing', () => {
	expect([0, 1, 4, 5, 9, 10].map((value) => heatStep(value, 10))).toEqual([0, 1, 2, 3, 5, 5]);
	expect(heatStep(1, 1000)).toBe(1);
});

test('a sparkline says its course in words and holds low counts low', () => {
	const { container } = render(Sparkline, { values: [0, 1, 0], label: 'Drie weken: 0, 1, 0' });
	expect(screen.getByRole('img', { name: 'Drie weken: 0, 1, 0' })).toBeInTheDocument();
	const middle = container.querySelector('path')?.getAttribute('d')?.split('L')[1]?.split(',')[1];
	expect(Number(middle)).toBeGreaterThan(16);
});
