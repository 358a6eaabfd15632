import type { AnalysisResult, Pareto } from '#domain/analysis/result.ts';
import type { PupilId } from '#domain/id.ts';
import type { RosterIndex } from '#domain/school/roster-index.ts';
import * as m from '#lib/i18n/generated/messages.js';
import type { ParetoBar } from '#lib/ui/charts/chart-data.ts';
import type { Figure } from './figure.ts';
import { percent, times } from './words.ts';

/** More than chance alone would pile up on so few. */
export function isConcentrated({ chance, top10 }: Pareto): boolean {
	return chance !== null && top10.share > chance.high;
}

export function paretoFigure({ pareto }: AnalysisResult, roster: RosterIndex): Figure<ParetoBar> {
	// Words are made when somebody reads them: of four hundred pupils a chart draws a quarter, and the table waits to be opened.
	const bars = pareto.instigators.map(({ pupilId, incidents, cumulativeShare }): ParetoBar => {
		const label = roster.nameWithGroup(pupilId);
		return {
			...{ key: pupilId, label, value: incidents, cumulativeShare, personal: true },
			get detail() {
				return m.analysis_pareto_together({ share: percent(cumulativeShare) });
			},
			get description() {
				return m.analysis_bar_pareto({ label, times: times(incidents), share: percent(cumulativeShare) });
			},
		};
	});
	const unknown = pareto.incidentsWithoutInstigator;
	return {
		title: isConcentrated(pareto) ? m.analysis_pareto_title() : m.analysis_pareto_title_even(),
		summary: unknown > 0 ? m.analysis_pareto_summary_unknown({ count: unknown }) : m.analysis_pareto_summary(),
		bars,
		get table() {
			return {
				columns: [m.analysis_pupil(), m.analysis_incidents(), m.analysis_cumulative()],
				rows: bars.map(({ key, label, value, cumulativeShare }) => ({
					key,
					label,
					personal: true,
					cells: [String(value), percent(cumulativeShare)],
				})),
			};
		},
		cellOf: (key) => ({ kind: 'instigator', pupilId: key as PupilId }),
	};
}
