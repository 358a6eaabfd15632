import type { DomainDocument } from '#domain/document.ts';
import type { SchoolId } from '#domain/id.ts';
import type { Instant, LocalDate } from '#domain/time/local-time.ts';
import { databaseOf, type OpenSchool, type Schools } from './schools.ts';
import { DEMO_OBSERVATIONS, DEMO_PUPILS, DEMO_SEED, makeDemoSchool } from './demo/make-school.ts';
import type { StoreHost } from './store/document-store.ts';
import { envelopeOf, type Envelope } from './store/envelope.ts';
import { contentRevision } from './store/revision.ts';

/** Always the same school, told up to the day it is made. */
const DEMO = { pupils: DEMO_PUPILS, observations: DEMO_OBSERVATIONS, seed: DEMO_SEED } as const;

const DOCUMENTS_PER_WRITE = 500;

/**
 * Stores a school of invented children. It is known to the server only once it is complete: whoever stops the server
 * half-way gets a whole one at the next start.
 */
export async function foundDemoSchool(
	host: StoreHost,
	schools: Schools,
	today: LocalDate,
	onProgress: (stored: number) => void,
): Promise<OpenSchool> {
	const made = [...makeDemoSchool({ ...DEMO, today })];
	const id = schoolIdIn(made.map(({ doc }) => doc));
	await host.destroy(databaseOf(id));
	const store = await host.open<Envelope>(databaseOf(id));
	for (let at = 0; at < made.length; at += DOCUMENTS_PER_WRITE) {
		const batch = made.slice(at, at + DOCUMENTS_PER_WRITE);
		await store.putAll(
			batch.map(({ doc, receivedAt }) => ({ record: demoEnvelope(doc, receivedAt), expectedRev: null })),
		);
		onProgress(at + batch.length);
	}
	return schools.add(id);
}

function demoEnvelope(doc: DomainDocument, receivedAt: Instant): Envelope {
	return envelopeOf(doc, { rev: contentRevision(doc), receivedAt, authorId: null, deviceId: null, seq: null });
}

function schoolIdIn(docs: readonly DomainDocument[]): SchoolId {
	const school = docs.find((doc) => doc.type === 'school');
	if (!school) throw new Error('The demo generator made no school');
	return school.id;
}
