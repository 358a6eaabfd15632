import { precisionSentence } from '#domain/analysis/precision-sentence.ts';
import type { AnalysisResult } from '#domain/analysis/result.ts';
import type { RosterIndex } from '#domain/school/roster-index.ts';
import { getLocale } from '#lib/i18n/generated/runtime.js';
import * as m from '#lib/i18n/generated/messages.js';
import { nameOfPlace } from './words.ts';

const TREND = {
	rise: m.analysis_trend_rise,
	fall: m.analysis_trend_fall,
	level: m.analysis_trend_level,
} as const;

/** What stands out lately beyond chance, the course, and how much keeps coming back (M5-09): never a name. */
export function moreFindings({ precision, rhythm, structural }: AnalysisResult, roster: RosterIndex): string[] {
	const { direction } = rhythm.trend;
	const { pyramid, pupils } = structural;
	return [
		...(precision && !precision.couldBeChance
			? [precisionSentence(precision, nameOfPlace(precision, roster), getLocale())]
			: []),
		...(direction === 'tooFew' ? [] : [TREND[direction]()]),
		...(pupils.length > 0 ? [m.analysis_structural({ count: pupils.length, others: pyramid.incidental })] : []),
	];
}
