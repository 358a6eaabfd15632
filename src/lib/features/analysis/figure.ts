import type { Cell } from '#domain/analysis/result.ts';
import type { Bar, ChartTable } from '#lib/ui/charts/chart-data.ts';

/** A chart with its words: the title says what it shows, and each bar knows which incidents are behind it. */
export interface Figure<B extends Bar = Bar> {
	readonly title: string;
	readonly summary: string;
	readonly bars: readonly B[];
	readonly table: ChartTable;
	readonly cellOf: (key: string) => Cell;
}
