import type { AnalysisResult, Cell, PlaceFigure } from '#domain/analysis/result.ts';
import type { RosterIndex } from '#domain/school/roster-index.ts';
import * as m from '#lib/i18n/generated/messages.js';
import { tableOfHeat, type ChartTable, type HeatRow } from '#lib/ui/charts/chart-data.ts';
import { hottest, hoursInUse } from './place-figures.ts';
import { atPlace, hourRange, nameOfPlace, percent, times } from './words.ts';

/** More rows than this are no picture any more; the others share the last one. */
const MAX_ROWS = 9;

/** An hour with less than this share has no column of its own at the edge of the day. */
const MIN_SHARE_OF_EDGE_HOUR = 0.02;

export interface HeatFigure {
	readonly title: string;
	readonly summary: string;
	readonly rows: readonly HeatRow[];
	readonly columns: readonly string[];
	readonly table: ChartTable;
	readonly describe: (row: HeatRow, column: number, value: number) => string;
	/** What is behind a cell: an edge column or the last row holds several. */
	readonly cellsOf: (key: string, column: number) => readonly Cell[];
}

interface HourColumn {
	readonly label: string;
	readonly words: string;
	readonly hours: readonly number[];
}

interface PlaceRow extends HeatRow {
	readonly places: readonly PlaceFigure[];
}

/** Places and hours (M5-10). The quiet edges of the day and the quiet places are taken together, never left out. */
export function heatFigure(result: AnalysisResult, roster: RosterIndex): HeatFigure {
	const columns = hourColumns(result);
	const rows = placeRows(result.places, columns, roster);
	const labels = columns.map(({ label }) => label);
	const hot = hottest(result.places);
	const at = hot && atPlace(hot.place, roster);
	return {
		title: hot && at ? m.analysis_heat_title({ place: at, hour: String(hot.hour) }) : m.analysis_heat_title_none(),
		summary: m.analysis_heat_summary({ share: percent(result.playground.share) }),
		rows,
		columns: labels,
		table: tableOfHeat(rows, m.analysis_place(), labels),
		describe: (row, column, value) =>
			m.analysis_cell({ place: row.label, hour: columns[column]?.words ?? '', times: times(value) }),
		cellsOf: (key, column) => {
			const places = rows.find((row) => row.key === key)?.places ?? [];
			const hours = columns[column]?.hours ?? [];
			return places.flatMap(({ placeId }) => hours.map((hour) => ({ kind: 'place' as const, placeId, hour })));
		},
	};
}

function hourColumns({ hours, counts }: AnalysisResult): HourColumn[] {
	const busy = hours.map((count) => (count >= counts.incidents * MIN_SHARE_OF_EDGE_HOUR ? count : 0));
	const core = hoursInUse(busy);
	const [first, last] = [core[0] ?? 0, core.at(-1) ?? 0];
	const edge = (label: string, words: string, inEdge: (hour: number) => boolean): HourColumn[] => {
		const used = hours.flatMap((count, hour) => (count > 0 && inEdge(hour) ? hour : []));
		return used.length > 0 ? [{ label, words, hours: used }] : [];
	};
	const [from, until] = [String(first), String(last + 1)];
	return [
		...edge(m.analysis_before_hour({ hour: from }), m.analysis_hour_before({ hour: from }), (hour) => hour < first),
		...core.map((hour) => ({
			label: m.analysis_hour({ hour: String(hour) }),
			words: hourRange(hour),
			hours: [hour],
		})),
		...edge(m.analysis_after_hour({ hour: until }), m.analysis_hour_after({ hour: until }), (hour) => hour > last),
	];
}

function placeRows(places: readonly PlaceFigure[], columns: readonly HourColumn[], roster: RosterIndex): PlaceRow[] {
	const shown = places.length > MAX_ROWS + 1 ? places.slice(0, MAX_ROWS) : places;
	const others = places.slice(shown.length);
	const rowOf = (key: string, label: string, of: readonly PlaceFigure[]): PlaceRow => ({
		key,
		label,
		places: of,
		values: columns.map(({ hours }) =>
			of.reduce((sum, place) => sum + hours.reduce((inHours, hour) => inHours + (place.hours[hour] ?? 0), 0), 0),
		),
	});
	const rows = shown.map((place) => rowOf(place.placeId ?? 'none', nameOfPlace(place, roster), [place]));
	if (others.length === 0) return rows;
	return [...rows, rowOf('others', m.analysis_other_places({ count: String(others.length) }), others)];
}
