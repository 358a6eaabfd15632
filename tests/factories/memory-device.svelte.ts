import type { Delivery, Device, Loss, SaveProblem, SyncProblem, SyncStatus } from '#lib/device/device.ts';
import type { DocumentOf, DocumentType, DomainDocument } from '#domain/document.ts';
import type { PersonId } from '#domain/id.ts';
import { ok, refuse } from '#domain/result.ts';
import type { Session, SignInOptions } from '#domain/session.ts';
import type { RefusalReason } from '#domain/sync/messages.ts';

/** A device without disk or network, for tests of screens; a test plays the server through the extra methods. */
export interface MemoryDevice extends Device {
	/** Every document saved through the screen, in order. */
	readonly saved: readonly DomainDocument[];
	readonly syncRequests: number;
	arrive(id: string): void;
	refuse(id: string, reason: RefusalReason | 'conflict'): void;
	/** What a pull would have brought. */
	receive(documents: readonly DomainDocument[]): void;
	failSavesWith(problem: SaveProblem | null): void;
	setProblem(problem: SyncProblem | null): void;
	setProgress(progress: SyncStatus['progress']): void;
	setClockBehindBy(ms: number): void;
	setSpace(space: Device['space']): void;
	setLease(lease: Device['lease']): void;
	lose(loss: Loss): void;
	/** A newer app is complete and waits. */
	bringUpdate(): void;
	readonly appliedUpdates: number;
	/** Whom this phone was changed to, in order. */
	readonly changes: readonly (PersonId | null)[];
}

export interface MemoryDeviceOptions {
	readonly session?: Session | null;
	readonly documents?: readonly DomainDocument[];
	readonly notes?: Readonly<Record<string, unknown>>;
	readonly signInOptions?: SignInOptions | null;
	/** The school had this device forget everything. */
	readonly forgotten?: boolean;
	/** `null`: the first sync is not through yet. */
	readonly lastEqualAt?: Date | null;
	readonly pin?: string;
	/** Who shares this phone. */
	readonly phone?: readonly { readonly personId: PersonId; readonly name: string }[];
}

