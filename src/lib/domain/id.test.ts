import { expect, test } from 'vitest';
import { ObservationId, idOf, incidentIdFor, processingIdFor } from './id.ts';

const ULID = '01J8Z0000000000000000000AA';

test('an id carries its kind, and another kind is refused', () => {
	expect(ObservationId.safeParse(idOf('observation', ULID)).success).toBe(true);
	expect(ObservationId.safeParse(idOf('pupil', ULID)).success).toBe(false);
	expect(ObservationId.safeParse('obs_Daan').success).toBe(false);
});

test('processing and incident of an observation have ids that anyone can derive', () => {
	const observation = idOf('observation', ULID);
	expect(processingIdFor(observation)).toBe(`prc_${ULID}`);
	expect(incidentIdFor(observation)).toBe(`inc_${ULID}`);
});
