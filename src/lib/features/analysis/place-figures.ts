import { standsOut } from '#domain/analysis/evidence.ts';
import type { AnalysisResult, PlaceFigure } from '#domain/analysis/result.ts';
import type { PlaceId } from '#domain/id.ts';
import type { RosterIndex } from '#domain/school/roster-index.ts';
import * as m from '#lib/i18n/generated/messages.js';
import type { Figure } from './figure.ts';
import { shareBars } from './share-bars.ts';
import { atPlace, nameOfPlace, percent } from './words.ts';

/** Stands for "no place given": ids have a prefix, so nothing else is called so. */
const NO_PLACE = 'none';

const keyOf = ({ placeId }: PlaceFigure): string => placeId ?? NO_PLACE;
const placeOf = (key: string) => (key === NO_PLACE ? null : (key as PlaceId));

/** The hours in which anything happened, and those between. */
export function hoursInUse(hours: readonly number[]): number[] {
	const used = hours.flatMap((count, hour) => (count > 0 ? hour : []));
	const first = used[0] ?? 0;
	return used.length === 0 ? [] : Array.from({ length: (used.at(-1) ?? 0) - first + 1 }, (_, index) => first + index);
}

/** Where and when it happens most. */
export function hottest(
	places: readonly PlaceFigure[],
): { place: PlaceFigure; hour: number; incidents: number } | null {
	const cells = places.flatMap((place) =>
		place.placeId === null ? [] : place.hours.map((incidents, hour) => ({ place, hour, incidents })),
	);
	const best = cells.reduce<(typeof cells)[number] | null>(
		(most, cell) => (cell.incidents > (most?.incidents ?? 0) ? cell : most),
		null,
	);
	return best && standsOut(cells.filter(({ incidents }) => incidents > 0).map(({ incidents }) => incidents)) !== null
		? best
		: null;
}

export function placesFigure({ places }: AnalysisResult, roster: RosterIndex): Figure {
	const [first] = places;
	const at = first && atPlace(first, roster);
	const leads = first !== undefined && at !== null && standsOut(places.map(({ incidents }) => incidents)) === 0;
	return {
		title: leads
			? m.analysis_places_title({ share: percent(first.share), place: at ?? '' })
			: m.analysis_places_title_none(),
		summary: m.analysis_places_summary(),
		...shareBars(
			m.analysis_place(),
			places.map((share) => ({ key: keyOf(share), label: nameOfPlace(share, roster), share })),
		),
		cellOf: (key) => ({ kind: 'place', placeId: placeOf(key) }),
	};
}
