import type { LocalDate } from '#domain/time/local-time.ts';
import { DEMO_OBSERVATIONS, DEMO_PUPILS, DEMO_SEED, makeDemoSchool } from './demo/make-school.ts';
import type { OpenSchool, Schools } from './schools.ts';
import { envelopeOf } from './store/envelope.ts';
import { contentRevision } from './store/revision.ts';

/** Always the same school, told up to the day it is made. */
const DEMO = { pupils: DEMO_PUPILS, observations: DEMO_OBSERVATIONS, seed: DEMO_SEED } as const;

/** Stores a school of invented children. */
export async function foundDemoSchool(
	schools: Schools,
	today: LocalDate,
	onProgress: (stored: number) => void,
): Promise<OpenSchool> {
	const envelopes = Array.from(makeDemoSchool({ ...DEMO, today }), ({ doc, receivedAt }) =>
		envelopeOf(doc, { rev: contentRevision(doc), receivedAt, authorId: null, deviceId: null, seq: null }),
	);
	return schools.found(envelopes, onProgress);
}
