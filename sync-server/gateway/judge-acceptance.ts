import { can } from '#domain/access/access.ts';
import type { Actor } from '#domain/access/rules.ts';
import type { QuarantineDecision, QuarantineEntry } from '#domain/quarantine/quarantine.ts';
import { isCoordinating } from '#domain/school/roles.ts';
import type { Instant } from '#domain/time/local-time.ts';
import { envelopeOf, type Arrival, type Envelope } from '#server/store/envelope.ts';
import { contentRevision } from '#server/store/revision.ts';
import { readDocument, whyNotWrite } from './judge-document.ts';
import type { Pusher, Verdict } from './judge-item.ts';

/**
 * A coordinator's decision about a refused item. When it accepts one, the document inside is stored first, under its
 * author's name: it must be one that this author could have written with this coordinator's rights, so that nobody can
 * be made to have said something. `null`: nothing stands in the way of storing the decision itself.
 */
export function judgeAcceptance(doc: QuarantineDecision, pusher: Pusher): Verdict | null {
	const { replica, denyList, now } = pusher;
	const entry = replica.find('quarantineEntry', doc.entryId);
	if (entry?.authorId !== doc.authorId) return rejected('idMismatch', 'authorId');
	if (doc.decision.kind !== 'accepted') return null;

	const read = readDocument(doc.decision.document, doc.schoolId, denyList);
	if (!read.ok) return { kind: 'answer', result: within(read.error) };
	const accepted = read.value;
	if (accepted.type === 'quarantineDecision') return rejected('notAllowed', DOCUMENT_PATH);
	// What was refused, put right; nothing else, or anybody could be made to have written anything.
	if (accepted.id !== entry.itemId) return rejected('idMismatch', `${DOCUMENT_PATH}.id`);

	const rev = contentRevision(accepted);
	const standing = replica.get(accepted.id);
	if (standing && [standing, ...standing.past].some((arrival) => arrival.rev === rev)) return null;

	// Who may not read it does not decide about it either: a case of a few stays with those few.
	const { facts } = replica;
	const concerned = [accepted, ...(standing ? [standing.doc] : [])];
	if (!concerned.every((each) => can(pusher.actor, 'read', { doc: each, facts }))) {
		return rejected('notAllowed', DOCUMENT_PATH);
	}
	const { schoolId, roles, siteIds } = pusher.actor;
	const author: Actor = {
		personId: entry.authorId,
		schoolId,
		roles: roles.filter(isCoordinating),
		groupIds: [],
		siteIds,
	};
	const refusal = whyNotWrite(accepted, author, replica, now);
	if (refusal) return { kind: 'answer', result: within(refusal) };

	const arrival: Arrival = {
		rev,
		receivedAt: now.toISOString() as Instant,
		authorId: entry.authorId,
		deviceId: null,
		seq: null,
	};
	const record = withItem(envelopeOf(accepted, arrival, standing), entry);
	return { kind: 'storeFirst', write: { record, expectedRev: standing?.rev ?? null } };
}

const DOCUMENT_PATH = 'decision.document';

/** The item as it was sent counts as a revision of the past: should its device send it again, it is known. */
function withItem(envelope: Envelope, { itemId, itemRev, deviceId, seq, reason, ...entry }: QuarantineEntry): Envelope {
	if (itemId !== envelope.id) return envelope;
	const { authorId, receivedAt } = entry;
	const isOwnSeq = reason !== 'sequenceReused';
	const sent: Arrival = { rev: itemRev, receivedAt, authorId, deviceId, seq: isOwnSeq ? seq : null };
	return { ...envelope, past: [...envelope.past, sent] };
}

function within<R extends { readonly kind: string; readonly path?: string | undefined }>(refusal: R): R {
	if (refusal.kind !== 'rejected') return refusal;
	return { ...refusal, path: [DOCUMENT_PATH, refusal.path].filter(Boolean).join('.') };
}

function rejected(reason: 'idMismatch' | 'notAllowed', path: string): Verdict {
	return { kind: 'answer', result: { kind: 'rejected', reason, path } };
}
