import type { AnalysisResult } from '#domain/analysis/result.ts';
import { shownCounts, SMALLEST_SHOWN, type ShownCounts } from '#domain/retention/shown-counts.ts';
import type { Basket } from '#domain/observation/basket.ts';
import type { Behaviour, Form } from '#domain/observation/behaviour.ts';
import type { PlaceId } from '#domain/id.ts';

/** A number as it may be told outside school; `null`: there were some, but fewer than may be said. */
type Told = number | null;

/** What a school tells the inspectorate and its council about a year: counts only, none that leads to a child. */
export interface YearReport {
	readonly incidents: Told;
	readonly perSchoolDay: number | null;
	readonly places: ShownCounts<PlaceId>;
	readonly forms: ShownCounts<Form>;
	readonly behaviours: ShownCounts<Behaviour>;
	readonly baskets: ShownCounts<Exclude<Basket, 'green'>>;
	/** Incidents that touch this form or place may overlap: shares are not made of them. */
	readonly good: Told;
	readonly structuralPupils: Told;
}

export function yearReport({
	counts,
	period,
	places,
	forms,
	behaviours,
	baskets,
	structural,
}: AnalysisResult): YearReport {
	const incidents = told(counts.incidents);
	return {
		incidents,
		// With the school days known, a rate would give away the number.
		perSchoolDay: incidents === null ? null : period.perSchoolDay,
		places: shownCounts(places.flatMap(({ placeId, incidents: count }) => (placeId ? { key: placeId, count } : []))),
		forms: shownCounts(forms.map(({ form, incidents: count }) => ({ key: form, count }))),
		behaviours: shownCounts(behaviours.map(({ behaviour, incidents: count }) => ({ key: behaviour, count }))),
		baskets: shownCounts(baskets.map(({ basket, incidents: count }) => ({ key: basket, count }))),
		good: told(counts.green),
		structuralPupils: told(structural.pupils.length),
	};
}

function told(count: number): Told {
	return count > 0 && count < SMALLEST_SHOWN ? null : count;
}
