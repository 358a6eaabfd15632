import { can, maskFor } from '#domain/access/access.ts';
import type { AccessFacts, Actor } from '#domain/access/rules.ts';
import type { DocumentOf, DocumentType, DomainDocument } from '#domain/document.ts';
import { processingIdFor, quarantineDecisionIdFor, type PersonId } from '#domain/id.ts';
import type { PushItem, PushRequest, PushResponse, Receipt } from '#domain/sync/messages.ts';
import { readRescueFile, type RescueFile } from '#domain/sync/rescue.ts';
import type { RescueOutcome } from '#domain/sync/rescue-outcome.ts';
import type { Envelope } from '#server/store/envelope.ts';
import { hangsOn } from '#domain/retention/hanging-on.ts';
import type { DenyRecord } from '#server/retention/deny-list.ts';
import { canonical } from './canonical.ts';
import { unknownTo, type Edition } from './editions.ts';
import { Forgetting } from './forgetting.ts';
import type { ServerAnswer } from './school-server.ts';
import { atSchool } from './school-clock.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Milliseconds between judging a document and storing it, and for a second server to hear of new rights. */
const RIGHTS_SETTLE_MS = 2_500;

/** Who asked, as far as judging an answer needs it. */
export interface Asker {
	readonly name: string;
	readonly personId: PersonId;
	readonly edition: Edition;
}

/** What a server process believed when it answered; a second server on one database may be a moment behind. */
export interface ServerMind {
	get(id: string): Envelope | undefined;
}

type Refusal = Extract<Receipt['result'], { kind: 'rejected' | 'conflict' }>;

interface Sent {
	readonly item: PushItem;
	readonly personId: PersonId;
	readonly edition: Edition;
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
	readonly #leftInFile = new Set<string>();
	readonly #sequences = new Map<string, string>();
	/** Per device: what each revision was told, last word last. */
	readonly #told = new Map<string, Map<string, Receipt['result']>>();
	readonly #refusedChains = new Set<string>();
	readonly #erasedChains = new Set<string>();
	readonly #lostByRestore = new Set<string>();
	readonly #forgetting: Forgetting;
	#rightsChangedAt = 0;

