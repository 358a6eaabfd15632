import type { AccessFacts, Actor } from '#domain/access/rules.ts';
import type { DocumentOf, DocumentType } from '#domain/document.ts';
import type { DeviceId, PersonId, SchoolId } from '#domain/id.ts';
import { processingIdFor } from '#domain/id.ts';
import type { QuarantineEntry } from '#domain/quarantine/quarantine.ts';
import type { School } from '#domain/school/roster.ts';
import type { Clock } from '#server/clock.ts';
import type { DenyList } from '#server/retention/deny-list.ts';
import type { Change, Checkpoint, DocumentStore, Write } from '#server/store/document-store.ts';
import type { Arrival, Envelope } from '#server/store/envelope.ts';
import { assignedPupils } from './assigned-pupils.ts';
import { entriesByAuthor } from './entries-by-author.ts';
import { createView, type View } from './view.ts';

/** What is new, and what was erased as it last stood. */
type ReplicaListener = (changed: readonly Envelope[]) => void;

/** People come and go; views not asked for lately make room. */
const MAX_VIEWS = 500;

/**
 * One school in memory, kept level with its store: so that rights, digests and references are answered without
 * reading a disk. All writing goes through `write`, after which the writer reads its own writes.
 */
export interface SchoolReplica {
	readonly school: School;
	readonly facts: AccessFacts;
	readonly checkpoint: Checkpoint | null;
	get(id: string): Envelope | undefined;
	find<T extends DocumentType>(type: T, id: string): DocumentOf<T> | undefined;
	all<T extends DocumentType>(type: T): DocumentOf<T>[];
	envelopes(): Iterable<Envelope>;
	/** What of this person lies in quarantine, closed or decided about included. */
	refusedOf(authorId: PersonId): QuarantineEntry[];
	/** What this (device, seq) brought earlier. */
	arrivalOf(deviceId: DeviceId, seq: number): { readonly id: string; readonly rev: string } | undefined;
	/** `false` per write that met another revision; the replica then knows that revision. */
	write(writes: readonly Write<Envelope>[]): Promise<boolean[]>;
	/** Takes documents out of store and memory. Only for what the deny list keeps out from now on: see `erase`. */
	remove(ids: readonly string[]): Promise<void>;
	viewFor(actor: Actor): View;
	/** Called after each change. Returns the way to stop. */
	onChange(listener: ReplicaListener): () => void;
	close(): Promise<void>;
}

