import type { GroupId, SiteId } from '#domain/id.ts';
import type { Columns } from './columns.ts';
import { SURE } from './evidence-limits.ts';
import type { Details } from './fold-details.ts';
import { at } from './lists.ts';
import { NOT_IN_ROSTER } from './roster-numbers.ts';
import { rateRatio, type RateRatio } from './statistics/rate-ratio.ts';
import { isOfSite } from './scope.ts';

/** One part of the school beside all others, per pupil and per school day: a large group is not a bad one. */
export interface Comparison {
	/** Pupils of the roster who were there in the period. */
	readonly pupils: number;
	readonly incidents: number;
	readonly perPupilPerSchoolDay: number | null;
	/** The rate beside that of the others together; `null` when there is nothing to compare with. `p` is corrected. */
	readonly besideOthers: RateRatio | null;
	readonly couldBeChance: boolean;
}

export interface Comparisons {
	/** By id; groups without pupils left out. */
	readonly groups: readonly (Comparison & { readonly groupId: GroupId })[];
	readonly sites: readonly (Comparison & { readonly siteId: SiteId })[];
	/** `null` unless the school keeps sex. `incidents` counts pairs with an instigator, `instigators` the pupils. */
	readonly sexes: readonly (Comparison & { readonly sex: 'boy' | 'girl'; readonly instigators: number })[] | null;
}

interface Part {
	readonly pupils: number;
	readonly incidents: number;
}

/** `groups`: incidents per group code. */
export function comparisonsOf(
	columns: Columns,
	{ table, rows, evidence }: Details,
	groups: Uint32Array,
	from: number,
	schoolDays: number,
): Comparisons {
	const pupilsOfGroup = new Uint32Array(columns.groupIds.length + 1);
	const sexes = { boy: 0, girl: 0 };
	for (let code = 1; code < columns.groupOfPupil.length; code++) {
		const lastDay = at(columns.pupilUntil, code);
		if (lastDay === NOT_IN_ROSTER || lastDay < from) continue;
		const group = at(columns.groupOfPupil, code);
		pupilsOfGroup[group] = at(pupilsOfGroup, group) + 1;
		const sex = columns.sexOfPupil[code];
		if (sex === 'boy' || sex === 'girl') sexes[sex]++;
	}
	const siteIncidents = columns.siteIds.map((_, index) => {
		let incidents = 0;
		for (let row = rows.from; row < rows.until; row++) if (isOfSite(columns, table, row, index + 1)) incidents++;
		return incidents;
	});
	const pupilsOfSite = (site: number) =>
		pupilsOfGroup.reduce((sum, pupils, group) => sum + (at(columns.siteOfGroup, group) === site ? pupils : 0), 0);
	const instigators = { boy: { pupils: 0, pairs: 0 }, girl: { pupils: 0, pairs: 0 } };
	evidence.pupils.forEach((pupil, index) => {
		const sex = columns.sexOfPupil[pupil];
		if (sex !== 'boy' && sex !== 'girl') return;
		instigators[sex].pupils++;
		instigators[sex].pairs += at(evidence.incidents, index);
	});
	return {
		groups: compare(
			columns.groupIds.map((id, index) => ({
				...{ groupId: id as GroupId, pupils: at(pupilsOfGroup, index + 1), incidents: at(groups, index + 1) },
			})),
			schoolDays,
		),
		sites: compare(
			columns.siteIds.map((id, index) => ({
				...{ siteId: id as SiteId, pupils: pupilsOfSite(index + 1), incidents: siteIncidents[index] ?? 0 },
			})),
			schoolDays,
		),
		sexes: columns.keepsSex
			? compare(
					(['boy', 'girl'] as const).map((sex) => ({
						...{ sex, pupils: sexes[sex], incidents: instigators[sex].pairs, instigators: instigators[sex].pupils },
					})),
					schoolDays,
				)
			: null,
	};
}

function compare<P extends Part>(all: readonly P[], schoolDays: number): (P & Comparison)[] {
	const parts = all.filter(({ pupils }) => pupils > 0);
	const pupils = parts.reduce((sum, part) => sum + part.pupils, 0);
	const incidents = parts.reduce((sum, part) => sum + part.incidents, 0);
	return parts.map((part) => {
		const ratio = rateRatio(
			{ incidents: incidents - part.incidents, exposure: pupils - part.pupils },
			{ incidents: part.incidents, exposure: part.pupils },
		);
		// As many looks as there are parts: each is held to a higher bar (Bonferroni).
		const besideOthers = ratio && { ...ratio, p: Math.min(1, ratio.p * parts.length) };
		return {
			...part,
			perPupilPerSchoolDay: schoolDays === 0 ? null : part.incidents / part.pupils / schoolDays,
			besideOthers,
			couldBeChance: besideOthers === null || besideOthers.p >= SURE,
		};
	});
}
