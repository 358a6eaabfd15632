import { freeSlot, MAX_PEOPLE, ONLY_SLOT } from '#domain/accounts/slots.ts';
import type { PersonId } from '#domain/id.ts';
import type { Session } from '#domain/session.ts';
import { postSignOut } from './account.ts';
import type { SharedPhone } from './device.ts';
import { changePhone, readPhone, type OnPhone } from './kept-phone.ts';
import { keptMarker } from './kept-marker.ts';
import { keepSession } from './kept-session.ts';
import { tellLooksLeft } from './looks-left.ts';
import { ownSlot, speakFor } from './own-slot.ts';
import { addOwed, readOwed, removeOwed, type OwedSignOut } from './owed-sign-outs.ts';
import { forgetLocked, sendLocked } from './send-locked.ts';
import type { SettingsDatabase } from './settings-database.ts';

interface SharedPhoneOptions {
	readonly settings: SettingsDatabase;
	/** Who is here now, behind the PIN or not; `null`: somebody is about to sign in. */
	readonly active: () => PersonId | null;
}

export type PhoneInUse = Awaited<ReturnType<typeof openSharedPhone>>;

/**
 * Several people on one phone, each with a session, a database, keys and a PIN of their own. Whoever comes next gets a
 * page of their own too: changing loads the app anew, so that nothing of the one before is left in memory.
 */
export async function openSharedPhone({ settings, active }: SharedPhoneOptions) {
	let people = $state.raw<readonly OnPhone[]>((await readPhone(settings)) ?? []);
	/** Whose work may still wait here for the network. */
	const unsettled = new Set(people.map(({ session }) => session.personId));

	const of = (personId: PersonId | null) => people.find(({ session }) => session.personId === personId);

	async function change(next: (people: readonly OnPhone[]) => readonly OnPhone[]): Promise<void> {
		people = await changePhone(settings, next);
	}

	/** The server hears it now, or once it can. */
	async function settleSignOuts(): Promise<void> {
		for (const owed of await readOwed(settings)) {
			const { slot } = owed;
			const isTaken = slot !== ONLY_SLOT && people.some((each) => each.slot === slot);
			if (!isTaken) {
				// First, while the server still knows whose they are.
				if (!(await sendWhatIsLeft(owed))) continue;
				await tellLooksLeft(settings, slot);
				if (!(await postSignOut(slot))) continue;
			}
			keptMarker.clear(slot);
			await removeOwed(settings, slot);
		}
	}

	/** Who is not on this phone any more leaves nothing on it that was sent. @returns whether their session may end. */
	async function sendWhatIsLeft({ slot, personId }: OwedSignOut): Promise<boolean> {
		if (personId === null) return true;
		const away = { settings, personId, slot };
		if ((await sendLocked(away)) === 'tryLater') return false;
		if (!of(personId)) await forgetLocked(away);
		return true;
	}

	/** @param waits what they wrote may still lie here. */
	async function remove(personId: PersonId, waits: boolean): Promise<void> {
		const slot = of(personId)?.slot;
		await change((all) => all.filter(({ session }) => session.personId !== personId));
		unsettled.delete(personId);
		if (slot === undefined) return;
		await addOwed(settings, { slot, personId: waits ? personId : null });
		if (!waits) keptMarker.clear(slot);
	}

	let tending: Promise<void> | undefined;
	/** What the others left waiting goes out under their own sessions, and what the school wants gone goes. */
	async function tendOthers(): Promise<void> {
		for (const { slot, session } of people) {
			const { personId } = session;
			if (personId === active() || !unsettled.has(personId)) continue;
			const outcome = await sendLocked({ settings, personId, slot });
			if (outcome === 'forgotten') await remove(personId, false);
			if (outcome !== 'tryLater') unsettled.delete(personId);
		}
		await settleSignOuts();
	}

	/** It waits on, as it did, when it cannot be done now. */
	function tend(): void {
		tending ??= tendOthers()
			.catch(() => undefined)
			.finally(() => (tending = undefined));
	}

	function tendAll(): void {
		for (const { session } of people) unsettled.add(session.personId);
		tend();
	}
	addEventListener('online', tendAll);
	document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && tendAll());

	/** The page speaks for who is signed in here, or else with a number that nobody has. */
	async function speak(): Promise<void> {
		people = (await readPhone(settings)) ?? [];
		const taken = [...people, ...(await readOwed(settings))].map(({ slot }) => slot);
		speakFor(of(active())?.slot ?? freeSlot(taken));
	}

	const forScreens: SharedPhone = {
		get people() {
			return people.map(({ session: { personId, name } }) => ({ personId, name }));
		},
		get isFull() {
			return people.length >= MAX_PEOPLE;
		},
		async change(personId, to = '/') {
			const next = of(personId);
			if (next) await keepSession(settings, next.session);
			else await settings.remove('session');
			history.replaceState(null, '', to);
			location.reload();
		},
	};

	return {
		forScreens,
		has: (personId: PersonId): boolean => of(personId) !== undefined,
		speak,
		tend,
		tendAll,

		/**
		 * Who was here is not any more.
		 * @param bySchool with nobody left, what comes next is a device like any other.
		 * @param waits what they wrote may still lie here.
		 */
		async leave(personId: PersonId, { bySchool, waits }: { bySchool: boolean; waits: boolean }): Promise<void> {
			await remove(personId, waits);
			if (bySchool) await settleSignOuts();
			if (bySchool && people.length === 0) {
				await settings.remove('phone');
				await settings.remove('pinDemanded');
			}
			await forScreens.change(null, '/sign-in');
		},

		/** Signed in here, or with other rights than before. */
		async keep(session: Session): Promise<void> {
			const { personId } = session;
			const former = of(personId)?.slot;
			const slot = ownSlot();
			await change((all) => [
				...all.filter((each) => each.session.personId !== personId && each.slot !== slot),
				{ slot, session },
			]);
			unsettled.add(personId);
			if (former !== undefined && former !== slot) await addOwed(settings, { slot: former, personId: null });
		},
	};
}
