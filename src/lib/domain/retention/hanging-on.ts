import type { DomainDocument } from '#domain/document.ts';

/**
 * The documents to erase with these: everything that only means something beside them (a processing of an
 * observation, an entry of a case, a refused item that wants to be this observation), and what hangs on that.
 * The given ids come back too, whether they are there or not: what is not there must not come either.
 */
export function withAllHangingOn(ids: Iterable<string>, documents: readonly DomainDocument[]): Set<string> {
	const all = new Set(ids);
	let before;
	do {
		before = all.size;
		for (const doc of documents) if (hangsOn(doc).some((id) => all.has(id))) all.add(doc.id);
	} while (all.size > before);
	return all;
}

/** What a document cannot do without, by id. */
export function hangsOn(doc: DomainDocument): string[] {
	switch (doc.type) {
		case 'withdrawal':
		case 'processing':
			return [doc.observationId];
		case 'stepInvitation':
		case 'nonContract':
		case 'stepRecord':
		case 'consent':
		case 'caseEntry':
		case 'followUp':
		case 'caseVerdict':
			return [doc.caseId];
		case 'followUpOutcome':
		case 'reminder':
			return [doc.caseId, doc.followUpId];
		case 'quarantineEntry':
			return [doc.itemId];
		case 'quarantineDecision':
			return [doc.entryId];
		default:
			return [];
	}
}
