import type { DomainDocument } from '#domain/document.ts';
import type { PersonId } from '#domain/id.ts';
import type { QuarantineEntry } from '#domain/quarantine/quarantine.ts';

/** Every push asks what of its sender lies in quarantine: nobody else's refusals may make that slower. */
export function entriesByAuthor() {
	const byAuthor = new Map<PersonId, Map<string, QuarantineEntry>>();

	return {
		note(doc: DomainDocument): void {
			if (doc.type !== 'quarantineEntry') return;
			const entries = byAuthor.get(doc.authorId) ?? new Map<string, QuarantineEntry>();
			byAuthor.set(doc.authorId, entries.set(doc.id, doc));
		},
		forget(doc: DomainDocument): void {
			if (doc.type === 'quarantineEntry') byAuthor.get(doc.authorId)?.delete(doc.id);
		},
		of: (authorId: PersonId): QuarantineEntry[] => [...(byAuthor.get(authorId)?.values() ?? [])],
	};
}
