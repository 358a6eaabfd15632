import { createHash } from 'node:crypto';
import type { DomainDocument } from '#domain/document.ts';

/** The revision of a document the server makes: the same contents have the same one, so writing twice is writing once. */
export function contentRevision(doc: DomainDocument): string {
	return createHash('sha256').update(JSON.stringify(doc)).digest('base64url').slice(0, 22);
}
