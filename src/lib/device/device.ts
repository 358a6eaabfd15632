import type { Lease } from '#domain/access/lease.ts';
import type { SignInDue } from '#domain/accounts/messages.ts';
import type { DocumentOf, DocumentType, DomainDocument } from '#domain/document.ts';
import type { PersonId } from '#domain/id.ts';
import type { Result } from '#domain/result.ts';
import type { Session, SignInOptions, SignInRequest } from '#domain/session.ts';
import type { RefusalReason } from '#domain/sync/messages.ts';

/** Where a document of this device's own making stands. Only true states (D3). */
export type Delivery =
	| { readonly kind: 'savedHere' }
	| { readonly kind: 'arrived' }
	| { readonly kind: 'notAccepted'; readonly reason: RefusalReason | 'conflict' };

/** A document of this device's own making that has not arrived; this device's own version of it. */
export interface UnsentDocument {
	readonly document: DomainDocument;
	readonly delivery: Exclude<Delivery, { readonly kind: 'arrived' }>;
}

/** `mustForget`: the school took this device off; what waits is sent, and then everything goes (D11). */
export type SyncProblem = 'unreachable' | 'signedOut' | 'mustForget' | 'updateNeeded' | 'serverFault';

export interface SyncStatus {
	readonly busy: boolean;
	/** Last time the server said that both sides hold the same; `null`: the first sync is not through yet. */
	readonly lastEqualAt: Date | null;
	readonly problem: SyncProblem | null;
	/** During a first sync: documents received of the total. */
	readonly progress: { readonly received: number; readonly total: number } | null;
}

export interface StorageSpace {
	readonly usedBytes: number;
	/** What the browser would still give. */
	readonly freeBytes: number;
	readonly isLow: boolean;
}

export type SaveProblem = { readonly kind: 'storageFull' } | { readonly kind: 'storageFailed' };

export interface SaveOptions {
	/** Kept back from sending for the undo window, unless the app is put away first. */
	readonly undoable?: boolean;
}

/** What this person may see here, in memory. Reading inside `$derived` or markup follows changes. */
export interface Replica {
	get<T extends DocumentType>(type: T, id: string): DocumentOf<T> | undefined;
	all<T extends DocumentType>(type: T): readonly DocumentOf<T>[];
}

/** What a screen may keep across reload and lock: drafts, the place last used. Never synced. */
export interface LocalNotes {
	get(name: string): Promise<unknown>;
	put(name: string, value: unknown): Promise<void>;
	remove(name: string): Promise<void>;
}

export type SignOutRefusal = { readonly kind: 'unsent'; readonly count: number };
export type SignInProblem =
	| { readonly kind: 'refused' }
	| { readonly kind: 'unreachable' }
	/** The first factor was right; a second still stands between. */
	| SignInDue;

export type PinRefusal =
	/** `left`: how often one may still try; the next try waits `waitMs`. */
	| { readonly kind: 'wrong'; readonly left: number; readonly waitMs: number }
	| { readonly kind: 'wait'; readonly waitMs: number }
	/** No passkey was given, or this device cannot make one. */
	| { readonly kind: 'noPasskey' }
	/** Too often wrong: nothing on this device can be read any more; what waits can still be sent. */
	| { readonly kind: 'dropped' };

/** The PIN of who is signed in here, in front of what this device keeps (D11). */
export interface PinLock {
	/** Nothing can be shown before the PIN is given. */
	readonly locked: boolean;
	readonly isSet: boolean;
	/** What is set is a passkey of this device, given by finger or face, and no PIN. */
	readonly isPasskey: boolean;
	/** This browser can keep keys. */
	readonly possible: boolean;
	/** The school handed out this phone with it: there is no way around a PIN, and none to take it away. */
	readonly isDemanded: boolean;
	/** One is demanded, and was not chosen yet: nothing else is shown before. */
	readonly isDue: boolean;
	/** Does nothing where no PIN is set. */
	lock(): void;
	/**
	 * @param pin `null` where it is a passkey.
	 * @param read what the pages read of this device; until that is done it stays locked.
	 */
	unlock(pin: string | null, read?: () => Promise<void>): Promise<Result<void, PinRefusal>>;
	/** Whether it is the PIN, before anybody is asked for another. */
	check(pin: string): Promise<Result<void, PinRefusal>>;
	/** Sets, changes or takes away (`next` is `null`) the PIN; `current` where one is set. */
	replace(current: string | null, next: string | null): Promise<Result<void, PinRefusal>>;
	/** Whether a passkey can take its place here; not on a phone that is handed out, whose screen lock many may know. */
	mayBePasskey(): Promise<boolean>;
	/** Puts a passkey in the place of the PIN; `current` where one is set. */
	usePasskey(current: string | null): Promise<Result<void, PinRefusal>>;
	/** From here on whoever is signed in here needs one. */
	demand(): Promise<void>;
	/** Forgotten: who it is signs in anew. What waits to be sent stays. */
	forget(): Promise<void>;
}

