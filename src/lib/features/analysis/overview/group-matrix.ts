import type { AnalysisResult } from '#domain/analysis/result.ts';
import type { RosterIndex } from '#domain/school/roster-index.ts';
import * as m from '#lib/i18n/generated/messages.js';
import type { ChartTable, HeatRow } from '#lib/ui/charts/chart-data.ts';
import { percent, times } from '../words.ts';

/** As many columns as a laptop's half page can hold and still be read. */
const MOST_GROUPS = 18;
/** Other groups named beside a group on a phone. */
const MOST_OTHERS = 3;

export interface MatrixFigure {
	readonly title: string;
	readonly summary: string;
	readonly rows: readonly HeatRow[];
	readonly columns: readonly string[];
	/** The same for who has no room for columns: per group, within it, and the others it is most often about. */
	readonly list: readonly {
		readonly key: string;
		readonly label: string;
		readonly within: number;
		readonly others: string;
	}[];
	readonly table: ChartTable;
	readonly describe: (row: HeatRow, column: number, value: number) => string;
}

/** From which group to which: rows went too far, columns were on the receiving end. No child is named. */
export function groupMatrix({ groupPairs }: AnalysisResult, roster: RosterIndex): MatrixFigure {
	const known = groupPairs.flatMap(({ from, to, pairs }) => {
		const [fromGroup, toGroup] = [roster.group(from ?? ''), roster.group(to ?? '')];
		return fromGroup && toGroup ? [{ from: fromGroup, to: toGroup, pairs }] : [];
	});
	const count = new Map(known.map(({ from, to, pairs }) => [`${from.id} ${to.id}`, pairs]));
	const sums = new Map<string, number>();
	for (const { from, to, pairs } of known) {
		for (const { id } of new Set([from, to])) sums.set(id, (sums.get(id) ?? 0) + pairs);
	}
	const most = new Set(
		[...sums]
			.sort((a, b) => b[1] - a[1])
			.slice(0, MOST_GROUPS)
			.map(([id]) => id),
	);
	const groups = roster.groups.filter(({ id }) => most.has(id));
	const columns = groups.map(({ name }) => name);
	const rows = groups.map(({ id, name }) => ({
		key: id,
		label: name,
		values: groups.map((to) => count.get(`${id} ${to.id}`) ?? 0),
	}));
	const all = known.reduce((sum, { pairs }) => sum + pairs, 0);
	const within = known.filter(({ from, to }) => from.id === to.id).reduce((sum, { pairs }) => sum + pairs, 0);
	return {
		title: m.overview_matrix_title({ share: percent(all === 0 ? 0 : within / all) }),
		summary:
			sums.size > MOST_GROUPS ? m.overview_matrix_summary_most({ count: MOST_GROUPS }) : m.overview_matrix_summary(),
		rows,
		columns,
		list: groups.map(({ id, name }) => ({
			...{ key: id, label: name, within: count.get(`${id} ${id}`) ?? 0 },
			others: known
				.filter(({ from, to }) => from.id === id && to.id !== id)
				.sort((a, b) => b.pairs - a.pairs)
				.slice(0, MOST_OTHERS)
				.map(({ to, pairs }) => `${to.name} ${pairs}`)
				.join(' · '),
		})),
		table: {
			columns: [m.overview_pair(), m.analysis_incidents()],
			rows: known
				.toSorted((a, b) => b.pairs - a.pairs)
				.map(({ from, to, pairs }) => ({
					...{ key: `${from.id} ${to.id}`, label: `${from.name} → ${to.name}`, cells: [String(pairs)] },
				})),
		},
		describe: (row, column, value) =>
			m.overview_matrix_cell({ from: row.label, to: columns[column] ?? '?', times: times(value) }),
	};
}
