import { idOf, ulidOf, type PersonId } from '#domain/id.ts';
import type { Instant } from '#domain/time/local-time.ts';
import type { Observation, Withdrawal } from './observation.ts';

/** Takes an observation back. One withdrawal an observation, so doing it twice is doing it once. */
export function withdrawalOf(observation: Observation, by: PersonId, at: Instant): Withdrawal {
	return {
		type: 'withdrawal',
		v: 1,
		id: idOf('withdrawal', ulidOf(observation.id)),
		schoolId: observation.schoolId,
		observationId: observation.id,
		withdrawnBy: by,
		withdrawnAt: at,
	};
}
