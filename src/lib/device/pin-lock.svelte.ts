import type { PersonId } from '#domain/id.ts';
import { ok, refuse, type Result } from '#domain/result.ts';
import { dropDataKey, isKeyRow, type DeviceKeys } from './device-keys.ts';
import type { PinLock, PinRefusal } from './device.ts';
import type { SettingsDatabase } from './settings-database.ts';

export interface PinLockOptions {
	readonly settings: SettingsDatabase;
	/** Whose PIN; `null`: nobody is signed in. */
	readonly owner: () => PersonId | null;
	/** What a passkey is called where the device lists them. */
	readonly name: () => string;
	/** What is open must be closed, and forgotten by memory. */
	onLock(): void;
	onOpen(): Promise<void>;
	/** There is nothing left that a PIN opens: who it is signs in anew. */
	onGone(): Promise<void>;
}

/** The PIN of who is signed in, and the keys it opened for this page. */
export function createPinLock({ settings, owner, name, onLock, onOpen, onGone }: PinLockOptions) {
	let locked = $state(false);
	let isSet = $state(false);
	let isPasskey = $state(false);
	let isDemanded = $state(false);
	/** The PIN was right, and the pages are still reading. */
	let isUnlocking = false;
	let opened: { readonly owner: PersonId; readonly keys: DeviceKeys } | null = null;
	/** Just given, so that changing it tries it once: a try takes a second or two. */
	let checked: string | null = null;

	const possible = () => globalThis.crypto?.subtle !== undefined;

	/** Loaded when a PIN is used: what makes guessing slow is large. */
	const pinKeys = () => import('./pin-keys.ts');
	const passkeyKeys = () => import('./passkey-keys.ts');

	function lock(): void {
		if (!isSet || locked || owner() === null) return;
		opened = null;
		checked = null;
		locked = true;
		onLock();
	}

	/** Loaded where there is a PIN. */
	let away: { touched(): void } | undefined;
	async function lockWhenAway(): Promise<void> {
		if (!isSet) return;
		away ??= (await import('./lock-when-away.ts')).lockWhenAway({ isHandedOut: () => isDemanded, lock });
		away.touched();
	}

	/** On disk the key is behind the PIN; in this page it stays open. */
	async function open(current: string | null, now = Date.now()): Promise<Result<void, PinRefusal>> {
		const personId = owner();
		if (personId === null) return refuse({ kind: 'dropped' });
		const answer = isPasskey
			? await (await passkeyKeys()).openWithPasskey(settings, personId)
			: await (await pinKeys()).openWithPin(settings, personId, current ?? '', now);
		if (answer.ok) {
			opened = { owner: personId, keys: answer.keys };
			return ok(undefined);
		}
		if (answer.error.kind === 'dropped') await gone();
		return refuse(answer.error);
	}

	/** Nobody is signed in. */
	function shut(): void {
		opened = null;
		checked = null;
		locked = false;
		isSet = false;
		isPasskey = false;
		isDemanded = false;
	}

	async function gone(): Promise<void> {
		shut();
		await onGone();
	}

	async function replace(
		current: string | null,
		next: string | { readonly passkeyFor: string } | null,
	): Promise<Result<void, PinRefusal>> {
		const personId = owner();
		if (personId === null) return refuse({ kind: 'dropped' });
		// A passkey is asked for by what follows.
		if (isSet && !isPasskey && current !== checked) {
			const answer = await open(current);
			if (!answer.ok) return answer;
		}
		checked = null;
		const isDone = await (await pinKeys()).replacePin(settings, personId, { current, next });
		if (!isDone) return refuse({ kind: 'noPasskey' });
		isSet = next !== null;
		isPasskey = typeof next === 'object' && next !== null;
		await lockWhenAway();
		return ok(undefined);
	}

	const lockForScreens: PinLock = {
		get locked() {
			return locked;
		},
		get isSet() {
			return isSet;
		},
		get possible() {
			return possible();
		},
		get isPasskey() {
			return isPasskey;
		},
		get isDemanded() {
			return isDemanded;
		},
		get isDue() {
			return isDemanded && !isSet && possible();
		},
		lock,
		async unlock(current, read) {
			const answer = await open(current);
			if (!answer.ok) return answer;
			isUnlocking = true;
			try {
				await onOpen();
				await read?.();
			} finally {
				isUnlocking = false;
			}
			locked = false;
			away?.touched();
			return answer;
		},
		async check(current) {
			const answer = await open(current);
			checked = answer.ok ? current : null;
			return answer;
		},
		replace,
		mayBePasskey: async () => !isDemanded && possible() && (await passkeyKeys()).mayHavePasskey(),
		usePasskey: (current) => replace(current, { passkeyFor: name() }),
		async demand() {
			await settings.write('pinDemanded', owner());
			isDemanded = true;
		},
		async forget() {
			const personId = owner();
			if (personId !== null) await dropDataKey(settings, personId);
			await gone();
		},
	};

	return {
		forScreens: lockForScreens,
		/** What a PIN opened in this page. */
		keysOf: (personId: PersonId): DeviceKeys | undefined => (opened?.owner === personId ? opened.keys : undefined),
		/** @param isLocked what lies on disk is behind a PIN that was not given here yet. */
		async begin(personId: PersonId, isLocked: boolean): Promise<void> {
			const row = await settings.read(`keys-${personId}`);
			isPasskey = isKeyRow(row) && row.passkey !== undefined;
			isSet = isPasskey || (isKeyRow(row) && row.pin !== undefined);
			const demanded = await settings.read('pinDemanded');
			isDemanded = demanded === true || demanded === personId;
			locked = isLocked || isUnlocking;
			await lockWhenAway();
		},
		forget: shut,
	};
}
