import type { BeforeAfter } from '#domain/analysis/before-after.ts';
import type { Measure } from '#domain/measures/measure.ts';
import type { RosterIndex } from '#domain/school/roster-index.ts';
import * as m from '#lib/i18n/generated/messages.js';
import { placeName } from '#lib/i18n/place.ts';
import { intlLocale } from '#lib/i18n/when.ts';

type MeasureKind = Measure['kinds'][number];

export const KINDS: readonly MeasureKind[] = ['risk', 'opportunity', 'interaction'];

export const kindName = {
	risk: m.measures_kind_risk,
	opportunity: m.measures_kind_opportunity,
	interaction: m.measures_kind_interaction,
} satisfies Record<MeasureKind, () => string>;

/** Where and when, and for which group; names of pupils stand apart, so that they can be hidden. */
export function aboutWords({ groupId, placeId, hours }: Measure, roster: RosterIndex): string[] {
	const place = roster.place(placeId ?? '');
	const group = roster.group(groupId ?? '');
	return [
		...(place ? [placeName(place)] : []),
		...(hours ? [m.measures_hours(hours)] : []),
		...(group ? [m.groups_group_title({ name: group.name })] : []),
	];
}

/** What came of it, as carefully as the figures allow (D9). */
export function effectText(effect: BeforeAfter | null): string {
	if (effect === null) return m.measures_effect_not_yet();
	const rate = new Intl.NumberFormat(intlLocale(), { maximumFractionDigits: 2 });
	const words = {
		before: effect.before.incidents,
		after: effect.after.incidents,
		daysBefore: effect.before.schoolDays,
		daysAfter: effect.after.schoolDays,
	};
	const counted = m.measures_effect_counts(words);
	if (effect.couldBeChance || effect.change?.ratio == null) return `${counted} ${m.measures_effect_chance()}`;
	const { ratio, low, high } = effect.change;
	const factor = { times: rate.format(ratio), low: rate.format(low), high: high === null ? '∞' : rate.format(high) };
	return `${counted} ${ratio < 1 ? m.measures_effect_fewer(factor) : m.measures_effect_more(factor)}`;
}
