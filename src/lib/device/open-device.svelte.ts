import type { DomainDocument } from '#domain/document.ts';
import type { PersonId } from '#domain/id.ts';
import { ok, refuse, type Result } from '#domain/result.ts';
import type { Session, SignInRequest } from '#domain/session.ts';
import { writeRescueFile } from '#domain/sync/write-rescue.ts';
import { leaseMsFor, type Lease } from '#domain/access/lease.ts';
import type { DeviceContact } from '#domain/accounts/devices.ts';
import { watchForUpdates } from './app-update.svelte.ts';
import { browserSurroundings } from './browser-surroundings.ts';
import type {
	Device,
	LocalNotes,
	Loss,
	Replica,
	RescueDownload,
	SaveOptions,
	SaveProblem,
	SignOutRefusal,
	SyncStatus,
} from './device.ts';
import { keptMarker } from './kept-marker.ts';
import { keepSession, readSession } from './kept-session.ts';
import { openSealing } from './open-sealing.ts';
import { ownSlot } from './own-slot.ts';
import { openPersonWork, type PersonWork } from './person-work.ts';
import { createPinLock } from './pin-lock.svelte.ts';
import { SettingsDatabase } from './settings-database.ts';
import type { PhoneInUse } from './shared-phone.svelte.ts';
import { createStorageHealth } from './storage-health.svelte.ts';
import { keepFieldsToOurselves } from './unremembered-fields.ts';

const NOBODYS_REPLICA: Replica = { get: () => undefined, all: () => [] };
const HOLDS: Lease = { kind: 'holds' };
const schoolSeal = () => import('./school-seal.ts');
const IDLE: SyncStatus = { busy: false, lastEqualAt: null, problem: null, progress: null };

