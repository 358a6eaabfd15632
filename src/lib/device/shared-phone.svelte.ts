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
import { sendLocked } from './send-locked.ts';
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

	async function readDue(): Promise<readonly number[]> {
		const due = await settings.read('slotsDue');
		return Array.isArray(due) ? due.map(Number) : [];
	}

	/** The server hears it now, or once it can. */
	async function owe(slot: number): Promise<void> {
		await settings.replace('slotsDue', (due) => [...new Set([...(Array.isArray(due) ? due : []), slot])]);
		keptMarker.clear(slot);
	}

	async function settleSignOuts(): Promise<void> {
		for (const slot of await readDue()) {
			const isTaken = slot !== ONLY_SLOT && people.some((each) => each.slot === slot);
			if (!isTaken) {
				// First, while the server still knows whose they are.
				await tellLooksLeft(settings, slot);
				if (!(await postSignOut(slot))) continue;
			}
			await settings.replace('slotsDue', (due) => (Array.isArray(due) ? due.filter((each) => each !== slot) : []));
		}
	}

	/** Nothing of this person is here any more. */
	async function remove(personId: PersonId): Promise<void> {
		const slot = of(personId)?.slot;
		await change((all) => all.filter(({ session }) => session.personId !== personId));
		unsettled.delete(personId);
		if (slot !== undefined) await owe(slot);
	}

	let tending: Promise<void> | undefined;
	/** What the others left waiting goes out under their own sessions, and what the school wants gone goes. */
	async function tendOthers(): Promise<void> {
		for (const { slot, session } of people) {
			const { personId } = session;
			if (personId === active() || !unsettled.has(personId)) continue;
			const outcome = await sendLocked({ settings, personId, slot });
			if (outcome === 'forgotten') await remove(personId);
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
		const taken = [...people.map(({ slot }) => slot), ...(await readDue())];
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
		 * Nothing of who was here is here any more.
		 * @param bySchool with nobody left, what comes next is a device like any other.
		 */
		async leave(personId: PersonId, bySchool: boolean): Promise<void> {
			await remove(personId);
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
			if (former !== undefined && former !== slot) await owe(former);
		},
	};
}
