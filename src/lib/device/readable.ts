import { DOCUMENT_SCHEMAS, type DocumentType, type DomainDocument } from '#domain/document.ts';
import type { HeldEntry } from './held-store.ts';

/** A document this version of the app understands; anything else is kept, unseen, for a version that does. */
export function readDocument(doc: unknown, id: string): DomainDocument | undefined {
	const type = typeof doc === 'object' && doc !== null && 'type' in doc ? doc.type : undefined;
	if (typeof type !== 'string' || !Object.hasOwn(DOCUMENT_SCHEMAS, type)) return undefined;
	const parsed = DOCUMENT_SCHEMAS[type as DocumentType].safeParse(doc);
	return parsed.success && parsed.data.id === id ? parsed.data : undefined;
}

/** Marks what cannot be read once, where it comes in; what lies on disk is trusted. */
export function received(id: string, rev: string, doc: unknown): HeldEntry {
	return readDocument(doc, id) ? { id, rev, doc } : { id, rev, doc, unread: true };
}

/** From disk: only what could not be read before is tried again, for the app may be newer now. */
export function documentOf(entry: HeldEntry): DomainDocument | undefined {
	return entry.unread ? readDocument(entry.doc, entry.id) : (entry.doc as DomainDocument);
}
