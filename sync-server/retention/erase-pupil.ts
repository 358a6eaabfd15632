import type { PupilId } from '#domain/id.ts';
import { withoutPupil } from '#domain/retention/without-pupil.ts';
import type { Instant } from '#domain/time/local-time.ts';
import type { OpenSchool } from '#server/schools.ts';
import { envelopeOf } from '#server/store/envelope.ts';
import { contentRevision } from '#server/store/revision.ts';
import { erase } from './erase.ts';

/** Somebody may write one of the documents meanwhile; it cannot go on for ever. */
const MAX_ROUNDS = 5;

export interface ErasedPupil {
	readonly erased: number;
	readonly revised: number;
	/** Ids of documents whose free text a person must read. */
	readonly toRead: readonly string[];
}

/** Takes a pupil out of a school: what was about this pupil only is erased, what was about others too is rewritten. */
export async function erasePupil(
	school: Pick<OpenSchool, 'replica' | 'denyList'>,
	pupilId: PupilId,
	now: Date,
): Promise<ErasedPupil> {
	const { replica } = school;
	const toRead = new Set<string>();
	let erased = 0;
	let revised = 0;
	for (let round = 0; round < MAX_ROUNDS; round++) {
		const plan = withoutPupil(
			pupilId,
			Array.from(replica.envelopes(), ({ doc }) => doc),
		);
		plan.toRead.forEach((id) => toRead.add(id));
		// Rewritten first: once the pupil is denied, nothing new about this pupil is taken.
		const stored = await replica.write(
			plan.revise.map((doc) => {
				const standing = replica.get(doc.id);
				const receivedAt = now.toISOString() as Instant;
				const arrival = { rev: contentRevision(doc), receivedAt, authorId: null, deviceId: null, seq: null };
				return { record: envelopeOf(doc, arrival, standing), expectedRev: standing?.rev ?? null };
			}),
		);
		revised += stored.filter(Boolean).length;
		erased += (await erase(school, plan.erase, 'erased', now)).length;
		if (!stored.includes(false)) return { erased, revised, toRead: [...toRead].filter((id) => replica.get(id)) };
	}
	throw new Error('The documents of this pupil keep changing');
}
