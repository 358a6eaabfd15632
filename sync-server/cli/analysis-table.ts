import type { AnalysisResult } from '#domain/analysis/analyse.ts';
import type { Share } from '#domain/analysis/result.ts';
import { indexRoster } from '#domain/school/roster-index.ts';
import type { Group, Place, Pupil } from '#domain/school/roster.ts';

/** Of a long list, the part that a person reads; `--json` has them all. */
const TOP = 15;

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

type Cell = string | number;

/** The analysis as tables for a terminal. */
export function analysisTable(
	result: AnalysisResult,
	roster: { groups: readonly Group[]; pupils: readonly Pupil[]; places: readonly Place[] },
): string {
	const { period, counts, pareto } = result;
	const names = indexRoster(roster);
	const pupil = (id: string) => (names.pupil(id) ? names.nameWithGroup(id) : id);
	const shares = <T extends Share>(list: readonly T[], name: (each: T) => string): Cell[][] =>
		list.map((each) => [name(each), each.incidents, percent(each.share)]);
	const change = (counter: AnalysisResult['counters'][number]) =>
		counter.change ? `+${counter.change.reporter}/+${counter.change.instigator}/+${counter.change.victim}` : '';
	const isCounted = ([, count]: Cell[]) => count !== 0;
	return [
		`${period.from} up to and including ${period.until}${period.groupId ? `, ${names.group(period.groupId)?.name ?? period.groupId}` : ''}`,
		`${counts.incidents} incidents from ${counts.observations} observations, ${counts.unprocessed} not processed yet; ${counts.green} of wanted behaviour apart`,
		'',
		`${pareto.pupilsAt80} of ${pareto.pupils} pupils stand at 80 % of ${pareto.pairs} pairs of incident and instigator.`,
		`The top ${pareto.top10.pupils} (10 %) stand at ${percent(pareto.top10.share)}${byChance(pareto)}.`,
		...table(
			['Instigators', 'incidents', 'together'],
			pareto.instigators.slice(0, TOP).map((bar) => [pupil(bar.pupilId), bar.incidents, percent(bar.cumulativeShare)]),
		),
		...table(
			[
				`Counters since ${period.countersFrom}`,
				'reporter/instigator/victim',
				period.since ? `after ${period.since}` : '',
			],
			result.counters
				.slice(0, TOP)
				.map((each) => [pupil(each.pupilId), `${each.reporter}/${each.instigator}/${each.victim}`, change(each)]),
		),
		...table(
			['Places', 'incidents', 'share'],
			shares(result.places, ({ placeId }) =>
				placeId === null ? '(no place)' : (names.place(placeId)?.name ?? placeId),
			),
		),
		...table(
			['Hours', 'incidents'],
			result.hours.map((count, hour): Cell[] => [`${String(hour).padStart(2, '0')}:00`, count]).filter(isCounted),
		),
		...table(
			['Weekdays', 'incidents'],
			result.weekdays.map((count, index) => [WEEKDAYS[index] ?? '', count]),
		),
		...table(
			['Months', 'incidents'],
			result.months.map(({ month, incidents }) => [month, incidents]),
		),
		...table(
			['Behaviours', 'incidents', 'share'],
			shares(result.behaviours, ({ behaviour }) => behaviour),
		),
		...table(
			['Kind', 'incidents', 'share'],
			[
				...shares(result.forms, ({ form }) => form),
				...shares(result.baskets, ({ basket }) => basket),
				...(['violent', 'playground', 'digital', 'outsideSchool'] as const).map((key): Cell[] => [
					key,
					result[key].incidents,
					percent(result[key].share),
				]),
			],
		),
		...table(
			['Groups', 'incidents', 'share'],
			shares(result.groups, ({ groupId }) => names.group(groupId)?.name ?? groupId),
		),
		'',
	].join('\n');
}

function byChance({ chance }: AnalysisResult['pareto']): string {
	if (!chance) return '';
	return `; chance alone would give ${percent(chance.share)} (${percent(chance.low)} to ${percent(chance.high)})`;
}

function percent(share: number): string {
	return `${(share * 100).toFixed(1)} %`;
}

/** Left the names, right the numbers. */
function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string[] {
	if (rows.length === 0) return [];
	const lines = [head, ...rows].map((row) => row.map(String));
	const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
	const text = lines.map((line) =>
		line
			.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
			.join('  ')
			.trimEnd(),
	);
	return ['', text[0] ?? '', '-'.repeat(text[0]?.length ?? 0), ...text.slice(1)];
}
