import { standsOut } from '#domain/analysis/evidence.ts';
import type { AnalysisResult, Cell } from '#domain/analysis/result.ts';
import * as m from '#lib/i18n/generated/messages.js';
import type { Bar, ChartTable } from '#lib/ui/charts/chart-data.ts';
import type { Figure } from './figure.ts';
import { hoursInUse } from './place-figures.ts';
import { perSchoolDay } from './share-bars.ts';
import { hourRange, monthName, sentenceCase, times, weekdayName } from './words.ts';

/** A school week; a weekend day is shown only when something happened on it (M5-04). */
const SCHOOL_WEEK = 5;

/** A part of time with what happened in it, and how often that is a school day. */
interface TimePart {
	readonly key: string;
	/** Below the bar, and in a sentence. */
	readonly label: string;
	readonly inFull: string;
	readonly incidents: number;
	readonly rate: number | null;
}

/** Bars of counts. */
function countBars(parts: readonly TimePart[]): Bar[] {
	return parts.map(({ key, label, inFull, incidents }) => ({
		...{ key, label, value: incidents },
		description: m.analysis_bar({ label: inFull, times: times(incidents) }),
	}));
}

/** Bars of rates, for parts that are not equally long. */
function rateBars(parts: readonly TimePart[]): Bar[] {
	return parts.map(({ key, label, inFull, incidents, rate }) => ({
		...{ key, label, value: rate ?? 0, text: perSchoolDay(rate) },
		description: m.analysis_bar_rate({ label: inFull, times: times(incidents), rate: perSchoolDay(rate) }),
	}));
}

function tableOf(first: string, parts: readonly TimePart[]): ChartTable {
	return {
		columns: [first, m.analysis_incidents(), m.overview_per_school_day()],
		rows: parts.map(({ key, inFull, incidents, rate }) => ({
			...{ key, label: inFull },
			cells: [String(incidents), perSchoolDay(rate)],
		})),
	};
}

export function hoursFigure({ hours, period }: AnalysisResult): Figure {
	const parts = hoursInUse(hours).map((hour): TimePart => {
		const incidents = hours[hour] ?? 0;
		const rate = period.schoolDays === 0 ? null : incidents / period.schoolDays;
		const label = m.analysis_hour({ hour: String(hour) });
		return { key: String(hour), label, inFull: hourRange(hour), incidents, rate };
	});
	const peak = standsOut(parts.map(({ incidents }) => incidents));
	return {
		title: peak === null ? m.analysis_hours_title_none() : m.analysis_hours_title({ hour: parts[peak]?.key ?? '' }),
		summary: m.analysis_hours_summary(),
		bars: countBars(parts),
		table: tableOf(m.analysis_hour_column(), parts),
		cellOf: (key): Cell => ({ kind: 'hour', hour: Number(key) }),
	};
}

export function weekdaysFigure({ weekdays, weekdayRates }: AnalysisResult): Figure {
	const parts = weekdays
		.map((incidents, index): TimePart => {
			const [label, inFull] = [weekdayName(index + 1, 'short'), weekdayName(index + 1, 'long')];
			const rate = weekdayRates[index]?.perSchoolDay ?? null;
			return { key: String(index + 1), label, inFull, incidents, rate };
		})
		.filter(({ incidents }, index) => index < SCHOOL_WEEK || incidents > 0);
	// A year has fewer Mondays with school than Tuesdays.
	const peak = standsOut(
		weekdays,
		weekdayRates.map(({ schoolDays }) => schoolDays),
	);
	return {
		title:
			peak === null
				? m.analysis_weekdays_title_none()
				: m.analysis_weekdays_title({ weekday: sentenceCase(weekdayName(peak + 1, 'long')) }),
		summary: m.analysis_weekdays_summary(),
		bars: countBars(parts),
		table: tableOf(m.analysis_weekday(), parts),
		cellOf: (key): Cell => ({ kind: 'weekday', weekday: Number(key) }),
	};
}

/** Months differ in school days, so the rate is what compares. */
export function monthsFigure({ months }: AnalysisResult): Figure {
	const parts = months.map(({ month, incidents, perSchoolDay: rate }): TimePart => ({
		...{ key: month, label: monthName(month, 'short'), inFull: monthName(month, 'long'), incidents, rate },
	}));
	const peak = standsOut(
		months.map(({ incidents }) => incidents),
		months.map(({ schoolDays }) => schoolDays),
	);
	const busiest = peak === null ? undefined : months[peak];
	return {
		title: busiest
			? m.analysis_months_title({ month: monthName(busiest.month, 'long') })
			: m.analysis_months_title_none(),
		summary: m.analysis_months_summary(),
		bars: rateBars(parts),
		table: tableOf(m.analysis_month(), parts),
		cellOf: (key): Cell => ({ kind: 'month', month: key }),
	};
}
