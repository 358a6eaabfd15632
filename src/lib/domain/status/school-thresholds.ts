import * as z from 'zod/mini';
import { STRUCTURAL_RULE } from '#domain/analysis/structural-rule.ts';
import { PersonId, SchoolId, ThresholdsId } from '#domain/id.ts';
import { Instant } from '#domain/time/local-time.ts';

const count = (least: number, most: number) => z.int().check(z.gte(least), z.lte(most));

/**
 * From when a school calls a pattern structural, and at which count it wants a look (M5-09, M5-11). One rule for all sites
 * and devices, or figures could not be compared. Appended: what held before stays to be read, and the last one counts.
 */
export const Thresholds = z.strictObject({
	type: z.literal('thresholds'),
	v: z.literal(1),
	id: ThresholdsId,
	schoolId: SchoolId,
	/** As instigator within the period: all three. */
	structural: z.strictObject({ incidents: count(2, 50), weeks: count(1, 20), victims: count(0, 20) }),
	/** As instigator in 365 days; `before`: said once more beforehand, when so few are missing still. */
	warning: z.strictObject({ at: count(2, 50), before: count(0, 5) }),
	madeBy: PersonId,
	madeAt: Instant,
});
export type Thresholds = z.infer<typeof Thresholds>;
export type ThresholdChoice = Pick<Thresholds, 'structural' | 'warning'>;

/** What holds until a school says otherwise: five is more than a bad month, before it is a habit. */
export const USUAL_THRESHOLDS: ThresholdChoice = { structural: STRUCTURAL_RULE, warning: { at: 5, before: 1 } };

/** The last one first; of one moment the later id. */
export function latestFirst(all: Iterable<Thresholds>): Thresholds[] {
	return [...all].sort((a, b) => Date.parse(b.madeAt) - Date.parse(a.madeAt) || (a.id < b.id ? 1 : -1));
}

/** What holds now: the last that was written, on every device the same. */
export function thresholdsNow(all: Iterable<Thresholds>): ThresholdChoice {
	return latestFirst(all)[0] ?? USUAL_THRESHOLDS;
}
