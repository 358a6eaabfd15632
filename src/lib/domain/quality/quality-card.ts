import * as z from 'zod/mini';
import { PersonId, QualityCardId, SchoolId } from '#domain/id.ts';
import { Instant, LocalDate } from '#domain/time/local-time.ts';

/** What a school weighs of itself (M5-17), in three blocks: starts at the top, needs upkeep, can be felt and seen. */
const QualityIndicator = z.enum([
	...(['principalLeads', 'coordinatorHasTime', 'steeringMeets', 'teamAgrees'] as const),
	...(['everybodyReports', 'processedInTime', 'roundsHeld', 'measuresOnFigures', 'parentsKnow'] as const),
	...(['pupilsKnowHow', 'pupilsStop', 'safetyScore', 'calmOutside'] as const),
]);
export type QualityIndicator = z.infer<typeof QualityIndicator>;

/** The blocks with their indicators, in the order of the card: `3.3` is the third of the third. */
export const QUALITY_BLOCKS = [
	{ block: 'top', indicators: ['principalLeads', 'coordinatorHasTime', 'steeringMeets', 'teamAgrees'] },
	{
		block: 'upkeep',
		indicators: ['everybodyReports', 'processedInTime', 'roundsHeld', 'measuresOnFigures', 'parentsKnow'],
	},
	{ block: 'felt', indicators: ['pupilsKnowHow', 'pupilsStop', 'safetyScore', 'calmOutside'] },
] as const satisfies readonly { readonly block: string; readonly indicators: readonly QualityIndicator[] }[];
export type QualityBlock = (typeof QUALITY_BLOCKS)[number]['block'];

/** Insufficient, sufficient, good. */
export const QualityScore = z.enum(['o', 'v', 'g']);
export type QualityScore = z.infer<typeof QualityScore>;

/** On the ten-point scale of the yearly survey. */
const Mean = z.number().check(z.gte(1), z.lte(10));
const SafetyMeans = z.strictObject({ own: Mean, national: Mean });
export type SafetyMeans = z.infer<typeof SafetyMeans>;

/** One self-evaluation; appended, so that the cards of the years stand beside each other. */
export const QualityCard = z.strictObject({
	type: z.literal('qualityCard'),
	v: z.literal(1),
	id: QualityCardId,
	schoolId: SchoolId,
	on: LocalDate,
	/** Scored by people; the safety score follows from the means. */
	scores: z
		.array(z.strictObject({ indicator: QualityIndicator, score: QualityScore }))
		.check(z.maxLength(QualityIndicator.options.length)),
	/** `null`: the survey was not held yet. */
	safety: z.nullable(SafetyMeans),
	madeBy: PersonId,
	madeAt: Instant,
});
export type QualityCard = z.infer<typeof QualityCard>;

/** In hundredths: 0.2 has no exact place among the fractions. */
const SUFFICIENT_ABOVE = 20;
const GOOD_ABOVE = 50;

/** Indicator 3.3: at or below the national mean is insufficient, 0.2 above it sufficient, 0.5 above it good. */
export function scoreOfSafety({ own, national }: SafetyMeans): QualityScore {
	const above = Math.round((own - national) * 100);
	if (above >= GOOD_ABOVE) return 'g';
	return above >= SUFFICIENT_ABOVE ? 'v' : 'o';
}

/** More insufficient ones than this, and there is no certificate (M5-17). */
const MOST_INSUFFICIENT = 2;

export interface QualityVerdict {
	readonly scores: ReadonlyMap<QualityIndicator, QualityScore>;
	/** Still to be scored. */
	readonly missing: number;
	/** 3.3 aside. */
	readonly insufficient: number;
	/** Everything is scored and at most two are insufficient, 3.3 aside. */
	readonly isCertified: boolean;
}

export function verdictOf({ scores, safety }: Pick<QualityCard, 'scores' | 'safety'>): QualityVerdict {
	const all = new Map(scores.map(({ indicator, score }) => [indicator, score]));
	if (safety === null) all.delete('safetyScore');
	else all.set('safetyScore', scoreOfSafety(safety));
	const missing = QualityIndicator.options.filter((each) => !all.has(each)).length;
	const insufficient = [...all].filter(([indicator, score]) => indicator !== 'safetyScore' && score === 'o').length;
	return { scores: all, missing, insufficient, isCertified: missing === 0 && insufficient <= MOST_INSUFFICIENT };
}
