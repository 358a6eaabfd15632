import type { AnalysisResult, Share } from '#domain/analysis/result.ts';
import type { ExportCell, ExportTable } from '#domain/export/csv.ts';
import type { RosterIndex } from '#domain/school/roster-index.ts';
import * as m from '#lib/i18n/generated/messages.js';
import { basketName, behaviourName, formName } from '#lib/i18n/terms.ts';
import { hourRange, monthName, nameOfPlace, weekdayName } from '../words.ts';

/** To two places: more would look more certain than it is. */
const rounded = (value: number | null) => (value === null ? null : Math.round(value * 100) / 100);

/** The figures of a result as tables for a spreadsheet. Who reported is in none of them (M5-06). */
export function exportTables(result: AnalysisResult, roster: RosterIndex): ExportTable[] {
	const shares = (name: string, first: string, rows: readonly (readonly [string, Share])[]): ExportTable => ({
		name,
		rows: [
			[first, m.analysis_incidents(), m.overview_share_percent(), m.overview_per_school_day()],
			...rows.map(([label, { incidents, share, perSchoolDay }]): ExportCell[] => [
				label,
				incidents,
				rounded(share * 100),
				rounded(perSchoolDay),
			]),
		],
	});
	const times = (name: string, first: string, rows: readonly (readonly [string, number, number | null])[]) => ({
		name,
		rows: [
			[first, m.analysis_incidents(), m.overview_per_school_day()],
			...rows.map(([label, incidents, rate]): ExportCell[] => [label, incidents, rounded(rate)]),
		],
	});
	const group = (id: string) => roster.group(id)?.name ?? '?';
	return [
		pupilTable(result, roster),
		shares(
			m.overview_sheet_groups(),
			m.analysis_group(),
			result.groups.map((each) => [group(each.groupId), each]),
		),
		shares(
			m.overview_sheet_places(),
			m.analysis_place(),
			result.places.map((each) => [nameOfPlace(each, roster), each]),
		),
		shares(
			m.overview_sheet_behaviours(),
			m.analysis_behaviour(),
			result.behaviours.map((each) => [behaviourName[each.behaviour](), each]),
		),
		shares(
			m.overview_sheet_forms(),
			m.analysis_form(),
			result.forms.map((each) => [formName[each.form](), each]),
		),
		shares(
			m.overview_sheet_baskets(),
			m.analysis_basket(),
			result.baskets.map((each) => [basketName[each.basket](), each]),
		),
		times(
			m.overview_sheet_months(),
			m.analysis_month(),
			result.months.map(({ month, incidents, perSchoolDay }) => [monthName(month, 'long'), incidents, perSchoolDay]),
		),
		times(
			m.overview_sheet_weekdays(),
			m.analysis_weekday(),
			result.weekdays.map((incidents, index) => [
				weekdayName(index + 1, 'long'),
				incidents,
				result.weekdayRates[index]?.perSchoolDay ?? null,
			]),
		),
		times(
			m.overview_sheet_hours(),
			m.overview_hour(),
			result.hours.map((incidents, hour) => [
				hourRange(hour),
				incidents,
				result.period.schoolDays === 0 ? null : incidents / result.period.schoolDays,
			]),
		),
	];
}

function pupilTable({ counters, structural }: AnalysisResult, roster: RosterIndex): ExportTable {
	const isStructural = new Set(structural.pupils.map(({ pupilId }) => pupilId));
	return {
		name: m.overview_sheet_pupils(),
		rows: [
			[
				...[m.analysis_pupil(), m.analysis_group(), m.analysis_instigator(), m.analysis_victim()],
				...[m.overview_instigator_change(), m.overview_victim_change(), m.overview_structural()],
			],
			...counters
				.filter(({ instigator, victim }) => instigator + victim > 0)
				.map(({ pupilId, groupId, instigator, victim, change }): ExportCell[] => [
					...[roster.fullName(pupilId), roster.group(groupId ?? '')?.name ?? ''],
					...[instigator, victim, change?.instigator ?? null, change?.victim ?? null],
					isStructural.has(pupilId) ? m.overview_yes() : '',
				]),
		],
	};
}
