import { can, maskFor } from '#domain/access/access.ts';
import { SUPERVISOR_KEEPS_MS, type AccessFacts, type Actor } from '#domain/access/rules.ts';
import type { DomainDocument } from '#domain/document.ts';
import type { PersonId } from '#domain/id.ts';
import { createDigest, type SetDigest } from '#domain/sync/digest.ts';
import type { Envelope } from '#server/store/envelope.ts';
import { contentRevision } from '#server/store/revision.ts';
import type { Clock } from '#server/clock.ts';

/** A masked document has its own revision, so that a right gained brings the whole one. */
export const MASKED = '~m';

interface VisibleDocument {
	readonly id: string;
	readonly rev: string;
	readonly doc: DomainDocument;
}

/** Sets that a device may still stand at: some minutes of a recess, or a quiet night. */
const STEPS_KEPT = 200;

/** A step that changed more is no news but another school year. */
const STEP_SIZE = 500;

/** What one person may see under today's rights, with its digest; worked out again only where something changed. */
export interface View {
	digest(): SetDigest;
	/** Wire revision per visible id. */
	revisions(): ReadonlyMap<string, string>;
	/** The document as this person may see it now. */
	read(id: string): VisibleDocument | undefined;
	/** What came, went or changed since the set had this digest; `undefined` when that was too long ago. */
	changedSince(root: string): ReadonlySet<string> | undefined;
	/** Whether a change of who works on which case can change what else this person sees. */
	readonly followsCases: boolean;
	/** Something about these changed. */
	touch(ids: ReadonlySet<string> | 'everything'): void;
}

interface Sources {
	readonly facts: AccessFacts;
	readonly documents: ReadonlyMap<string, Envelope>;
	readonly now: Clock;
}

/** Whose own account it is, of which a supervisor keeps a day (D7). */
function authorOf(doc: DomainDocument): PersonId | undefined {
	if (doc.type === 'observation') return doc.reporterId;
	return doc.type === 'signal' ? doc.notedBy : undefined;
}

/**
 * A revision the server made follows from the whole contents: whoever sees all but one field could try out what stands in
 * it. So what is masked is told by what is left of it.
 */
function maskedRevision({ rev, deviceId }: Envelope, masked: DomainDocument): string {
	return (deviceId === null ? contentRevision(masked) : rev) + MASKED;
}

export function createView(actor: Actor, { facts, documents, now }: Sources): View {
	const held = new Map<string, string>();
	const digest = createDigest();
	const touched = new Set<string>();
	let everything = true;
	/** When the first own account of a supervisor runs out of its day. */
	let expiresAt = Infinity;
	/** What changed when, oldest first: the digest before, and what was touched since. */
	const steps: { readonly root: string; readonly ids: ReadonlySet<string> }[] = [];
	let changed = new Set<string>();

	function read(id: string): VisibleDocument | undefined {
		const envelope = documents.get(id);
		if (!envelope || !can(actor, 'read', { doc: envelope.doc, facts })) return undefined;
		const doc = maskFor(actor, envelope.doc, facts);
		return { id, rev: doc === envelope.doc ? envelope.rev : maskedRevision(envelope, doc), doc };
	}

	function refresh(id: string) {
		const before = held.get(id);
		const visible = read(id);
		if (visible && authorOf(visible.doc) === actor.personId) {
			const msLeft = SUPERVISOR_KEEPS_MS - facts.ageOf(id);
			if (msLeft > 0) expiresAt = Math.min(expiresAt, now().getTime() + msLeft);
		}
		if (before === visible?.rev) return;
		changed.add(id);
		if (before !== undefined) digest.remove(id, before);
		held.delete(id);
		if (!visible) return;
		digest.add(id, visible.rev);
		held.set(id, visible.rev);
	}

	function bringUpToDate() {
		if (now().getTime() >= expiresAt) everything = true;
		if (!everything && touched.size === 0) return;
		const before = digest.root();
		if (everything) {
			expiresAt = Infinity;
			// What was erased meanwhile is no document any more, and must go out of sight all the same.
			for (const id of [...held.keys()]) if (!documents.has(id)) refresh(id);
			for (const id of documents.keys()) refresh(id);
		} else {
			for (const id of touched) refresh(id);
		}
		everything = false;
		touched.clear();
		if (changed.size > STEP_SIZE) steps.length = 0;
		else if (changed.size > 0) steps.push({ root: before, ids: changed });
		if (steps.length > STEPS_KEPT) steps.shift();
		if (changed.size > 0) changed = new Set();
	}

	return {
		followsCases: actor.roles.some((role) => role === 'counsellor' || role === 'confidant'),
		digest() {
			bringUpToDate();
			return digest;
		},
		revisions() {
			bringUpToDate();
			return held;
		},
		read,
		changedSince(root) {
			bringUpToDate();
			const from = steps.findLastIndex((step) => step.root === root);
			if (from === -1) return undefined;
			return new Set(steps.slice(from).flatMap((step) => [...step.ids]));
		},
		touch(ids) {
			if (ids === 'everything') everything = true;
			else ids.forEach((id) => touched.add(id));
		},
	};
}
