import type { AnalysisResult } from '#domain/analysis/result.ts';
import * as m from '#lib/i18n/generated/messages.js';
import { rateText } from './glance.ts';

/** How the time since the round compares with as long before; chance is said whenever it could be (D9). */
export function sinceRoundText({ sinceRound, counts, period }: AnalysisResult, date: string | null): string {
	if (!sinceRound || date === null) {
		return m.overview_finding({ count: counts.incidents, rate: rateText(period.perSchoolDay) });
	}
	const words = {
		date,
		now: rateText(sinceRound.after.perSchoolDay),
		before: rateText(sinceRound.before.perSchoolDay),
	};
	if (sinceRound.couldBeChance) return m.overview_since_chance(words);
	const fewer = (sinceRound.change?.ratio ?? 1) < 1;
	return fewer ? m.overview_since_fewer(words) : m.overview_since_more(words);
}
