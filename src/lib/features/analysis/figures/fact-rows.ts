import type { FactSheetCell, FactSheetColumn } from '#domain/fact-sheet/fact-sheet.ts';
import * as m from '#lib/i18n/generated/messages.js';

/** One line of the fact sheet: what it is, and its figure for every day. */
export interface FactRow {
	readonly label: string;
	/** Part of the line above. */
	readonly isPart: boolean;
	readonly cells: readonly string[];
}

/** The fact sheet as schools print it: a row a figure, a column a day (M5-15). Boys and girls only where a school keeps sex. */
export function factRows(columns: readonly FactSheetColumn[]): FactRow[] {
	const row = (label: string, of: (column: FactSheetColumn) => string, isPart = false): FactRow => ({
		...{ label, isPart, cells: columns.map(of) },
	});
	const isSexKept = columns.some(({ instigators, stopped, victims }) => [instigators, stopped, victims].some(hasSex));
	const parts = (of: (column: FactSheetColumn) => FactSheetCell | null) => {
		if (!isSexKept) return [];
		return [
			row(m.figures_boys(), (column) => partText(of(column), 'boys'), true),
			row(m.figures_girls(), (column) => partText(of(column), 'girls'), true),
		];
	};
	return [
		row(m.figures_schools(), ({ schools }) => String(schools)),
		row(m.figures_users(), ({ users }) => countText(users)),
		row(m.figures_pupils(), ({ pupils }) => countText(pupils), true),
		row(m.figures_observations(), ({ observations }) => String(observations)),
		row(m.figures_instigators(), ({ instigators }) => String(instigators.total)),
		...parts(({ instigators }) => instigators),
		row(m.figures_involved(), ({ involvedPercent }) => percentText(involvedPercent), true),
		row(m.figures_stopped(), ({ stopped }) => String(stopped.total)),
		...parts(({ stopped }) => stopped),
		row(m.figures_victims(), ({ victims }) => String(victims.total)),
		...parts(({ victims }) => victims),
		row(m.figures_victims_no_more(), ({ victimsNoMore }) => String(victimsNoMore?.total ?? '–')),
	];
}

function hasSex({ boys, girls }: FactSheetCell): boolean {
	return boys + girls > 0;
}

function partText(cell: FactSheetCell | null, sex: 'boys' | 'girls'): string {
	if (!cell || (cell.total > 0 && !hasSex(cell))) return '–';
	const share = cell[`${sex}Percent`];
	return share === null ? String(cell[sex]) : `${cell[sex]} (${percentText(share)})`;
}

function percentText(value: number | null): string {
	return value === null ? '–' : m.analysis_percent({ value: String(value) });
}

/** Sheets of several schools do not say how many users there were. */
function countText(value: number): string {
	return value === 0 ? '–' : String(value);
}
