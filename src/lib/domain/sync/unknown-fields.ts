import { DOCUMENT_SCHEMAS, type DocumentType, type DomainDocument } from '#domain/document.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * An app can only mean to change what it knows. Fields of the standing version that the writer does not know are
 * carried into the version it wrote; those it knows and left out, it took out. New fields stand at the top level of
 * a document, so that this is enough.
 */
export function keepUnknownFields<T extends Fields>(standing: Fields, next: T, knows: (field: string) => boolean): T {
	const unknown = Object.entries(standing).filter(([field]) => !(field in next) && !knows(field));
	return unknown.length === 0 ? next : { ...next, ...Object.fromEntries(unknown) };
}

/** What this app wrote on a version that a newer one may have added to. */
export function keepUnknownToThisApp<T extends DomainDocument>(standing: Fields, next: T): T {
	const { shape } = DOCUMENT_SCHEMAS[next.type];
	return keepUnknownFields(standing, next, (field) => Object.hasOwn(shape, field));
}

/** What an app of protocol 1 wrote on a version that may hold more than it could know. */
export function keepUnknownToProtocol1<T extends DomainDocument>(standing: DomainDocument, next: T): T {
	const known = FIELDS_OF_PROTOCOL_1[standing.type]?.split(' ') ?? [];
	return keepUnknownFields(standing, next, (field) => known.includes(field));
}

/** Apps since protocol 2 carry unknown fields along themselves. This list is history: it never changes. */
const FIELDS_OF_PROTOCOL_1: Partial<Record<DocumentType, string>> = {
	school: 'type v id name zone region keepsSex demo',
	site: 'type v id schoolId name',
	group: 'type v id schoolId siteId name yearGroups',
	pupil: 'type v id schoolId groupId firstName prefix lastName sex leftOn',
	person: 'type v id schoolId name roles groupIds',
	place: 'type v id schoolId siteId name kind rank',
	calendar: 'type v id schoolId from until closures dayParts rounds',
	observation:
		'type v id schoolId reporterId toldBy occurredAt zone precision notedAt placeId outsideSchool participants victimGroupId behaviours digital basket handling means motive note',
	withdrawal: 'type v id schoolId observationId withdrawnBy withdrawnAt',
	processing:
		'type v id schoolId observationId incidentId outcome participants victimGroupId behaviours forms aggressionFunction basket placeId note processedBy processedAt',
	case: 'type v id schoolId protocol pupils incidentIds openedBy openedAt memberIds',
	caseEntry: 'type v id schoolId caseId turn step text writtenBy writtenAt',
	followUp: 'type v id schoolId caseId turn about plannedOn ownerId setBy setAt',
	followUpOutcome: 'type v id schoolId caseId followUpId outcome note recordedBy recordedAt',
	caseVerdict: 'type v id schoolId caseId turn verdict text judgedBy judgedAt',
	reminder: 'type v id schoolId reason caseId followUpId ownerId from until resolved',
	analysis: 'type v id schoolId until observations incidents unprocessed pupilsAt80 counters',
};
