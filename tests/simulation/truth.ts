import { can, maskFor } from '#domain/access/access.ts';
import type { AccessFacts, Actor } from '#domain/access/rules.ts';
import type { DocumentOf, DocumentType, DomainDocument } from '#domain/document.ts';
import { processingIdFor, type PersonId } from '#domain/id.ts';
import type { PushItem, PushRequest, PushResponse, Receipt } from '#domain/sync/messages.ts';
import type { Envelope } from '#server/store/envelope.ts';
import { canonical } from './canonical.ts';
import type { ServerAnswer } from './school-server.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Milliseconds between judging a document and storing it, and for a second server to hear of new rights. */
const RIGHTS_SETTLE_MS = 2_500;

/** Who asked, as far as judging an answer needs it. */
export interface Asker {
	readonly name: string;
	readonly personId: PersonId;
}

/** What a server process believed when it answered; a second server on one database may be a moment behind. */
export interface ServerMind {
	get(id: string): Envelope | undefined;
}

interface Sent {
	readonly item: PushItem;
	readonly personId: PersonId;
}

/**
 * What really happened, noted beside the product and never by it: what was pushed, what lies on the school's disk, what
 * was answered. The rights are the domain's own table; the product under test may be a copy with a planted bug.
 */
export class Truth {
	/** The first thing that was not as promised. */
	failure: string | null = null;
	readonly #time: VirtualTime;
	/** The school's disk, as it stands. */
	readonly #records = new Map<string, Envelope>();
	/** Every revision a device made that ever lay on the school's disk. */
	readonly #stored = new Map<string, Envelope>();
	readonly #sent = new Map<string, Sent>();
	readonly #sequences = new Map<string, string>();
	/** Per device: what each revision was told, last word last. */
	readonly #told = new Map<string, Map<string, Receipt['result']>>();
	readonly #refusedChains = new Set<string>();
	readonly #lostByRestore = new Set<string>();
	#rightsChangedAt = 0;

	constructor(time: VirtualTime) {
		this.#time = time;
	}

	fail(message: string): void {
		if (this.failure === null) {
			this.failure = message;
			this.#time.note(`FAILED ${message}`);
		}
	}

	isStored(rev: string): boolean {
		return this.#stored.has(rev);
	}

	told(device: string, rev: string): Receipt['result'] | undefined {
		return this.#told.get(device)?.get(rev);
	}

	/** The school said no to a revision of this document, so a newer one may take its place. */
	chainRefused(device: string, id: string): boolean {
		return this.#refusedChains.has(`${device} ${id}`);
	}