export async function openReplica(
	store: DocumentStore<Envelope>,
	schoolId: SchoolId,
	now: Clock,
	denyList: Pick<DenyList, 'reasonFor'>,
): Promise<SchoolReplica> {
	const documents = new Map<string, Envelope>();
	const byType = new Map<DocumentType, Map<string, Envelope>>();
	/** Documents whose visibility hangs on this one: parts of a case; what was said about an observation; signals about a pupil. */
	const dependants = new Map<string, Set<string>>();
	const quarantined = entriesByAuthor();
	const arrivals = new Map<string, { id: string; rev: string }>();
	const views = new Map<string, View>();
	const assigned = assignedPupils(() => replica.all('case'));
	const listeners = new Set<ReplicaListener>();
	/** Denied, and perhaps still in the store. */
	const leftBehind = new Set<string>();
	let checkpoint: Checkpoint | null = null;

	function accept(envelope: Envelope): boolean {
		const { id, doc } = envelope;
		// The feed may bring what was erased while it was read.
		if (denyList.reasonFor(id)) return false;
		const standing = documents.get(id);
		// The feed may still bring a revision that a write has overtaken.
		if (standing?.rev === envelope.rev || standing?.past.some((arrival) => arrival.rev === envelope.rev)) return false;
		documents.set(id, envelope);
		ofType(doc.type).set(id, envelope);
		quarantined.note(doc);
		const parent = parentOf(envelope);
		if (parent) linked(parent).add(id);
		noteArrival(id, envelope);
		envelope.past.forEach((arrival) => noteArrival(id, arrival));
		return true;
	}

	function forget(id: string): Envelope | undefined {
		const standing = documents.get(id);
		if (!standing) return undefined;
		documents.delete(id);
		byType.get(standing.doc.type)?.delete(id);
		quarantined.forget(standing.doc);
		dependants.get(parentOf(standing) ?? '')?.delete(id);
		for (const { deviceId, seq } of [standing, ...standing.past]) arrivals.delete(`${deviceId} ${seq}`);
		return standing;
	}

	function noteArrival(id: string, { deviceId, seq, rev }: Arrival) {
		if (deviceId && seq !== null) arrivals.set(`${deviceId} ${seq}`, { id, rev });
	}

	function ofType(type: DocumentType): Map<string, Envelope> {
		const standing = byType.get(type) ?? new Map<string, Envelope>();
		byType.set(type, standing);
		return standing;
	}

	function linked(id: string): Set<string> {
		const standing = dependants.get(id) ?? new Set<string>();
		dependants.set(id, standing);
		return standing;
	}

	/** Everything whose visibility may change with this document. */
	function touchedBy({ id, doc }: Envelope): readonly string[] | 'everything' {
		// Who is in which group, and which group at which site, decides for many; such a change is rare.
		if (doc.type === 'pupil') return 'everything';
		if (doc.type === 'group' || doc.type === 'place' || doc.type === 'person') return 'everything';
		const parent = doc.type === 'processing' ? doc.observationId : doc.type === 'signal' ? doc.pupilId : id;
		return [id, parent, ...(dependants.get(parent) ?? [])];
	}

	function apply(envelopes: readonly Envelope[], removed: readonly string[] = []) {
		const changed = [...envelopes.filter(accept), ...removed.flatMap((id) => forget(id) ?? [])];
		if (changed.length === 0) return;
		const touched = changed.map(touchedBy);
		const all = touched.includes('everything');
		const casesChanged = changed.some(({ doc }) => doc.type === 'case');
		if (casesChanged) assigned.forget();
		for (const view of views.values()) {
			view.touch(all || (casesChanged && view.followsCases) ? 'everything' : new Set(touched.flat()));
		}
		listeners.forEach((listener) => listener(changed));
	}

	/** Out of sight at once, also when the store is away; then the next removal takes them along. */
	async function remove(ids: readonly string[]) {
		apply([], ids);
		for (const id of ids) leftBehind.add(id);
		const all = [...leftBehind];
		if (all.length === 0) return;
		await store.removeAll(all);
		for (const id of all) leftBehind.delete(id);
	}

	function find<T extends DocumentType>(type: T, id: string): DocumentOf<T> | undefined {
		return byType.get(type)?.get(id)?.doc as DocumentOf<T> | undefined;
	}

	const facts: AccessFacts = {
		groupOf: (id) => find('pupil', id)?.groupId,
		siteOfGroup: (id) => find('group', id)?.siteId,
		siteOfPlace: (id) => find('place', id)?.siteId,
		observation: (id) => find('observation', id),
		processingOf: (id) => find('processing', processingIdFor(id)),
		case: (id) => find('case', id),
		pupilsAssignedTo: (personId) => assigned.of(personId),
		isInvited: (personId, caseId, step) =>
			[...(dependants.get(caseId) ?? [])].some((id) => {
				const invitation = find('stepInvitation', id);
				return invitation?.personId === personId && invitation.step === step;
			}),
		signalsAbout: (pupilId, exceptBy) =>
			[...(dependants.get(pupilId) ?? [])].filter((id) => {
				const signal = find('signal', id);
				return signal && signal.notedBy !== exceptBy;
			}).length,
		sitesOf: (personId) => find('person', personId)?.siteIds,
		ageOf(id) {
			const receivedAt = documents.get(id)?.receivedAt;
			return receivedAt === undefined ? 0 : now().getTime() - Date.parse(receivedAt);
		},
	};

	const replica: SchoolReplica = {
		facts,
		get school() {
			const school = find('school', schoolId);
			if (!school) throw new Error('The school is not in its own database');
			return school;
		},
		get checkpoint() {
			return checkpoint;
		},
		get: (id) => documents.get(id),
		find,
		all: <T extends DocumentType>(type: T) =>
			Array.from(byType.get(type)?.values() ?? [], ({ doc }) => doc as DocumentOf<T>),
		envelopes: () => documents.values(),
		refusedOf: (authorId) => quarantined.of(authorId),
		arrivalOf: (deviceId, seq) => arrivals.get(`${deviceId} ${seq}`),
		async write(writes) {
			if (writes.length === 0) return [];
			const outcomes = await store.putAll(writes);
			apply(writes.filter((_, i) => outcomes[i]?.ok).map(({ record }) => record));
			const refused = writes.filter((_, i) => !outcomes[i]?.ok);
			const standing = await Promise.all(refused.map(({ record }) => store.get(record.id)));
			apply(standing.filter((envelope) => envelope !== undefined));
			return outcomes.map(({ ok }) => ok);
		},
		remove,
		viewFor(actor) {
			const key = [actor.personId, ...actor.roles, ...actor.groupIds, ...(actor.siteIds ?? [])].join(' ');
			const view = views.get(key) ?? createView(actor, { facts, documents, now });
			views.delete(key);
			views.set(key, view);
			const [oldest] = views.keys();
			if (views.size > MAX_VIEWS && oldest !== undefined) views.delete(oldest);
			return view;
		},
		onChange(listener) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
		close: () => stopFollowing(),
	};

	/** Erased, and back: from a backup, by a server that did not know yet, or because one was killed half-way. */
	async function removeDenied(changes: readonly Change<Envelope>[]) {
		await remove(changes.flatMap(({ id, record }) => (record && denyList.reasonFor(id) ? id : [])));
	}

	for await (const changes of store.changes(null)) {
		await removeDenied(changes);
		for (const { record } of changes) if (record) accept(record);
		checkpoint = changes.at(-1)?.checkpoint ?? checkpoint;
	}
	const stopFollowing = store.follow(checkpoint, async (changes) => {
		await removeDenied(changes).catch(() => {});
		checkpoint = changes.at(-1)?.checkpoint ?? checkpoint;
		apply(
			changes.flatMap(({ record }) => record ?? []),
			changes.flatMap(({ id, record }) => (record ? [] : id)),
		);
	});
	return replica;
}

function parentOf({ doc }: Envelope): string | undefined {
	if ('observationId' in doc) return doc.observationId;
	if (doc.type === 'signal') return doc.pupilId;
	return 'caseId' in doc ? doc.caseId : undefined;
}