/** Opens what this device holds for whoever is signed in, without asking the network. */
export async function openDevice(appVersion: string): Promise<Device> {
	keepFieldsToOurselves();
	const settings = new SettingsDatabase();
	const update = watchForUpdates();
	const storage = await createStorageHealth(settings);
	let session = $state.raw<Session | null>(null);
	let work = $state.raw<PersonWork | null>(null);
	let loss = $state.raw<Loss | null>(null);
	let forgotten = $state((await settings.read('forgotten')) === true);

	/** Loaded when it is needed: the page is not there for it. */
	const account = () => import('./account.ts');

	let phone = $state.raw<PhoneInUse | null>(null);
	async function openPhone(): Promise<PhoneInUse> {
		const { openSharedPhone } = await import('./shared-phone.svelte.ts');
		return openSharedPhone({ settings, active: () => session?.personId ?? null });
	}

	async function enter(next: Session): Promise<void> {
		await work?.close();
		void storage.look();
		const sealing = await openSealing(settings, next.personId, pin.keysOf(next.personId));
		await pin.begin(next.personId, sealing.isLocked);
		if (sealing.isLocked) {
			work = null;
			session = next;
			return sendWhileLocked();
		}
		// Loaded while the disk is read; a save waits for it.
		const toSchool = schoolSeal().then(
			(seal) => seal.openSchoolSeal(settings, next),
			() => null,
		);
		work = await openPersonWork(
			{ ...browserSurroundings(next.personId, settings, sealing), toSchool },
			{
				onLeft: leaveQuietly,
				onRights() {
					void askForRights();
					void schoolSeal().then((seal) => seal.renewSchoolKey(settings, next), reportError);
				},
				onOutdated: () => update.look(),
				leaseMs: leaseMsFor(next.roles),
				onForget: () => void forget(),
				onSynced() {
					void tellOfThisDevice();
					phone?.tend();
				},
				onKept: (state) => keptMarker.write({ ...state, personId: next.personId }),
			},
		);
		session = next;
		work.loop.request();
		const unreadable = await work.store.outbox.countSetAside();
		if (unreadable > 0) loss = { unsent: unreadable };
	}

	const pin = createPinLock({
		settings,
		owner: () => session?.personId ?? null,
		name: () => session?.name ?? '',
		onLock() {
			void work?.close();
			work = null;
			sendWhileLocked();
		},
		async onOpen() {
			if (session) await enter(session);
		},
		async onGone() {
			void work?.close();
			await endHere({ waits: true });
		},
	});

	/** Also once there is a network again. */
	function sendWhileLocked(): void {
		const personId = session?.personId;
		if (!personId || !pin.forScreens.locked) return;
		const sending = import('./send-locked.ts').then(async ({ sendLocked }) => {
			if ((await sendLocked({ settings, personId, slot: ownSlot() })) === 'forgotten') await nothingLeft();
		});
		// It waits on, as it did.
		sending.catch(() => undefined);
	}
	addEventListener('online', sendWhileLocked);

	/** Another tab signed this person out. */
	function leaveQuietly(): void {
		void work?.close();
		work = null;
		session = null;
		pin.forget();
	}

	/** What a person may do can have changed at the server since the session was kept. */
	async function askForRights(): Promise<void> {
		const current = await (await account()).fetchSession();
		if (!current || current.personId !== session?.personId) return;
		if (JSON.stringify(current) === JSON.stringify(session)) return;
		session = current;
		await keepSession(settings, current);
		await phone?.keep(current);
	}

	/** Told again only when it changed: the server hears of every sync anyway. */
	let told = '';
	async function tellOfThisDevice(): Promise<void> {
		const deviceId = await work?.store.deviceId();
		if (!deviceId) return;
		const contact: DeviceContact = { deviceId, appVersion, unsent: unsentCount(), persistent: storage.persistent };
		const text = JSON.stringify(contact);
		if (text === told) return;
		told = text;
		if (!(await (await account()).tellServer(contact))) told = '';
	}

	/** The school took this device off, and what waited here is sent: the rest goes, and the server hears that it did. */
	async function forget(): Promise<void> {
		const notes = work?.store.notes;
		// Who looked must not be wiped with the rest; what the server cannot be told now goes all the same.
		if (notes) await import('./looks.ts').then(({ tellLooks }) => tellLooks({ notes })).catch(() => undefined);
		if (!work || (await work.leave()) > 0) return;
		await nothingLeft();
		// Behind it: messages carry no name, and what must go is gone.
		await import('./web-push.ts').then(({ unsubscribeFromPush }) => unsubscribeFromPush()).catch(() => undefined);
	}

	/** The school had it so; told until somebody signs in. */
	async function nothingLeft(): Promise<void> {
		await settings.write('forgotten', true);
		forgotten = true;
		await endHere({ bySchool: true });
	}

	/** Nothing of this person is here any more; the server still has to hear it. */
	async function endHere({ bySchool = false, waits = false } = {}): Promise<void> {
		const personId = session?.personId;
		await settings.remove('session');
		if (!phone) await settings.write('signOutDue', true);
		if (!phone || !waits) keptMarker.clear(ownSlot());
		work = null;
		session = null;
		pin.forget();
		if (phone && personId) await phone.leave(personId, { bySchool, waits });
		else void finishSignOut();
	}

	/** Another number than before: this person's database was made anew since the last visit. */
	async function noticeLoss({ personId }: Session): Promise<void> {
		const deviceId = await work?.store.deviceId();
		if (kept && kept.personId === personId && deviceId && kept.deviceId !== deviceId) loss = { unsent: kept.unsent };
	}

	const remembered = await readSession(settings);
	if (await settings.read('phone')) {
		phone = await openPhone();
		if (remembered && phone.has(remembered.personId)) session = remembered;
		await phone.speak();
	} else session = remembered;
	const kept = keptMarker.read();
	if (session) {
		await enter(session);
		void noticeLoss(session);
	} else if (!phone) {
		if (await settings.read('signOutDue')) void finishSignOut();
		else if (kept) loss = { unsent: kept.unsent };
	}
	phone?.tendAll();

	const unsentCount = () => work?.store.replica.unsentCount ?? 0;
	/** Where only the newer app can still send, waiting until everything is sent would be waiting for ever. */
	const isOutdated = () => work?.loop.status.problem === 'updateNeeded';
	const updateReady = () => update.waiting && (unsentCount() === 0 || isOutdated());

	async function finishSignOut(): Promise<void> {
		// First, while the server still knows whose they are.
		await tellLooksLeft();
		if (await (await account()).postSignOut()) await settings.write('signOutDue', false);
	}

	/** @returns the way back. */
	async function keepLooks(personId: PersonId, notes: LocalNotes): Promise<() => Promise<void>> {
		const { keepLooksLeft } = await import('./looks-left.ts');
		// A full disk keeps nobody signed in.
		return keepLooksLeft(settings, personId, notes).catch(() => async () => undefined);
	}

	async function tellLooksLeft(): Promise<void> {
		const left = await settings.read('looksLeft');
		if (left) await (await import('./looks-left.ts')).tellLooksLeft(settings);
	}

	async function adopt(next: Session): Promise<void> {
		await settings.write('signOutDue', false);
		await settings.write('forgotten', false);
		forgotten = false;
		await keepSession(settings, next);
		await phone?.keep(next);
		await schoolSeal()
			.then((seal) => seal.renewSchoolKey(settings, next))
			.catch(() => undefined);
		await enter(next);
		void tellLooksLeft();
	}

	return {
		get session() {
			return session;
		},
		get documents() {
			return work?.store.replica ?? NOBODYS_REPLICA;
		},
		get sync() {
			return work?.loop.status ?? IDLE;
		},
		get unsentCount() {
			return unsentCount();
		},
		get unsent() {
			return work?.store.replica.unsent ?? [];
		},
		deliveryOf: (id) => work?.store.replica.deliveryOf(id),
		async save(documents: readonly DomainDocument[], options?: SaveOptions): Promise<Result<void, SaveProblem>> {
			const saved = work ? await work.save(documents, options) : refuse<SaveProblem>({ kind: 'storageFailed' });
			if (saved.ok) void storage.askToKeep();
			void storage.look();
			return saved;
		},
		undo: async (id) => ((await work?.undo(id)) ? 'removed' : 'tooLate'),
		syncNow: () => work?.loop.request(),
		async rescueFile(appVersion: string): Promise<RescueDownload | null> {
			const items = (await work?.store.unsentItems()) ?? [];
			if (!work || !session || items.length === 0) return null;
			const madeAt = new Date().toISOString();
			const { schoolId, personId } = session;
			const deviceId = await work.store.deviceId();
			const text = writeRescueFile({ madeAt, appVersion, schoolId, personId, deviceId, items });
			return { name: `pleinwacht-${madeAt.slice(0, 16).replace(':', '')}.json`, text };
		},
		get clockBehindBy() {
			return work?.clock.behindBy ?? 0;
		},
		notes: {
			get: async (name) => work?.store.notes.get(name),
			put: async (name, value) => work?.store.notes.put(name, value),
			remove: async (name) => work?.store.notes.remove(name),
		},
		signInOptions: async () => (await account()).fetchSignInOptions(),
		async signIn(request: SignInRequest, isShared = false) {
			const begins = isShared && !phone;
			// Another tab may have let somebody in since.
			if (!session) await phone?.speak();
			const answer = begins
				? await (await import('./begin-sharing.ts')).signInAsFirst(settings, request, session?.personId ?? null)
				: await (await account()).postSignIn(request);
			if (!answer.ok) return answer;
			if (begins) phone = await openPhone();
			await adopt(answer.value);
			phone?.tend();
			return answer;
		},
		adopt,
		async signOut(): Promise<Result<void, SignOutRefusal>> {
			const takeBack = work && session && (await keepLooks(session.personId, work.store.notes));
			const waiting = (await work?.leave()) ?? 0;
			if (waiting > 0) {
				await takeBack?.();
				return refuse({ kind: 'unsent', count: waiting });
			}
			await settings.write('forgotten', false);
			forgotten = false;
			await endHere();
			return ok(undefined);
		},
		pin: pin.forScreens,
		get phone() {
			return phone?.forScreens ?? null;
		},
		get persistent() {
			return storage.persistent;
		},
		get space() {
			return storage.space;
		},
		get loss() {
			return loss;
		},
		acceptLoss() {
			loss = null;
			void work?.store.outbox.forgetSetAside();
			if (!session) keptMarker.clear();
		},
		get lease() {
			return work?.lease.current ?? HOLDS;
		},
		get forgotten() {
			return forgotten;
		},
		get updateHeld() {
			return update.waiting && !updateReady();
		},
		get updateReady() {
			return updateReady();
		},
		applyUpdate() {
			if (updateReady()) update.apply();
		},
	};
}
