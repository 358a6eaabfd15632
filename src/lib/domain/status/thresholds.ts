import type { Counter } from '#domain/analysis/result.ts';
import type { PupilId } from '#domain/id.ts';
import type { ThresholdChoice } from './school-thresholds.ts';

export interface Warning {
	readonly pupilId: PupilId;
	readonly kind: 'near' | 'reached';
	readonly count: number;
}

/**
 * Who comes near a count as instigator, or has reached it. `said`: the count that was warned about last; it is not said
 * again until it has risen, so nobody learns to look away.
 */
export function warningsFor(
	counters: readonly Counter[],
	{ before, at }: ThresholdChoice['warning'],
	said: ReadonlyMap<PupilId, number>,
): Warning[] {
	return counters.flatMap(({ pupilId, instigator: count }): Warning[] => {
		if (count < at - before || count <= (said.get(pupilId) ?? 0)) return [];
		return [{ pupilId, kind: count >= at ? 'reached' : 'near', count }];
	});
}
