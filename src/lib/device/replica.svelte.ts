import { DOCUMENT_SCHEMAS, type DocumentOf, type DocumentType, type DomainDocument } from '#domain/document.ts';
import { createDigest } from '#domain/sync/digest.ts';
import type { Delivery, Replica, UnsentDocument } from './device.ts';
import type { HeldChange, HeldEntry } from './held-store.ts';
import { readDocument } from './readable.ts';

/** The newest revision made here of a document, while it has not arrived. */
export interface OwnRevision extends UnsentDocument {
	readonly seq: number;
	/** Another value: another version of the same row. */
	readonly shiftedBy: number;
}

const TYPES = Object.keys(DOCUMENT_SCHEMAS) as DocumentType[];

/**
 * Everything this person may see, in memory: what the server gave, and over it what was made here and has not
 * arrived. Each kind of document has a version that readers follow, so a screen wakes up for its own kinds only.
 */
export class MemoryReplica implements Replica {
	readonly #held = new Map<string, HeldEntry>();
	readonly #digest = createDigest();
	readonly #byType = new Map<DocumentType, Map<string, DomainDocument>>(TYPES.map((type) => [type, new Map()]));
	readonly #lists = new Map<DocumentType, readonly DomainDocument[]>();
	readonly #typeOf = new Map<string, DocumentType>();
	#own: ReadonlyMap<string, OwnRevision> = $state.raw(new Map());
	#arrived: ReadonlySet<string> = $state.raw(new Set());
	#unseen = $state(0);
	#versions: Record<DocumentType, number> = $state(
		Object.fromEntries(TYPES.map((type) => [type, 0])) as Record<DocumentType, number>,
	);

	get<T extends DocumentType>(type: T, id: string): DocumentOf<T> | undefined {
		void this.#versions[type];
		return this.#byType.get(type)?.get(id) as DocumentOf<T> | undefined;
	}

	all<T extends DocumentType>(type: T): readonly DocumentOf<T>[] {
		void this.#versions[type];
		let list = this.#lists.get(type);
		if (!list) this.#lists.set(type, (list = [...(this.#byType.get(type)?.values() ?? [])]));
		return list as readonly DocumentOf<T>[];
	}

	/** Oldest first. */
	get unsent(): readonly UnsentDocument[] {
		return [...this.#own.values()].sort((a, b) => a.seq - b.seq);
	}

	get unsentCount(): number {
		return this.#own.size + this.#unseen;
	}

	/** How many documents wait that only the school can open. */
	get unseen(): number {
		return this.#unseen;
	}

	get own(): ReadonlyMap<string, OwnRevision> {
		return this.#own;
	}

	get arrived(): ReadonlySet<string> {
		return this.#arrived;
	}

	deliveryOf(id: string): Delivery | undefined {
		return this.#own.get(id)?.delivery ?? (this.#arrived.has(id) ? { kind: 'arrived' } : undefined);
	}

	/** The server's revision this document stands at here; `null` when it has none. */
	heldRev(id: string): string | null {
		return this.#held.get(id)?.rev ?? null;
	}

	/** As the server gave it. */
	heldEntry(id: string): HeldEntry | undefined {
		return this.#held.get(id);
	}

	/** The server's version of a document this app can read, whatever was made here since. */
	heldDocument(id: string): DomainDocument | undefined {
		const held = this.#held.get(id);
		return held && readDocument(held.doc, id);
	}

	get digest(): { readonly root: () => string; readonly buckets: () => string[]; readonly count: () => number } {
		return this.#digest;
	}

	held(): IterableIterator<HeldEntry> {
		return this.#held.values();
	}

	applyHeld(changes: readonly HeldChange[]): void {
		for (const change of changes) {
			const before = this.#held.get(change.id);
			if (before) this.#digest.remove(before.id, before.rev);
			if (change.rev === null) this.#held.delete(change.id);
			else {
				this.#held.set(change.id, change);
				this.#digest.add(change.id, change.rev);
			}
		}
		this.#refresh(changes.map((change) => change.id));
	}

	/** Forgets what the server gave, before it is read anew. What was made here stays. */
	clearHeld(): void {
		this.applyHeld([...this.#held.keys()].map((id) => ({ id, rev: null })));
	}

	setOwn(own: ReadonlyMap<string, OwnRevision>, arrived: ReadonlySet<string>, unseen = 0): void {
		const changed = [...new Set([...this.#own.keys(), ...own.keys()])].filter(
			(id) => this.#own.get(id) !== own.get(id),
		);
		this.#own = own;
		this.#arrived = arrived;
		this.#unseen = unseen;
		this.#refresh(changed);
	}

	/** After a conflict the school's version counts; the one made here stays in `unsent`. */
	#documentOf(id: string): DomainDocument | undefined {
		const own = this.#own.get(id);
		const held = this.#held.get(id);
		const isConflict = own?.delivery.kind === 'notAccepted' && own.delivery.reason === 'conflict';
		if (own && !(isConflict && held)) return own.document;
		return held && readDocument(held.doc, id);
	}

	#refresh(ids: readonly string[]): void {
		const touched = new Set<DocumentType>();
		for (const id of ids) {
			const before = this.#typeOf.get(id);
			const document = this.#documentOf(id);
			if (before) touched.add(before);
			if (before && before !== document?.type) this.#byType.get(before)?.delete(id);
			if (document) {
				touched.add(document.type);
				this.#byType.get(document.type)?.set(id, document);
				this.#typeOf.set(id, document.type);
			} else {
				this.#typeOf.delete(id);
			}
		}
		for (const type of touched) {
			this.#lists.delete(type);
			this.#versions[type]++;
		}
	}
}
