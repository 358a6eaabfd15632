import type { BeforeAfter } from '#domain/analysis/before-after.ts';
import type { Measure } from '#domain/measures/measure.ts';
import type { RosterIndex } from '#domain/school/roster-index.ts';
import * as m from '#lib/i18n/generated/messages.js';
import { placeName } from '#lib/i18n/place.ts';
import { formatNumber } from '#lib/i18n/intl.ts';

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

/** What came of it, with its interval, and as carefully as the figures allow (D9). */
export function effectText(effect: BeforeAfter | null): string {
	if (effect === null) return m.measures_effect_not_yet();
	const rate = (value: number) => formatNumber(value, { maximumFractionDigits: 2 });
	const words = {
		before: effect.before.incidents,
		after: effect.after.incidents,
		daysBefore: effect.before.schoolDays,
		daysAfter: effect.after.schoolDays,
	};
	const counted = m.measures_effect_counts(words);
	const isFewer = (effect.after.perSchoolDay ?? 0) < (effect.before.perSchoolDay ?? 0);
	const sure = isFewer ? m.measures_effect_fewer() : m.measures_effect_more();
	const { ratio = null, low = 0, high = null } = effect.change ?? {};
	// Where nothing happened before there is no "so many times as often".
	if (ratio === null || high === null) return `${counted} ${effect.couldBeChance ? m.measures_effect_too_few() : sure}`;
	const often = m.measures_effect_times({ times: rate(ratio), low: rate(low), high: rate(high) });
	return `${counted} ${often} ${effect.couldBeChance ? m.measures_effect_chance() : sure}`;
}
