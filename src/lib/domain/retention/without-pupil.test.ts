import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DomainDocument } from '#domain/document.ts';
import type { Participant } from '#domain/observation/observation.ts';
import { anId, anObservation, aRoster } from '#tests/factories/school.ts';
import { withAllHangingOn } from './hanging-on.ts';
import { withoutPupil } from './without-pupil.ts';

const GONE = anId('pupil', 1);

const aParticipant = fc.record({
	role: fc.constantFrom<Participant['role']>('instigator', 'victim', 'bystander'),
	pupilId: fc.integer({ min: 1, max: 4 }).map((n) => anId('pupil', n)),
});

const someDocuments = fc
	.array(fc.tuple(fc.array(aParticipant, { maxLength: 3 }), fc.option(fc.integer({ min: 1, max: 4 }))), {
		maxLength: 12,
	})
	.map((told) =>
		told.flatMap(([participants, by], i): DomainDocument[] => [
			anObservation(i, { participants, ...(by && { toldBy: anId('pupil', by) }) }),
			{
				type: 'processing',
				id: anId('processing', i),
				observationId: anId('observation', i),
				participants,
			} as unknown as DomainDocument,
			{
				type: 'case',
				id: anId('case', i),
				pupils: participants.map(({ pupilId }) => ({ pupilId, role: 'victim' })),
			} as unknown as DomainDocument,
			{
				type: 'measure',
				id: anId('measure', i),
				pupilIds: participants.map(({ pupilId }) => pupilId),
				text: 'Apart buiten spelen',
			} as unknown as DomainDocument,
			{
				type: 'roundEntry',
				id: anId('roundEntry', i),
				what: { kind: 'talked', pupilId: anId('pupil', by ?? 1), done: true },
			} as unknown as DomainDocument,
			{
				type: 'roundSnapshot',
				id: anId('roundSnapshot', i),
				pupils: participants.map(({ pupilId }) => ({ pupilId, instigator: 1, victim: 0 })),
			} as unknown as DomainDocument,
			{
				type: 'followUp',
				id: anId('followUp', i),
				caseId: anId('case', i),
				about: { pupilId: anId('pupil', by ?? 1) },
			} as unknown as DomainDocument,
		]),
	);

test('afterwards the pupil is named nowhere, nobody else loses anything, and a second time changes nothing', () => {
	fc.assert(
		fc.property(someDocuments, (told) => {
			const documents = [...aRoster(), ...told];
			const { erase, revise } = withoutPupil(GONE, documents);
			const gone = withAllHangingOn(erase, documents);
			const revised = new Map(revise.map((doc) => [doc.id as string, doc]));
			const left = documents.filter(({ id }) => !gone.has(id)).map((doc) => revised.get(doc.id) ?? doc);
			expect(JSON.stringify(left)).not.toContain(GONE);

			const othersIn = (all: readonly DomainDocument[]) =>
				all.flatMap((doc) =>
					doc.type === 'observation'
						? doc.participants.flatMap((one) => ('pupilId' in one && one.pupilId !== GONE ? [[doc.id, one]] : []))
						: [],
				);
			expect(othersIn(left)).toEqual(othersIn(documents));
			expect(withoutPupil(GONE, left)).toEqual({ erase: [GONE], revise: [], toRead: [] });
		}),
	);
});

test('free text that is left is named for a person to read', () => {
	const told = anObservation(1, { note: 'Daan was there' });
	expect(withoutPupil(GONE, [told, anObservation(2)]).toRead).toEqual([told.id]);
});