/** A phone that several people share: each has a session, a PIN and work of their own (D11). */
export interface SharedPhone {
	readonly people: readonly { readonly personId: PersonId; readonly name: string }[];
	/** Nobody else finds room. */
	readonly isFull: boolean;
	/**
	 * Loads the app anew for this person, `null`: for somebody who signs in. Needs no network.
	 * @param to where it opens.
	 */
	change(personId: PersonId | null, to?: string): Promise<void>;
}

/** A file for the person to keep: see `domain/sync/rescue.ts`. */
export interface RescueDownload {
	readonly name: string;
	readonly text: string;
}

/** The browser threw away what this device kept. */
export interface Loss {
	/** How much of it had not been sent. */
	readonly unsent: number;
}

/**
 * This device's replica of the school, its outbox and its sync: the one way for features to load and save.
 * Properties are live: read them in markup or `$derived`. The screen never waits for the network.
 */
export interface Device {
	readonly session: Session | null;
	readonly documents: Replica;
	readonly sync: SyncStatus;
	/** Everything saved here that has not arrived, refused ones included. */
	readonly unsentCount: number;
	/**
	 * The same, one by one, oldest first. After a conflict `documents` shows the school's version and this the one
	 * made here, so that neither is lost (D3).
	 */
	readonly unsent: readonly UnsentDocument[];
	/** `undefined` for a document that this device did not make. */
	deliveryOf(id: string): Delivery | undefined;
	/** One IndexedDB transaction, strict durability, record and outbox together. Resolves when it is on disk. */
	save(documents: readonly DomainDocument[], options?: SaveOptions): Promise<Result<void, SaveProblem>>;
	/**
	 * `removed`: it never left this device, or the server did not take it and the person gives it up.
	 * `tooLate`: it was sent, so it takes a withdrawal.
	 */
	undo(id: string): Promise<'removed' | 'tooLate'>;
	syncNow(): void;
	/** Everything unsent as one file; `null` when nothing is. */
	rescueFile(appVersion: string): Promise<RescueDownload | null>;
	/** By how many milliseconds this device's clock is behind, below 0 ahead; 0: right, or nobody told yet. */
	readonly clockBehindBy: number;
	readonly notes: LocalNotes;
	/** `null`: the server cannot be reached now. */
	signInOptions(): Promise<SignInOptions | null>;
	/** @param isShared several people share this phone from now on. */
	signIn(request: SignInRequest, isShared?: boolean): Promise<Result<Session, SignInProblem>>;
	/** Takes over a session that was begun in another way: a password, a passkey, the school's own account. */
	adopt(session: Session): Promise<void>;
	/** Refuses while something is unsent (D3). */
	signOut(): Promise<Result<void, SignOutRefusal>>;
	readonly pin: PinLock;
	/** `null`: a device of one person. */
	readonly phone: SharedPhone | null;
	/** Whether the browser promised to keep the data; `null` when not asked yet. */
	readonly persistent: boolean | null;
	/** How much room there is; `null` when the browser does not say. */
	readonly space: StorageSpace | null;
	/** Noticed when the app was opened, until the person has seen it. */
	readonly loss: Loss | null;
	acceptLoss(): void;
	/** How long this device may still keep what it may read, without contact (D11). */
	readonly lease: Lease;
	/** The school had this device forget everything; told until somebody signs in. */
	readonly forgotten: boolean;
	/** A newer app waits, and nothing is unsent or only it can send what is: it may be let in (D3). */
	readonly updateReady: boolean;
	/** A newer app waits for what is unsent. */
	readonly updateHeld: boolean;
	/** Loads the newer app. Does nothing while something is unsent. */
	applyUpdate(): void;
}