export function createMemoryDevice(options: MemoryDeviceOptions = {}): MemoryDevice {
	let session = $state.raw(options.session ?? null);
	let documents = $state.raw<ReadonlyMap<string, DomainDocument>>(byId(options.documents ?? []));
	let deliveries = $state.raw<ReadonlyMap<string, Delivery>>(new Map());
	let problem = $state.raw<SyncProblem | null>(null);
	let persistent = $state.raw<boolean | null>(null);
	let progress = $state.raw<SyncStatus['progress']>(null);
	let clockBehindBy = $state(0);
	let space = $state.raw<Device['space']>(null);
	let lease = $state.raw<Device['lease']>({ kind: 'holds' });
	let loss = $state.raw<Loss | null>(null);
	let updateWaits = $state(false);
	let appliedUpdates = 0;
	let saveProblem: SaveProblem | null = null;
	let syncRequests = 0;
	const { lastEqualAt = new Date('2026-11-20T12:00:00Z') } = options;
	const saved: DomainDocument[] = [];
	const changes: (PersonId | null)[] = [];
	const phone: Device['phone'] = options.phone
		? { people: options.phone, isFull: false, change: async (personId) => void changes.push(personId) }
		: null;
	const notes = new Map<string, unknown>(Object.entries(options.notes ?? {}));

	let pinIs = $state.raw<string | null>(options.pin ?? null);
	let pinLocked = $state(false);
	let isPinDemanded = $state(false);
	const tryPin = (given: string | null) =>
		given === pinIs ? ok(undefined) : refuse({ kind: 'wrong', left: 9, waitMs: 0 } as const);
	const pin: Device['pin'] = {
		get locked() {
			return pinLocked;
		},
		get isSet() {
			return pinIs !== null;
		},
		isPasskey: false,
		possible: true,
		get isDemanded() {
			return isPinDemanded;
		},
		get isDue() {
			return isPinDemanded && pinIs === null;
		},
		demand: async () => void (isPinDemanded = true),
		lock: () => void (pinLocked = pinIs !== null),
		async unlock(given, read) {
			const answer = tryPin(given);
			if (!answer.ok) return answer;
			await read?.();
			pinLocked = false;
			return answer;
		},
		check: async (given) => tryPin(given),
		async replace(current, next) {
			const answer = tryPin(current);
			if (answer.ok) pinIs = next;
			return answer;
		},
		mayBePasskey: async () => false,
		usePasskey: async () => refuse({ kind: 'noPasskey' } as const),
		async forget() {
			pinIs = null;
			pinLocked = false;
			session = null;
		},
	};

	const setDelivery = (id: string, delivery: Delivery) => (deliveries = new Map(deliveries).set(id, delivery));
	const receive = (news: readonly DomainDocument[]) => (documents = new Map([...documents, ...byId(news)]));
	const unsent = () =>
		[...deliveries].flatMap(([id, delivery]) => {
			const document = documents.get(id);
			return delivery.kind === 'arrived' || !document ? [] : [{ document, delivery }];
		});

	return {
		get session() {
			return session;
		},
		documents: {
			get: (type, id) => {
				const found = documents.get(id);
				return found?.type === type ? (found as DocumentOf<typeof type>) : undefined;
			},
			all: <T extends DocumentType>(type: T) =>
				[...documents.values()].filter((document): document is DocumentOf<T> => document.type === type),
		},
		get sync() {
			return { busy: false, lastEqualAt, problem, progress };
		},
		get unsentCount() {
			return unsent().length;
		},
		get unsent() {
			return unsent();
		},
		deliveryOf: (id) => deliveries.get(id),
		save: async (news) => {
			if (saveProblem) return refuse(saveProblem);
			for (const document of news) {
				// What IndexedDB cannot store must fail here too.
				saved.push(structuredClone(document));
				setDelivery(document.id, { kind: 'savedHere' });
			}
			receive(news);
			persistent ??= true;
			return ok(undefined);
		},
		undo: async (id) => {
			if (deliveries.get(id)?.kind === 'arrived') return 'tooLate';
			documents = new Map([...documents].filter(([key]) => key !== id));
			deliveries = new Map([...deliveries].filter(([key]) => key !== id));
			return 'removed';
		},
		syncNow: () => {
			syncRequests++;
		},
		notes: {
			get: async (name) => notes.get(name),
			put: async (name, value) => void notes.set(name, structuredClone(value)),
			remove: async (name) => void notes.delete(name),
		},
		signInOptions: async () => options.signInOptions ?? null,
		signIn: async () => (session ? ok(session) : refuse({ kind: 'refused' })),
		adopt: async (next) => void (session = next),
		signOut: async () => {
			if (unsent().length > 0) return refuse({ kind: 'unsent', count: unsent().length });
			session = null;
			return ok(undefined);
		},
		pin,
		phone,
		get changes() {
			return changes;
		},
		get persistent() {
			return persistent;
		},
		rescueFile: async (appVersion) =>
			unsent().length === 0 ? null : { name: 'rescue.json', text: JSON.stringify({ appVersion, items: unsent() }) },
		get clockBehindBy() {
			return clockBehindBy;
		},
		get space() {
			return space;
		},
		get loss() {
			return loss;
		},
		get lease() {
			return lease;
		},
		get forgotten() {
			return options.forgotten ?? false;
		},
		acceptLoss: () => (loss = null),
		get updateReady() {
			return updateWaits && (unsent().length === 0 || problem === 'updateNeeded');
		},
		get updateHeld() {
			return updateWaits && unsent().length > 0 && problem !== 'updateNeeded';
		},
		applyUpdate: () => void appliedUpdates++,
		get appliedUpdates() {
			return appliedUpdates;
		},
		get saved() {
			return saved;
		},
		get syncRequests() {
			return syncRequests;
		},
		arrive: (id) => setDelivery(id, { kind: 'arrived' }),
		refuse: (id, reason) => setDelivery(id, { kind: 'notAccepted', reason }),
		receive,
		failSavesWith: (next) => (saveProblem = next),
		setProblem: (next) => (problem = next),
		setProgress: (next) => (progress = next),
		setClockBehindBy: (ms) => (clockBehindBy = ms),
		setSpace: (next) => (space = next),
		setLease: (next) => (lease = next),
		lose: (next) => (loss = next),
		bringUpdate: () => (updateWaits = true),
	};
}

function byId(documents: readonly DomainDocument[]): Map<string, DomainDocument> {
	return new Map(documents.map((document) => [document.id, document]));
}
