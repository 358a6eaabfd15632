import type { DomainDocument } from '#domain/document.ts';
import type { DeviceId, PersonId } from '#domain/id.ts';
import type { Instant } from '#domain/time/local-time.ts';
import type { StoreRecord } from './document-store.ts';

/** How one revision came in. Server-made documents have no author and no device. */
export interface Arrival {
	readonly rev: string;
	readonly receivedAt: Instant;
	readonly authorId: PersonId | null;
	readonly deviceId: DeviceId | null;
	/** The device's own count; together with `deviceId` it tells a repeated push from a new one. */
	readonly seq: number | null;
}

/** A document as the school's database keeps it. Nothing but `doc` and `rev` ever leaves the server. */
export interface Envelope extends StoreRecord, Arrival {
	readonly doc: DomainDocument;
	/** How earlier revisions came in, newest last, so that a push that comes again late is known. */
	readonly past: readonly Arrival[];
}

/** The next revision's envelope: what stood there becomes its past. */
export function envelopeOf(doc: DomainDocument, arrival: Arrival, standing?: Envelope): Envelope {
	const past = standing ? [...standing.past, arrivalOf(standing)] : [];
	return { id: doc.id, ...arrival, past, doc };
}

function arrivalOf({ rev, receivedAt, authorId, deviceId, seq }: Envelope): Arrival {
	return { rev, receivedAt, authorId, deviceId, seq };
}
