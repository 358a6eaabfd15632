import type { Share } from '#domain/analysis/result.ts';
import * as m from '#lib/i18n/generated/messages.js';
import type { Bar, Tone } from '#lib/ui/charts/chart-data.ts';
import type { Figure } from './figure.ts';
import { decimal, percent, times } from './words.ts';

/** One kind among others: how many, which part of all, and how many a school day. */
export interface NamedShare {
	readonly key: string;
	readonly label: string;
	readonly share: Share;
	readonly tone?: Tone;
}

/** Bars with their share, and the same as a table that also has the rate per school day. `first`: what the rows are. */
export function shareBars(first: string, rows: readonly NamedShare[]): Pick<Figure, 'bars' | 'table'> {
	const bars = rows.map(({ key, label, share, tone = 'brand' }): Bar => {
		const detail = percent(share.share);
		const description = m.analysis_bar_share({ label, times: times(share.incidents), share: detail });
		return { key, label, value: share.incidents, detail, description, tone };
	});
	return {
		bars,
		table: {
			columns: [first, m.analysis_incidents(), m.analysis_share(), m.overview_per_school_day()],
			rows: rows.map(({ key, label, share }) => ({
				...{ key, label },
				cells: [String(share.incidents), percent(share.share), perSchoolDay(share.perSchoolDay)],
			})),
		},
	};
}

export function perSchoolDay(rate: number | null): string {
	return rate === null ? '–' : decimal(rate);
}
