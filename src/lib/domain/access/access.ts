import type { DomainDocument } from '#domain/document.ts';
import { RULES, schoolOf, type AccessFacts, type Actor } from './rules.ts';

export type Action = 'read' | 'create' | 'revise';

export interface Subject {
	/** What is read or made; for `revise` the document as it stands now. */
	readonly doc: DomainDocument;
	/** For `revise`: what it is to become. Left out: may this person revise it at all? */
	readonly next?: DomainDocument;
	readonly facts: AccessFacts;
}

/** Whether this person may do this. Default deny: another school, another type or an unknown action is no. */
export function can(actor: Actor, action: Action, { doc, next = doc, facts }: Subject): boolean {
	if (schoolOf(doc) !== actor.schoolId || schoolOf(next) !== actor.schoolId) return false;
	if (next.type !== doc.type || next.id !== doc.id || !Object.hasOwn(RULES, doc.type)) return false;
	// The table pairs each type with its own rule; the compiler cannot follow that through an index.
	const rule = RULES[doc.type] as (typeof RULES)['observation'];
	const subject = doc as Parameters<typeof rule.create>[1];
	if (action === 'read') return rule.read(actor, subject, facts);
	if (action === 'create') return rule.create(actor, subject, facts);
	if (action === 'revise') return rule.revise(actor, subject, next as typeof subject, facts);
	return false;
}

/** The document as this reader may see it; the very same object when nothing has to be left out. */
export function maskFor(actor: Actor, doc: DomainDocument): DomainDocument {
	const rule = RULES[doc.type] as (typeof RULES)['observation'];
	return rule.mask(actor, doc as Parameters<typeof rule.mask>[1]);
}
