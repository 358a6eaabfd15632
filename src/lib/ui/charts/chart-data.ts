/** What the charts draw. Words and numbers are ready to read: a chart knows neither language nor domain. */

export type Tone = 'brand' | 'plum' | 'green' | 'yellow' | 'orange' | 'red';

export interface Bar {
	readonly key: string;
	readonly label: string;
	readonly value: number;
	/** What stands at the bar, where that is not the value itself: a rate, rounded. */
	readonly text?: string;
	/** The whole figure in words, for a screen reader and for the line under the chart. */
	readonly description: string;
	/** A child's name: blurred along with all other names. */
	readonly personal?: boolean;
	readonly tone?: Tone;
	/** Behind the value, such as a share: `41 %`. */
	readonly detail?: string;
}

export interface ParetoBar extends Bar {
	/** This one and those before together, 0–1. */
	readonly cumulativeShare: number;
}

export interface HeatRow {
	readonly key: string;
	readonly label: string;
	/** One value per column; 0 draws nothing. */
	readonly values: readonly number[];
}

export interface ChartTable {
	readonly columns: readonly string[];
	readonly rows: readonly {
		readonly key: string;
		readonly label: string;
		readonly personal?: boolean;
		readonly cells: readonly string[];
	}[];
}

/** The numbers of a heat map; an empty cell is said as 0. */
export function tableOfHeat(rows: readonly HeatRow[], corner: string, columns: readonly string[]): ChartTable {
	return {
		columns: [corner, ...columns],
		rows: rows.map(({ key, label, values }) => ({ key, label, cells: values.map(String) })),
	};
}

/** Steps of colour. Ink is readable up to the third, the light text from the fourth on; nothing lies between. */
const HEAT_STEPS = 5;

/** 0 for nothing, 1–5 for how hot, even steps up to the largest. */
export function heatStep(value: number, largest: number): number {
	return value <= 0 ? 0 : Math.max(1, Math.ceil((value / largest) * HEAT_STEPS));
}
