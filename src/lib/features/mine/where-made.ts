import type { DomainDocument } from '#domain/document.ts';

/** The page where a document was made and can be made anew; `null`: there is none. */
export function whereMade(document: DomainDocument): string | null {
	if (document.type === 'case') return `/cases/${document.id}`;
	if ('caseId' in document && document.caseId) return `/cases/${document.caseId}`;
	if (document.type === 'processing') return '/inbox';
	return null;
}
