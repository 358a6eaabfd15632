import type { AnalysisResult } from '#domain/analysis/result.ts';
import type { GroupId } from '#domain/id.ts';
import type { RosterIndex } from '#domain/school/roster-index.ts';
import * as m from '#lib/i18n/generated/messages.js';
import { tableOfHeat, type ChartTable, type HeatRow } from '#lib/ui/charts/chart-data.ts';
import type { NetworkEdge, NetworkNode } from '#lib/ui/charts/network.ts';
import { times } from '../words.ts';

/** More lines than these are a tangle; once is no pattern (D9). */
const MOST_LINES = 14;
const OFTEN = 3;

export interface PairsFigure {
	readonly title: string;
	readonly summary: string;
	readonly nodes: readonly NetworkNode[];
	readonly edges: readonly NetworkEdge[];
	readonly table: ChartTable;
}

/** Pupils between whom it happens again and again, as a network; `null` when there is no such pair. */
export function pairsFigure({ pairs }: AnalysisResult, roster: RosterIndex): PairsFigure | null {
	const often = pairs.filter(({ incidents }) => incidents >= OFTEN).slice(0, MOST_LINES);
	const [first] = often;
	if (!first) return null;
	const out = new Map<string, number>();
	for (const { instigatorId, victimId, incidents } of often) {
		out.set(instigatorId, (out.get(instigatorId) ?? 0) + incidents);
		out.set(victimId, (out.get(victimId) ?? 0) - incidents);
	}
	// Who belongs together stands together.
	const order = [...new Set(often.flatMap(({ instigatorId, victimId }) => [instigatorId, victimId]))];
	return {
		title: m.overview_pairs_title({ count: often.length, least: OFTEN }),
		summary: m.overview_pairs_summary(),
		nodes: order.map((id) => ({ key: id, label: roster.nameWithGroup(id), isSource: (out.get(id) ?? 0) > 0 })),
		edges: often.map(({ instigatorId, victimId, incidents }) => ({
			...{ from: instigatorId, to: victimId, value: incidents },
		})),
		table: {
			columns: [m.overview_pair(), m.analysis_incidents()],
			rows: often.map(({ instigatorId, victimId, incidents }) => ({
				key: `${instigatorId} ${victimId}`,
				label: `${roster.nameWithGroup(instigatorId)} → ${roster.nameWithGroup(victimId)}`,
				personal: true,
				cells: [String(incidents)],
			})),
		},
	};
}

export interface MatrixFigure {
	readonly title: string;
	readonly summary: string;
	readonly rows: readonly HeatRow[];
	readonly columns: readonly string[];
	readonly table: ChartTable;
	readonly describe: (row: HeatRow, column: number, value: number) => string;
	readonly groupOf: (column: number) => GroupId | null;
}

/** From which group to which: rows went too far, columns were on the receiving end. No child is named. */
export function groupMatrix({ groupPairs }: AnalysisResult, roster: RosterIndex): MatrixFigure {
	const known = groupPairs.filter(({ from, to }) => from !== null && to !== null);
	const groups = roster.groups.filter(({ id }) => known.some(({ from, to }) => from === id || to === id));
	const count = new Map(known.map(({ from, to, pairs }) => [`${from} ${to}`, pairs]));
	const columns = groups.map(({ name }) => name);
	const rows = groups.map(({ id, name }) => ({
		key: id,
		label: name,
		values: groups.map((to) => count.get(`${id} ${to.id}`) ?? 0),
	}));
	const all = known.reduce((sum, { pairs }) => sum + pairs, 0);
	const within = known.filter(({ from, to }) => from === to).reduce((sum, { pairs }) => sum + pairs, 0);
	return {
		title: m.overview_matrix_title({ share: all === 0 ? '0' : String(Math.round((within / all) * 100)) }),
		summary: m.overview_matrix_summary(),
		rows,
		columns,
		table: tableOfHeat(rows, m.overview_from_group(), columns),
		describe: (row, column, value) =>
			m.overview_matrix_cell({ from: row.label, to: columns[column] ?? '?', times: times(value) }),
		groupOf: (column) => groups[column]?.id ?? null,
	};
}