	/** The school's disk has this now. */
	noteStored(record: Envelope): void {
		const { id, rev, deviceId, seq } = record;
		const standing = this.#records.get(id);
		this.#records.set(id, record);
		if (!deviceId) {
			this.#rightsChangedAt = this.#time.now;
			return;
		}
		if (this.#stored.has(rev) && !this.#lostByRestore.delete(rev)) this.fail(`${id} ${rev} was stored twice`);
		this.#stored.set(rev, record);

		const sent = this.#sent.get(rev);
		if (!sent) return this.fail(`${id} ${rev} was stored and never sent`);
		if (canonical(sent.item.doc) !== canonical(record.doc))
			this.fail(`${id} ${rev} was stored otherwise than it was sent`);
		if (record.authorId !== sent.personId) this.fail(`${id} ${rev} was stored under another author`);

		const sequence = `${deviceId} ${seq}`;
		const before = this.#sequences.get(sequence);
		if (before !== undefined && before !== rev) this.fail(`${sequence} stands for ${before} and for ${rev}`);
		this.#sequences.set(sequence, rev);

		if (standing && standing.rev !== sent.item.baseRev) {
			this.fail(
				`an edit disappeared: ${rev} of ${id} was written on ${sent.item.baseRev} and replaced ${standing.rev}`,
			);
		}
		const known = [record.rev, ...record.past.map((arrival) => arrival.rev)];
		const forgotten =
			standing && [standing.rev, ...standing.past.map((each) => each.rev)].find((each) => !known.includes(each));
		if (forgotten !== undefined) this.fail(`${id} forgot that it once was ${forgotten}`);

		// What was judged a moment ago is not wrong because the rights changed while it was being written.
		if (this.#time.now - this.#rightsChangedAt < RIGHTS_SETTLE_MS) return;
		const actor = this.actorOf(sent.personId);
		if (!actor || !this.#mayWrite(actor, record.doc, standing))
			this.fail(`${sent.personId} may not write ${id} (${record.doc.type})`);
	}

	/** A server answered; whether the answer arrives is another matter. */
	noteAnswer(asker: Asker, path: string, body: Uint8Array, answer: ServerAnswer, mind: ServerMind): void {
		if (answer.status !== 200) return;
		if (path === '/sync/push') {
			const { items } = JSON.parse(Buffer.from(body).toString()) as PushRequest;
			const { receipts } = JSON.parse(answer.body) as PushResponse;
			for (const item of items) this.#judgeReceipt(asker, item, receipts);
		} else if (answer.type === 'application/x-ndjson') {
			const [, ...lines] = answer.body.trimEnd().split('\n');
			for (const line of lines) {
				const { id, doc } = JSON.parse(line) as { id: string; doc?: DomainDocument };
				if (doc) this.#judgeSight(asker, id, doc, mind);
			}
		}
	}

	/** Before a server sees it. */
	noteSent(asker: Asker, path: string, body: Uint8Array): void {
		if (path !== '/sync/push') return;
		const { items } = JSON.parse(Buffer.from(body).toString()) as PushRequest;
		for (const item of items) {
			const earlier = this.#sent.get(item.rev);
			if (earlier && canonical(earlier.item.doc) !== canonical(item.doc))
				this.fail(`${item.rev} was sent with other contents`);
			this.#sent.set(item.rev, { item, personId: asker.personId });
		}
	}

	/** The device has the whole answer in hand. */
	noteDelivered(asker: Asker, path: string, answer: ServerAnswer): void {
		if (path !== '/sync/push' || answer.status !== 200 || !answer.type.includes('json')) return;
		const { receipts } = JSON.parse(answer.body) as PushResponse;
		const told = this.#told.get(asker.name) ?? new Map<string, Receipt['result']>();
		this.#told.set(asker.name, told);
		for (const { id, rev, result } of receipts) {
			told.set(rev, result);
			if (result.kind === 'rejected' || result.kind === 'conflict') this.#refusedChains.add(`${asker.name} ${id}`);
		}
	}

	/** Whoever asks as this person, by the school's own word. */
	actorOf(personId: PersonId, mind: ServerMind = this.#mind): Actor | undefined {
		const doc = mind.get(personId)?.doc;
		if (doc?.type !== 'person') return undefined;
		return { personId, schoolId: doc.schoolId, roles: doc.roles, groupIds: doc.groupIds, siteIds: doc.siteIds };
	}

	/** All that this person may see now: id and contents, as they may be seen. */
	visibleTo(personId: PersonId): Map<string, string> {
		const actor = this.actorOf(personId);
		const visible = new Map<string, string>();
		if (!actor) return visible;
		const facts = this.#factsFrom(this.#mind);
		for (const { id, doc } of this.#records.values()) {
			if (can(actor, 'read', { doc, facts })) visible.set(id, canonical(maskFor(actor, doc, facts)));
		}
		return visible;
	}

	all<T extends DocumentType>(type: T): DocumentOf<T>[] {
		return [...this.#records.values()].flatMap(({ doc }) => (doc.type === type ? [doc as DocumentOf<T>] : []));
	}

	get #mind(): ServerMind {
		return this.#records;
	}

	#judgeReceipt(asker: Asker, item: PushItem, receipts: readonly Receipt[]): void {
		const { id, rev, seq } = item;
		const receipt = receipts.find((each) => each.seq === seq && each.rev === rev && each.id === id);
		if (!receipt) return this.fail(`${id} ${rev} was pushed and got no answer`);
		const { kind } = receipt.result;
		const stored = this.#stored.get(rev);
		if (kind === 'stored' || kind === 'duplicate') {
			if (!stored || this.#lostByRestore.has(rev))
				this.fail(`${id} ${rev} got the receipt "${kind}" and is not on the school's disk`);
		} else if (stored && !this.#lostByRestore.has(rev) && kind !== 'erased') {
			this.fail(`${id} ${rev} is stored, and ${asker.name} was told "${kind}"`);
		}
	}

	#judgeSight(asker: Asker, id: string, doc: DomainDocument, mind: ServerMind): void {
		const maySee = [this.#mind, mind].some((each) => {
			const actor = this.actorOf(asker.personId, each);
			const whole = each.get(id)?.doc;
			const facts = this.#factsFrom(each);
			if (!actor || !whole || !can(actor, 'read', { doc: whole, facts })) return false;
			return canonical(maskFor(actor, whole, facts)) === canonical(doc);
		});
		if (!maySee) this.fail(`${asker.name} was sent ${id} (${doc.type}), to which it has no right like this`);
	}

	#mayWrite(actor: Actor, doc: DomainDocument, standing: Envelope | undefined): boolean {
		const facts = this.#factsFrom(this.#mind);
		if (!standing) return can(actor, 'create', { doc, facts });
		return can(actor, 'revise', { doc: standing.doc, next: doc, facts });
	}

	#factsFrom(mind: ServerMind): AccessFacts {
		const find = <T extends DocumentType>(type: T, id: string) => {
			const doc = mind.get(id)?.doc;
			return doc?.type === type ? (doc as DocumentOf<T>) : undefined;
		};
		return {
			groupOf: (id) => find('pupil', id)?.groupId,
			siteOfGroup: (id) => find('group', id)?.siteId,
			siteOfPlace: (id) => find('place', id)?.siteId,
			sitesOf: (id) => find('person', id)?.siteIds,
			pupilsAssignedTo: (personId) => {
				const cases = [...this.#records.keys()].flatMap((id) => find('case', id) ?? []);
				const own = cases.filter(({ memberIds }) => memberIds.includes(personId));
				return new Set(own.flatMap(({ pupils }) => pupils.map(({ pupilId }) => pupilId)));
			},
			observation: (id) => find('observation', id),
			processingOf: (id) => find('processing', processingIdFor(id)),
			case: (id) => find('case', id),
			ageOf: (id) => {
				const receivedAt = mind.get(id)?.receivedAt;
				return receivedAt === undefined ? 0 : this.#time.now - Date.parse(receivedAt);
			},
		};
	}
}
