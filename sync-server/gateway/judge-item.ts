import { maskFor } from '#domain/access/access.ts';
import type { PersonActor } from '#domain/access/rules.ts';
import type { DocumentType } from '#domain/document.ts';
import type { DeviceId } from '#domain/id.ts';
import { PushItem, type Protocol, type Receipt } from '#domain/sync/messages.ts';
import { keepUnknownToProtocol1 } from '#domain/sync/unknown-fields.ts';
import type { Instant } from '#domain/time/local-time.ts';
import type { SchoolReplica } from '#server/replica/school-replica.ts';
import type { OpenSeal } from '#server/sealing/school-seal.ts';
import type { DenyList } from '#server/retention/deny-list.ts';
import { envelopeOf, type Envelope } from '#server/store/envelope.ts';
import type { Write } from '#server/store/document-store.ts';
import { judgeAcceptance } from './judge-acceptance.ts';
import { readDocument, whyNotWrite } from './judge-document.ts';

/** A revision that came from an app of protocol 1 and lacked fields it could not know: it is not what that app holds. */
const KEPT = '~k';

/** What somebody saw, and told. */
const TOLD: readonly DocumentType[] = ['observation', 'withdrawal', 'signal'];

export type Verdict =
	| { readonly kind: 'answer'; readonly result: Receipt['result'] }
	| { readonly kind: 'store'; readonly write: Write<Envelope> }
	/** Something else must be stored before this can be: store that, and judge again. */
	| { readonly kind: 'storeFirst'; readonly write: Write<Envelope> };

export interface Pusher {
	readonly actor: PersonActor;
	readonly deviceId: DeviceId;
	/** Left out: today's. */
	readonly protocol?: Protocol;
	/**
	 * It may be in other hands: a device that has to forget (D11), or a file somebody brought. Only what was told is taken, the
	 * rest waits in quarantine, and nothing is shown.
	 */
	readonly onlyTold?: true | undefined;
	readonly replica: SchoolReplica;
	readonly denyList: Pick<DenyList, 'reasonFor'>;
	readonly openSeal: OpenSeal;
	readonly now: Date;
}

/**
 * What becomes of one item of a push. Refusals come in this order: what cannot be read, what does not belong here,
 * what this person may not do, what does not hold together; a conflict last, for only who may write may see the other
 * version.
 */
export function judgeItem(raw: unknown, pusher: Pusher): Verdict {
	const { actor, deviceId, protocol, onlyTold, replica, denyList, now } = pusher;
	const item = PushItem.safeParse(raw);
	// `~` marks revisions the server makes.
	if (!item.success || item.data.rev.includes('~')) return answer({ kind: 'rejected', reason: 'malformed' });
	// What could be opened has its document by now.
	if (item.data.sealed !== undefined) return answer({ kind: 'rejected', reason: 'unsealable' });
	const { id, rev, baseRev, seq } = item.data;
	if (denyList.reasonFor(id)) return answer({ kind: 'erased' });

	const known = replica.arrivalOf(deviceId, seq);
	if (known && (known.id !== id || asSent(known.rev) !== rev))
		return answer({ kind: 'rejected', reason: 'sequenceReused' });

	const read = readDocument(item.data.doc, actor.schoolId, denyList, id);
	if (!read.ok) return answer(read.error);
	const standing = replica.get(id);
	const doc = protocol === 1 && standing ? keepUnknownToProtocol1(standing.doc, read.value) : read.value;

	const earlier = standing && [standing, ...standing.past].find((arrival) => asSent(arrival.rev) === rev);
	if (earlier?.authorId === actor.personId) return answer({ kind: 'duplicate', receivedAt: earlier.receivedAt });

	if (onlyTold && !TOLD.includes(doc.type)) return answer({ kind: 'rejected', reason: 'notAllowed' });
	const refusal = whyNotWrite(doc, actor, replica, now);
	if (refusal) return answer(refusal);
	// After a restored backup two devices may offer the same revision again.
	if (earlier) return answer({ kind: 'duplicate', receivedAt: earlier.receivedAt });

	if (standing && standing.rev !== baseRev && standing.rev !== `${baseRev}${KEPT}`) {
		const current = onlyTold ? null : maskFor(actor, standing.doc, replica.facts);
		return answer({ kind: 'conflict', currentRev: standing.rev, current });
	}
	if (doc.type === 'quarantineDecision') {
		const first = judgeAcceptance(doc, pusher);
		if (first) return first;
	}
	// A base that is not here any more (a restored backup) is no reason to lose what is sent: then it is new.
	const standsAs = doc === read.value ? rev : rev + KEPT;
	const arrival = { rev: standsAs, receivedAt: now.toISOString() as Instant, authorId: actor.personId, deviceId, seq };
	return {
		kind: 'store',
		write: { record: envelopeOf(doc, arrival, standing), expectedRev: standing?.rev ?? null },
	};
}

function asSent(rev: string): string {
	return rev.endsWith(KEPT) ? rev.slice(0, -KEPT.length) : rev;
}

function answer(result: Receipt['result']): Verdict {
	return { kind: 'answer', result };
}
