import type { PlaceId } from '#domain/id.ts';
import type { Columns } from './columns.ts';
import type { Folded } from './fold.ts';
import { HOURS_PER_DAY } from './incident-table.ts';
import type { PlaceFigure, ShareOf } from './result.ts';

/** Where, with the hours of each place (M5-10). */
export function placeFigures(
	columns: Columns,
	{ placeHour }: Folded,
	share: ShareOf,
	schoolDays: number,
): PlaceFigure[] {
	const found: PlaceFigure[] = [];
	for (let code = 1; code <= columns.placeIds.length + 1; code++) {
		// "No place given" stands last among equals.
		const place = code > columns.placeIds.length ? 0 : code;
		const hours = [...placeHour.subarray(place * HOURS_PER_DAY, (place + 1) * HOURS_PER_DAY)];
		const incidents = hours.reduce((sum, count) => sum + count, 0);
		if (incidents === 0) continue;
		const placeId = (columns.placeIds[place - 1] ?? null) as PlaceId | null;
		const supervisedHours = ((columns.supervisedMinutes[place] ?? 0) / 60) * schoolDays;
		const perSupervisedHour = supervisedHours === 0 ? null : incidents / supervisedHours;
		found.push({ placeId, kind: columns.placeKinds[place] ?? null, ...share(incidents), hours, perSupervisedHour });
	}
	return found.sort((a, b) => b.incidents - a.incidents);
}
