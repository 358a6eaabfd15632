import type { AnalysisResult } from '#domain/analysis/result.ts';
import type { GroupId, SiteId } from '#domain/id.ts';
import type { RosterIndex } from '#domain/school/roster-index.ts';
import * as m from '#lib/i18n/generated/messages.js';
import { formatNumber } from '#lib/i18n/intl.ts';
import { percent } from '../words.ts';

/** How a part of the school stands beside the others, as carefully as the figures allow (D9). */
export type Beside = 'more' | 'fewer' | 'chance';

export interface Glance<K> {
	readonly key: K;
	readonly name: string;
	readonly pupils: number;
	readonly incidents: number;
	/** Per hundred pupils and school day, so that large and small parts can be compared. */
	readonly per100: number | null;
	/** So many times the others together; `null` when there is nothing to compare with. */
	readonly times: number | null;
	readonly beside: Beside;
	readonly structural: number;
	/** School days without an incident told, when that is long. */
	readonly silentDays: number | null;
}

const PER_PUPILS = 100;

type Compared = NonNullable<AnalysisResult['comparisons']>['groups'][number];

/** Every group, those that stand out first, then by rate. */
export function glanceAtGroups(result: AnalysisResult, roster: RosterIndex): Glance<GroupId>[] {
	const silent = new Map(result.groupReporting.map(({ groupId, about }) => [groupId, about]));
	const structural = Map.groupBy(result.structural.pupils, ({ pupilId }) => roster.pupil(pupilId)?.groupId);
	return (result.comparisons?.groups ?? [])
		.map((group) => ({
			...glanceOf(group.groupId, roster.group(group.groupId)?.name ?? '?', group),
			structural: structural.get(group.groupId)?.length ?? 0,
			silentDays: silent.get(group.groupId)?.isSilent ? (silent.get(group.groupId)?.schoolDays ?? null) : null,
		}))
		.sort(byAttention);
}

export function glanceAtSites(result: AnalysisResult, nameOf: (id: SiteId) => string): Glance<SiteId>[] {
	return (result.comparisons?.sites ?? [])
		.map((site) => ({ ...glanceOf(site.siteId, nameOf(site.siteId), site), structural: 0, silentDays: null }))
		.sort(byAttention);
}

function glanceOf<K>(key: K, name: string, compared: Omit<Compared, 'groupId'>) {
	const { pupils, incidents, perPupilPerSchoolDay, besideOthers, couldBeChance } = compared;
	const ratio = besideOthers?.ratio ?? null;
	const beside: Beside = couldBeChance || ratio === null ? 'chance' : ratio > 1 ? 'more' : 'fewer';
	const per100 = perPupilPerSchoolDay === null ? null : perPupilPerSchoolDay * PER_PUPILS;
	return { key, name, pupils, incidents, per100, times: ratio, beside };
}

const ATTENTION = { more: 0, chance: 1, fewer: 2 } as const satisfies Record<Beside, number>;

function byAttention<K>(a: Glance<K>, b: Glance<K>): number {
	return ATTENTION[a.beside] - ATTENTION[b.beside] || (b.per100 ?? 0) - (a.per100 ?? 0) || (a.name < b.name ? -1 : 1);
}

export function besideText({ beside, times }: Glance<unknown>): string {
	if (beside === 'chance' || times === null) return m.overview_beside_chance();
	if (beside === 'fewer') return m.overview_beside_fewer({ share: percent(1 - times) });
	const value = formatNumber(times, { maximumFractionDigits: 1 });
	return m.overview_beside_more({ times: value });
}

export function rateText(value: number | null): string {
	return value === null ? '–' : formatNumber(value, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
