import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ObservationId, idOf, incidentIdFor, processingIdFor, rankOfId } from './id.ts';

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

test('the rank of an id never falls where the id rises', () => {
	const ulids = fc.stringMatching(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
	fc.assert(
		fc.property(ulids, ulids, (a, b) => {
			const [first = 0, second = 0] = [a, b].sort().map((ulid) => rankOfId(idOf('reminder', ulid)));
			expect(first).toBeLessThanOrEqual(second);
		}),
	);
});
