import type { DocumentType, DomainDocument } from '#domain/document.ts';
import type { Participant } from '#domain/observation/observation.ts';

type Reference = readonly [DocumentType, string];

/**
 * What a pushed document names that the school itself must know. Facts that devices make (an observation, a case)
 * are not among them: nothing needs a parent to arrive first (D4).
 */
export function referencesOf(doc: DomainDocument): Reference[] {
	switch (doc.type) {
		case 'observation':
			return [
				...placeOf(doc.placeId),
				...groupOf(doc.victimGroupId),
				...pupilsIn(doc.participants),
				...(doc.toldBy ? [['pupil', doc.toldBy] as const] : []),
			];
		case 'processing':
			return [...placeOf(doc.placeId), ...groupOf(doc.victimGroupId), ...pupilsIn(doc.participants)];
		case 'case':
			return [
				...doc.pupils.map(({ pupilId }) => ['pupil', pupilId] as const),
				...doc.memberIds.map((id) => ['person', id] as const),
			];
		case 'stepInvitation':
			return [['person', doc.personId], ...doc.pupilIds.map((id) => ['pupil', id] as const)];
		case 'followUp':
			return [
				['pupil', doc.about.pupilId],
				['person', doc.ownerId],
			];
		case 'round':
			return doc.siteId === null ? [] : [['site', doc.siteId]];
		case 'roundEntry':
			return 'pupilId' in doc.what
				? [['pupil', doc.what.pupilId]]
				: 'groupId' in doc.what
					? groupOf(doc.what.groupId)
					: [];
		case 'groupSession':
			return [...groupOf(doc.groupId), ...(doc.forPersonId === null ? [] : [['person', doc.forPersonId] as const])];
		case 'roundSnapshot':
			return [['site', doc.siteId]];
		case 'statusDecision':
		case 'nonContract':
		case 'signal':
		case 'signalReview':
			return [['pupil', doc.pupilId]];
		case 'measure':
			return [
				...placeOf(doc.placeId),
				...groupOf(doc.groupId),
				...doc.pupilIds.map((id) => ['pupil', id] as const),
				['person', doc.watchedBy],
			];
		case 'quarantineDecision':
			return [['quarantineEntry', doc.entryId]];
		case 'followUpOutcome':
			return doc.outcome.kind === 'handedOver' ? [['person', doc.outcome.ownerId]] : [];
		default:
			return [];
	}
}

function placeOf(id: string | null): Reference[] {
	return id === null ? [] : [['place', id]];
}

function groupOf(id: string | null): Reference[] {
	return id === null ? [] : [['group', id]];
}

function pupilsIn(participants: readonly Participant[]): Reference[] {
	return participants.flatMap((one) => ('pupilId' in one ? [['pupil', one.pupilId] as const] : []));
}
