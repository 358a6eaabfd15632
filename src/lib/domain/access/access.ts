import type { DocumentType, DomainDocument } from '#domain/document.ts';
import { schoolOf, type AccessFacts, type Actor } from './rules.ts';
import { SCOPES, type Within } from './scopes.ts';
import { TABLE, type DocumentAccess, type Grants } from './table.ts';

export type Action = 'read' | 'create' | 'revise';

export interface Subject {
	/** What is read or made; for `revise` the document as it stands now. */
	readonly doc: DomainDocument;
	/** For `revise`: what it is to become. Left out: may this person revise it at all? */
	readonly next?: DomainDocument;
	readonly facts: AccessFacts;
}

/**
 * Whether this person may do this, to this document or to one field of it (D7). Default deny: another school,
 * another type or an unknown action is no. Writing a document needs the right to each of its fields.
 */
export function can(actor: Actor, action: Action, { doc, next = doc, facts }: Subject, field?: string): boolean {
	if (schoolOf(doc) !== actor.schoolId || schoolOf(next) !== actor.schoolId) return false;
	if (next.type !== doc.type || next.id !== doc.id || !Object.hasOwn(TABLE, doc.type)) return false;
	const access = accessTo(doc.type);
	if (action === 'read') {
		return isWithin(actor, access.read, doc, facts) && (field === undefined || mayHave(actor, doc, field, facts));
	}
	if (action !== 'create' && action !== 'revise') return false;
	if (!isWithin(actor, access[action], doc, facts)) return false;
	if (access.isGenuine?.(actor, next, action === 'revise' ? doc : null) === false) return false;
	const fields = field === undefined ? Object.keys(access.fields ?? {}).filter((each) => each in next) : [field];
	return fields.every((each) => mayHave(actor, next, each, facts));
}

/** The document as this reader may see it; the very same object when nothing has to be left out. */
export function maskFor(actor: Actor, doc: DomainDocument, facts: AccessFacts): DomainDocument {
	const hidden = Object.keys(accessTo(doc.type).fields ?? {}).filter(
		(field) => field in doc && !mayHave(actor, doc, field, facts),
	);
	if (hidden.length === 0) return doc;
	return Object.fromEntries(Object.entries(doc).filter(([field]) => !hidden.includes(field))) as DomainDocument;
}

/** A field that the table does not name goes with its document. */
function mayHave(actor: Actor, doc: DomainDocument, field: string, facts: AccessFacts): boolean {
	const { fields } = accessTo(doc.type);
	if (!fields || !Object.hasOwn(fields, field)) return true;
	return isWithin(actor, fields[field] ?? {}, doc, facts);
}

function isWithin(actor: Actor, grants: Grants<string>, doc: DomainDocument, facts: AccessFacts): boolean {
	const scopes = SCOPES[doc.type] as Readonly<Record<string, Within<DomainDocument>>>;
	for (const word in grants) {
		const roles = grants[word];
		if (roles?.some((role) => actor.roles.includes(role)) && scopes[word]?.(actor, doc, facts)) return true;
	}
	return false;
}

/** The tables pair each type with its own lines; the compiler cannot follow that through an index. */
function accessTo(type: DocumentType): DocumentAccess<Record<string, unknown>, string> {
	return TABLE[type] as unknown as DocumentAccess<Record<string, unknown>, string>;
}