	constructor(time: VirtualTime) {
		this.#time = time;
		const fail = (message: string) => this.fail(message);
		this.#forgetting = new Forgetting({ time, records: this.#records, fail });
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

	/** The school said that this document is gone for good, with all that was written on it. */
	wasToldErased(device: string, id: string): boolean {
		return this.#erasedChains.has(`${device} ${id}`);
	}

	/** A coordinator took in what had been refused. */
	isAccepted(rev: string): boolean {
		return this.all('quarantineEntry').some((entry) => {
			const decision = this.#records.get(quarantineDecisionIdFor(entry.id))?.doc;
			return entry.itemRev === rev && decision?.type === 'quarantineDecision' && decision.decision.kind === 'accepted';
		});
	}

	/** It was refused, and lies where the coordinator sees it. */
	isQuarantined(rev: string): boolean {
		return this.all('quarantineEntry').some(({ itemRev }) => itemRev === rev);
	}

	/** The school said no to a revision of this document, so a newer one may take its place. */
	chainRefused(device: string, id: string): boolean {
		return this.#refusedChains.has(`${device} ${id}`);
	}

	/** The school's disk has this now. */
	noteStored(record: Envelope): void {
		const { id, deviceId, seq } = record;
		const rev = asSent(record.rev);
		const standing = this.#records.get(id);
		this.#records.set(id, record);
		if (record.doc.type === 'monthCounts') {
			const before = standing?.doc.type === 'monthCounts' ? standing.doc : undefined;
			this.#forgetting.noteCounts(record.doc, before);
		}
		if (!deviceId) {
			this.#rightsChangedAt = this.#time.now;
			return;
		}
		if (this.#stored.has(rev) && !this.#lostByRestore.delete(rev)) this.fail(`${id} ${rev} was stored twice`);
		this.#stored.set(rev, record);

		const sent = this.#sent.get(rev);
		if (!sent) return this.fail(`${id} ${rev} was stored and never sent`);
		this.#judgeContents(sent, record, standing);
		if (record.authorId !== sent.personId) this.fail(`${id} ${rev} was stored under another author`);

		const sequence = `${deviceId} ${seq}`;
		const before = this.#sequences.get(sequence);
		if (before !== undefined && before !== rev) this.fail(`${sequence} stands for ${before} and for ${rev}`);
		this.#sequences.set(sequence, rev);

		if (standing && asSent(standing.rev) !== sent.item.baseRev && standing.rev !== sent.item.baseRev) {
			this.fail(
				`an edit disappeared: ${rev} of ${id} was written on ${sent.item.baseRev} and replaced ${standing.rev}`,
			);
		}
		const known = revisionsOf(record);
		const forgotten = standing && revisionsOf(standing).find((each) => !known.includes(each));
		if (forgotten !== undefined) this.fail(`${id} forgot that it once was ${forgotten}`);

		// What was judged a moment ago is not wrong because the rights changed while it was being written.
		if (this.#time.now - this.#rightsChangedAt < RIGHTS_SETTLE_MS) return;
		const actor = this.#authorOf(sent.personId, rev);
		if (!actor || !this.#mayWrite(actor, record.doc, standing))
			this.fail(`${sent.personId} may not write ${id} (${record.doc.type})`);
	}

	/** As it was sent; and of an older app also what it cannot know, as that stood there. */
	#judgeContents({ item, edition }: Sent, { id, doc }: Envelope, standing: Envelope | undefined): void {
		const kept = Object.entries(standing?.doc ?? {}).filter(([field]) => unknownTo(edition, doc.type).includes(field));
		const lost = kept.find(([field]) => !(field in doc));
		if (lost) return this.fail(`${id} ${item.rev} took ${lost[0]} away, of which its app knows nothing`);
		const expected = { ...Object.fromEntries(kept), ...(item.doc as object) };
		if (canonical(expected) !== canonical(doc)) this.fail(`${id} ${item.rev} was stored otherwise than it was sent`);
	}

	/** Who has left can still be heard through a file. */
	#authorOf(personId: PersonId, rev: string): Actor | undefined {
		const doc = this.#records.get(personId)?.doc;
		if (doc?.type !== 'person' || (doc.hasLeft && !this.#leftInFile.has(rev))) return undefined;
		return { personId, schoolId: doc.schoolId, roles: doc.roles, groupIds: doc.groupIds, siteIds: doc.siteIds };
	}

	/** In a file now, to be carried by hand. */
	noteRescued(asker: Asker, items: readonly PushItem[]): void {
		for (const item of items) {
			this.#noteLeft(asker, item);
			this.#leftInFile.add(item.rev);
		}
	}

	/** It may be taken in at any time, so its device can no longer take it back. */
	hasLeftInFile(rev: string): boolean {
		return this.#leftInFile.has(rev);
	}

	/** The school says that it took in a file: then nothing of it is nowhere. */
	noteTakenIn({ items }: RescueFile, { stored, known, erased, refused }: RescueOutcome): void {
		if (stored + known + erased + refused !== items.length)
			this.fail(`of the ${items.length} in a rescue file ${stored + known + erased + refused} have an outcome`);
		for (const item of items) {
			const { id, rev } = item;
			const isThere = (this.#stored.has(rev) && !this.#lostByRestore.has(rev)) || this.isAccepted(rev);
			if (!isThere && !this.isQuarantined(rev) && !this.#isErased(item))
				this.fail(`${id} ${rev} was in a rescue file that was taken in, and the school has it nowhere`);
		}
	}

	noteDenied({ id, because }: DenyRecord): void {
		this.#forgetting.noteDenied(id, because);
	}

	noteRemoved(id: string): void {
		const record = this.#records.get(id);
		if (!record) return;
		this.#records.delete(id);
		this.#forgetting.noteRemoved(record);
		this.#rightsChangedAt = this.#time.now;
	}

	/**
	 * A backup took the place of the school's disk.
	 * @returns the newest revisions that are not there any more, and that a device made.
	 */
	noteRestored(records: readonly Envelope[]): Envelope[] {
		const before = [...this.#records.values()];
		this.#records.clear();
		for (const record of records) this.#records.set(record.id, record);
		this.#forgetting.noteRestored(records);
		const known = new Set(records.flatMap(revisionsOf));
		for (const rev of this.#stored.keys()) if (!known.has(rev)) this.#lostByRestore.add(rev);
		this.#rightsChangedAt = this.#time.now;
		return before.filter(({ rev, deviceId }) => deviceId !== null && !known.has(asSent(rev)));
	}

	/** It was there once, a backup without it took its place at `at`, and nothing of the kind was written or erased since. */
	isLost({ id, rev }: Envelope, at: number): boolean {
		const standing = this.#records.get(id);
		const isNewer = standing !== undefined && Date.parse(standing.receivedAt) >= at;
		return this.#lostByRestore.has(asSent(rev)) && !isNewer && !this.#forgetting.isDenied(id);
	}

	/** Who may no longer write a document takes what the school has of it (decision 0013). */
	mayOfferBack(personId: PersonId, { id, doc }: Envelope, since: number): boolean {
		const person = this.#records.get(personId);
		const actor = this.actorOf(personId);
		if (!person || !actor || Date.parse(person.receivedAt) >= since) return false;
		return this.#mayWrite(actor, doc, this.#records.get(id));
	}

	/** Nothing that was erased, or whose year is over, is on the school's disk any more. */
	judgeForgotten(): void {
		this.#forgetting.judge(hangsOn);
	}

	/** A server answered; whether the answer arrives is another matter. */
	noteAnswer(asker: Asker, path: string, body: Uint8Array, answer: ServerAnswer, mind: ServerMind): void {
		if (answer.status !== 200) return;
		if (path === '/sync/push') {
			const { items } = JSON.parse(Buffer.from(body).toString()) as PushRequest;
			const { receipts } = JSON.parse(answer.body) as PushResponse;
			for (const item of items) this.#judgeReceipt(asker, item, receipts);
		} else if (path === '/api/rescue') {
			const file = readRescueFile((JSON.parse(Buffer.from(body).toString()) as { file: string }).file);
			if (file.ok) this.noteTakenIn(file.value, JSON.parse(answer.body) as RescueOutcome);
		} else if (answer.type === 'application/x-ndjson') {
			const [, ...lines] = answer.body.trimEnd().split('\n');
			for (const line of lines) {
				const { id, doc } = JSON.parse(line) as { id: string; doc?: DomainDocument };
				if (doc && this.#forgetting.isDenied(id) && !mind.get(id))
					this.fail(`${asker.name} was sent ${id}, which was erased`);
				else if (doc) this.#judgeSight(asker, id, doc, mind);
			}
		}
	}

	/** Before a server sees it. */
	noteSent(asker: Asker, path: string, body: Uint8Array): void {
		if (path !== '/sync/push') return;
		const { items } = JSON.parse(Buffer.from(body).toString()) as PushRequest;
		for (const item of items) this.#noteLeft(asker, item);
	}

	#noteLeft({ personId, edition }: Asker, item: PushItem): void {
		const earlier = this.#sent.get(item.rev);
		if (earlier && canonical(earlier.item.doc) !== canonical(item.doc))
			this.fail(`${item.rev} was sent with other contents`);
		this.#sent.set(item.rev, { item, personId, edition: earlier?.edition ?? edition });
	}

	/** Alone in its push and still too large: nobody will ever take it. */
	noteTooLarge({ name }: Asker, path: string, body: Uint8Array): void {
		if (path !== '/sync/push') return;
		const { items } = JSON.parse(Buffer.from(body).toString()) as PushRequest;
		const [only] = items;
		if (only && items.length === 1) this.#refusedChains.add(`${name} ${only.id}`);
	}

	/** The device has the whole answer in hand. */
	noteDelivered(asker: Asker, path: string, answer: ServerAnswer): void {
		if (path !== '/sync/push' || answer.status !== 200 || !answer.type.includes('json')) return;
		const { receipts } = JSON.parse(answer.body) as PushResponse;
		const told = this.#told.get(asker.name) ?? new Map<string, Receipt['result']>();
		this.#told.set(asker.name, told);
		for (const { id, rev, result } of receipts) {
			told.set(rev, result);
			if (result.kind === 'erased') this.#erasedChains.add(`${asker.name} ${id}`);
			if (result.kind === 'rejected' || result.kind === 'conflict') this.#refusedChains.add(`${asker.name} ${id}`);
		}
	}

	/** Whoever asks as this person, by the school's own word. */
	actorOf(personId: PersonId, mind: ServerMind = this.#mind): Actor | undefined {
		const doc = mind.get(personId)?.doc;
		if (doc?.type !== 'person' || doc.hasLeft) return undefined;
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
		if (kind === 'erased') {
			if (!this.#isErased(item)) this.fail(`${id} ${rev} was called erased, and nobody erased it`);
			return;
		}
		if (kind === 'rejected' || kind === 'conflict') this.#judgeRefusal(asker, item, receipt.result);
		if (kind === 'stored' || kind === 'duplicate') {
			if ((!stored && !this.isAccepted(rev)) || this.#lostByRestore.has(rev))
				this.fail(`${id} ${rev} got the receipt "${kind}" and is not on the school's disk`);
		} else if (stored && !this.#lostByRestore.has(rev)) {
			this.fail(`${id} ${rev} is stored, and ${asker.name} was told "${kind}"`);
		}
	}

	/** Erased itself, or what it hangs on. */
	#isErased({ id, doc }: PushItem): boolean {
		const written = doc as DomainDocument;
		const accepted =
			written.type === 'quarantineDecision' && written.decision.kind === 'accepted' ? written.decision.document : null;
		const ids = [written, accepted as DomainDocument | null].flatMap((each) =>
			each ? [each.id, ...hangsOn(each)] : [],
		);
		return [id, ...ids].some((each) => this.#forgetting.isDenied(each));
	}

	/** A refusal has a reason that is true, and the coordinator can see it too. */
	#judgeRefusal(asker: Asker, item: PushItem, result: Refusal): void {
		const { id, rev } = item;
		const reason = result.kind === 'conflict' ? 'conflict' : result.reason;
		const entry = this.all('quarantineEntry').find((each) => each.itemRev === rev && each.itemId === id);
		if (!entry) this.fail(`${id} ${rev} of ${asker.name} was refused (${reason}), and no coordinator can see it`);
		const actor = this.actorOf(asker.personId);
		const settled = this.#time.now - this.#rightsChangedAt > RIGHTS_SETTLE_MS;
		// Of a decision it may be what is inside that its author had no right to.
		const isInside = result.kind === 'rejected' && (result.path ?? '').startsWith('decision.');
		if (isInside) return;
		if (
			reason === 'notAllowed' &&
			actor &&
			settled &&
			this.#mayWrite(actor, item.doc as DomainDocument, this.#records.get(id))
		)
			this.fail(`${asker.name} may write ${id} ${rev}, and was told it may not`);
		if (reason === 'inFuture' && !isInFuture(item.doc as { occurredAt?: string }, this.#time.now))
			this.fail(`${id} ${rev} was refused as in the future, and it is not`);
		if (reason === 'conflict' && settled && this.#records.get(id)?.rev === item.baseRev)
			this.fail(`${id} ${rev} was written on what stands there, and was called a conflict`);
		// What it speaks of can only be missing when a backup took it away, or when it was erased.
		const mayBeMissing = this.#lostByRestore.size > 0 || this.#forgetting.hasDenied;
		if (reason === 'unknownReference' && mayBeMissing) return;
		if (!['notAllowed', 'conflict', 'inFuture'].includes(reason)) this.fail(`${id} ${rev} was refused as ${reason}`);
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
		let cases: DocumentOf<'case'>[] | undefined;
		return {
			groupOf: (id) => find('pupil', id)?.groupId,
			siteOfGroup: (id) => find('group', id)?.siteId,
			siteOfPlace: (id) => find('place', id)?.siteId,
			sitesOf: (id) => find('person', id)?.siteIds,
			pupilsAssignedTo: (personId) => {
				cases ??= [...this.#records.keys()].flatMap((id) => find('case', id) ?? []);
				const own = cases.filter(({ memberIds }) => memberIds.includes(personId));
				return new Set(own.flatMap(({ pupils }) => pupils.map(({ pupilId }) => pupilId)));
			},
			isInvited: (personId, caseId, step) =>
				[...this.#records.keys()].some((id) => {
					const invitation = find('stepInvitation', id);
					return invitation?.personId === personId && invitation.caseId === caseId && invitation.step === step;
				}),
			signalsAbout: (pupilId, exceptBy) =>
				[...this.#records.keys()].filter((id) => {
					const signal = find('signal', id);
					return signal?.pupilId === pupilId && signal.notedBy !== exceptBy;
				}).length,
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

/** The server marks what it added a field to that an older app could not know. */
function asSent(rev: string): string {
	return rev.replace(/~k$/, '');
}

function revisionsOf({ rev, past }: Envelope): string[] {
	return [rev, ...past.map((arrival) => arrival.rev)].map(asSent);
}

/** By the clock on the wall at school, summer or winter. */
function isInFuture({ occurredAt = '' }: { readonly occurredAt?: string }, now: number): boolean {
	return occurredAt > atSchool(now);
}
