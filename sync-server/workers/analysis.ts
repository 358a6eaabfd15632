import { analyse } from '#domain/analysis/analyse.ts';
import type { AnalysisSnapshot } from '#domain/analysis/snapshot.ts';
import { idOf, ulidOf } from '#domain/id.ts';
import type { Worker } from './runner.ts';

/** One snapshot per school, of the 365 days up to today; devices can hold their own figures against it. */
export const analysis: Worker = {
	name: 'analysis',
	watches: new Set(['observation', 'withdrawal', 'processing', 'group', 'pupil', 'place']),
	plan(replica, today) {
		const { counts, pareto, counters } = analyse({
			observations: replica.all('observation'),
			withdrawals: replica.all('withdrawal'),
			processings: replica.all('processing'),
			groups: replica.all('group'),
			pupils: replica.all('pupil'),
			places: replica.all('place'),
			until: today,
		});
		const snapshot: AnalysisSnapshot = {
			type: 'analysis',
			v: 1,
			id: idOf('analysis', ulidOf(replica.school.id)),
			schoolId: replica.school.id,
			until: today,
			observations: counts.observations,
			incidents: counts.incidents,
			unprocessed: counts.unprocessed,
			pupilsAt80: pareto.pupilsAt80,
			counters: counters.map(({ pupilId, reporter, instigator, victim }) => ({
				pupilId,
				reporter,
				instigator,
				victim,
			})),
		};
		return [snapshot];
	},
};
