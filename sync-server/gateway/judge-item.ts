import { can, maskFor } from '#domain/access/access.ts';
import { schoolOf, type Actor } from '#domain/access/rules.ts';
import { DOCUMENT_SCHEMAS, DomainDocument } from '#domain/document.ts';
import { processingIdFor, type DeviceId } from '#domain/id.ts';
import { MAX_DOCUMENT_BYTES, PushItem, type Receipt, type RefusalReason } from '#domain/sync/messages.ts';
import { toLocalDateTime, type Instant } from '#domain/time/local-time.ts';
import type { SchoolReplica } from '#server/replica/school-replica.ts';
import { envelopeOf, type Envelope } from '#server/store/envelope.ts';
import type { Write } from '#server/store/document-store.ts';
import { referencesOf } from './references.ts';

/** Clocks of phones wander by minutes; more than this is a wrong clock, and the reporter must hear of it. */
const CLOCK_SKEW_MS = 10 * 60 * 1000;

export type Verdict =
	| { readonly kind: 'answer'; readonly result: Receipt['result'] }
	| { readonly kind: 'store'; readonly write: Write<Envelope> };

export interface Pusher {
	readonly actor: Actor;
	readonly deviceId: DeviceId;
	readonly replica: SchoolReplica;
	readonly now: Date;
}

/**
 * What becomes of one item of a push. Refusals come in this order: what cannot be read, what does not belong here,
 * what this person may not do, what does not hold together; a conflict last, for only who may write may see the other
 * version.
 */
export function judgeItem(raw: unknown, { actor, deviceId, replica, now }: Pusher): Verdict {
	const item = PushItem.safeParse(raw);
	// `~` marks revisions the server makes.
	if (!item.success || item.data.rev.includes('~')) return rejected('malformed');
	const { id, rev, baseRev, seq } = item.data;

	const known = replica.arrivalOf(deviceId, seq);
	if (known && (known.id !== id || known.rev !== rev)) return rejected('sequenceReused');

	const read = readDocument(item.data.doc);
	if ('reason' in read) return rejected(read.reason, read.path);
	const { doc } = read;
	if (doc.id !== id || !hasDerivedId(doc)) return rejected('idMismatch');
	if (schoolOf(doc) !== actor.schoolId) return rejected('foreignSchool');

	const standing = replica.get(id);
	const earlier = standing && [standing, ...standing.past].find((arrival) => arrival.rev === rev);
	if (earlier?.authorId === actor.personId) {
		return { kind: 'answer', result: { kind: 'duplicate', receivedAt: earlier.receivedAt } };
	}

	const { facts } = replica;
	const allowed = standing
		? can(actor, 'revise', { doc: standing.doc, next: doc, facts })
		: can(actor, 'create', { doc, facts });
	if (!allowed) return rejected('notAllowed');

	const missing = referencesOf(doc).find(([type, target]) => !replica.find(type, target));
	if (missing) return rejected('unknownReference', missing[0]);
	if (doc.type === 'observation' && isInFuture(doc, now)) return rejected('inFuture', 'occurredAt');

	if (standing && standing.rev !== baseRev) {
		const current = maskFor(actor, standing.doc);
		return { kind: 'answer', result: { kind: 'conflict', currentRev: standing.rev, current } };
	}
	// A base that is not here any more (a restored backup) is no reason to lose what is sent: then it is new.
	const arrival = { rev, receivedAt: now.toISOString() as Instant, authorId: actor.personId, deviceId, seq };
	return {
		kind: 'store',
		write: { record: envelopeOf(doc, arrival, standing), expectedRev: standing?.rev ?? null },
	};
}

function readDocument(raw: unknown): { doc: DomainDocument } | { reason: RefusalReason; path?: string } {
	if (Buffer.byteLength(JSON.stringify(raw) ?? '') > MAX_DOCUMENT_BYTES) return { reason: 'tooLarge' };
	if (typeof raw !== 'object' || raw === null) return { reason: 'malformed' };
	if (!('type' in raw) || !Object.hasOwn(DOCUMENT_SCHEMAS, String(raw.type))) return { reason: 'unknownType' };
	const parsed = DomainDocument.safeParse(raw);
	if (parsed.success) return { doc: parsed.data };
	return { reason: 'malformed', path: parsed.error.issues[0]?.path.join('.') ?? '' };
}

/** Two coordinators who process the same observation must meet on the same document. */
function hasDerivedId(doc: DomainDocument): boolean {
	return doc.type !== 'processing' || doc.id === processingIdFor(doc.observationId);
}

function isInFuture({ occurredAt, zone }: Extract<DomainDocument, { type: 'observation' }>, now: Date): boolean {
	return occurredAt > toLocalDateTime(new Date(now.getTime() + CLOCK_SKEW_MS), zone);
}

function rejected(reason: RefusalReason, path?: string): Verdict {
	return { kind: 'answer', result: { kind: 'rejected', reason, ...(path && { path }) } };
}
