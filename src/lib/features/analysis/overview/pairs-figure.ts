import type { AnalysisResult } from '#domain/analysis/result.ts';
import type { RosterIndex } from '#domain/school/roster-index.ts';
import * as m from '#lib/i18n/generated/messages.js';
import type { ChartTable } from '#lib/ui/charts/chart-data.ts';
import type { NetworkEdge, NetworkNode } from '#lib/ui/charts/network.ts';

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
