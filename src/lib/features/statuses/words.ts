import type { StructuralRule } from '#domain/analysis/result.ts';
import type { PupilStatus } from '#domain/status/status-decision.ts';
import type { Because, StatusSuggestion } from '#domain/status/suggest-status.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import * as m from '#lib/i18n/generated/messages.js';
import { formatDayMonth } from '#lib/i18n/window.ts';

/** What each status means, for adults only: a pupil is never told (M5-11). */
export const statusMeaning = {
	A0: m.statuses_a0,
	A1: m.statuses_a1,
	A2: m.statuses_a2,
	N: m.statuses_n,
	'N+': m.statuses_n_plus,
	S1: m.statuses_s1,
	S2: m.statuses_s2,
	SN: m.statuses_sn,
} satisfies Record<PupilStatus, () => string>;

const becauseText = {
	keepsComingBack: m.statuses_because_keepsComingBack,
	moreSinceRound: m.statuses_because_moreSinceRound,
	wentOn: m.statuses_because_wentOn,
	stopped: m.statuses_because_stopped,
	cameBack: m.statuses_because_cameBack,
	victimOften: m.statuses_because_victimOften,
	victimAgain: m.statuses_because_victimAgain,
	victimNoMore: m.statuses_because_victimNoMore,
} satisfies Record<Because['kind'], () => string>;

/** From when it is structural, by this rule: a sentence. */
export function ruleText({ incidents, weeks, victims }: StructuralRule): string {
	const times = m.statuses_rule({ incidents, weeks });
	return victims === 0 ? `${times}.` : `${times}, ${m.statuses_rule_victims({ count: victims })}.`;
}

/** `19 → 23, +4 sinds 10 april, 3 weken, 4 slachtoffers. Komt steeds terug.` */
export function evidenceText({ before, count, increase, since, because }: StatusSuggestion, today: LocalDate): string {
	const figures = m.statuses_evidence({ before, count, increase, date: formatDayMonth(since, today) });
	const pattern =
		because.kind === 'keepsComingBack'
			? [m.statuses_weeks({ count: because.weeks }), m.statuses_victims({ count: because.victims })]
			: [];
	return `${[figures, ...pattern].join(', ')}. ${becauseText[because.kind]()}`;
}
