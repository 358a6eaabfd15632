import type { Cell } from '#domain/analysis/result.ts';
import { PlaceId } from '#domain/id.ts';
import { Basket } from '#domain/observation/basket.ts';
import { Behaviour } from '#domain/observation/behaviour.ts';

/** What a view looks at beside period and group; all that is set holds at once. Ids and numbers only: it stands in an address. */
export interface Facets {
	readonly placeId: PlaceId | null;
	/** 0–23. */
	readonly hour: number | null;
	/** 1 = Monday … 7 = Sunday. */
	readonly weekday: number | null;
	readonly behaviour: Behaviour | null;
	readonly basket: Exclude<Basket, 'green'> | null;
}

const HOURS = 24;
const WEEKDAYS = 7;

export function facetsIn(query: URLSearchParams): Facets {
	const numberIn = (name: string, least: number, most: number) => {
		const value = query.get(name);
		const number = value === null || !/^\d{1,2}$/.test(value) ? NaN : Number(value);
		return number >= least && number <= most ? number : null;
	};
	const basket = Basket.safeParse(query.get('basket')).data;
	return {
		placeId: PlaceId.safeParse(query.get('place')).data ?? null,
		hour: numberIn('hour', 0, HOURS - 1),
		weekday: numberIn('weekday', 1, WEEKDAYS),
		behaviour: Behaviour.safeParse(query.get('behaviour')).data ?? null,
		basket: basket === undefined || basket === 'green' ? null : basket,
	};
}

/** An address of the analysis with these facets in it. */
export function viewAddress(analysis: string, { placeId, hour, weekday, behaviour, basket }: Facets): string {
	const url = new URL(analysis, 'https://school.invalid');
	url.searchParams.set('view', 'combined');
	const set = { place: placeId, hour, weekday, behaviour, basket };
	for (const [name, value] of Object.entries(set)) if (value !== null) url.searchParams.set(name, String(value));
	return url.pathname + url.search;
}

/** One figure for each facet; what stands behind all of them is the view. */
export function cellsOf({ placeId, hour, weekday, behaviour, basket }: Facets): Cell[] {
	return [
		{ kind: 'incidents' },
		// A place knows its hours, so both together are one cell.
		...(placeId ? [{ kind: 'place' as const, placeId, ...(hour !== null && { hour }) }] : []),
		...(hour !== null && !placeId ? [{ kind: 'hour' as const, hour }] : []),
		...(weekday === null ? [] : [{ kind: 'weekday' as const, weekday }]),
		...(behaviour ? [{ kind: 'behaviour' as const, behaviour }] : []),
		...(basket ? [{ kind: 'basket' as const, basket }] : []),
	];
}
