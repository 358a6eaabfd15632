import { standsOut } from '#domain/analysis/evidence.ts';
import type { AnalysisResult, Cell } from '#domain/analysis/result.ts';
import * as m from '#lib/i18n/generated/messages.js';
import { tableOfBars, type Bar } from '#lib/ui/charts/chart-data.ts';
import type { Figure } from './figure.ts';
import { hoursInUse } from './place-figures.ts';
import { hourRange, monthName, sentenceCase, times, weekdayName } from './words.ts';

/** A school week; a weekend day is shown only when something happened on it (M5-04). */
const SCHOOL_WEEK = 5;

function timeBar(key: string, label: string, inFull: string, value: number): Bar {
	return { key, label, value, description: m.analysis_bar({ label: inFull, times: times(value) }) };
}

export function hoursFigure({ hours }: AnalysisResult): Figure {
	const shown = hoursInUse(hours);
	const bars = shown.map((hour) =>
		timeBar(String(hour), m.analysis_hour({ hour: String(hour) }), hourRange(hour), hours[hour] ?? 0),
	);
	const peak = standsOut(bars.map(({ value }) => value));
	return {
		title: peak === null ? m.analysis_hours_title_none() : m.analysis_hours_title({ hour: String(shown[peak] ?? 0) }),
		summary: m.analysis_hours_summary(),
		bars,
		table: tableOfBars(bars, [m.analysis_hour_column(), m.analysis_incidents()]),
		cellOf: (key): Cell => ({ kind: 'hour', hour: Number(key) }),
	};
}

export function weekdaysFigure({ weekdays }: AnalysisResult): Figure {
	const bars = weekdays
		.map((value, index) =>
			timeBar(String(index + 1), weekdayName(index + 1, 'short'), weekdayName(index + 1, 'long'), value),
		)
		.filter(({ value }, index) => index < SCHOOL_WEEK || value > 0);
	const peak = standsOut(weekdays.slice(0, SCHOOL_WEEK));
	return {
		title:
			peak === null
				? m.analysis_weekdays_title_none()
				: m.analysis_weekdays_title({ weekday: sentenceCase(weekdayName(peak + 1, 'long')) }),
		summary: m.analysis_weekdays_summary(),
		bars,
		table: tableOfBars(bars, [m.analysis_weekday(), m.analysis_incidents()]),
		cellOf: (key): Cell => ({ kind: 'weekday', weekday: Number(key) }),
	};
}

export function monthsFigure({ months }: AnalysisResult): Figure {
	const bars = months.map(({ month, incidents }) =>
		timeBar(month, monthName(month, 'short'), monthName(month, 'long'), incidents),
	);
	const peak = standsOut(months.map(({ incidents }) => incidents));
	const busiest = peak === null ? undefined : months[peak];
	return {
		title: busiest
			? m.analysis_months_title({ month: monthName(busiest.month, 'long') })
			: m.analysis_months_title_none(),
		summary: m.analysis_months_summary(),
		bars,
		table: {
			...tableOfBars(bars, [m.analysis_month(), m.analysis_incidents(), m.overview_per_school_day()]),
			rows: months.map(({ month, incidents, perSchoolDay }) => ({
				key: month,
				label: monthName(month, 'long'),
				// Months differ in school days, so the rate is what compares.
				cells: [String(incidents), perSchoolDay === null ? '–' : perSchoolDay.toFixed(1)],
			})),
		},
		cellOf: (key): Cell => ({ kind: 'month', month: key }),
	};
}
