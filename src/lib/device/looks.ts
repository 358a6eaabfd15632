import { ulid } from 'ulid';
import * as z from 'zod/mini';
import { Look, LOOKS_PER_REQUEST, WhoLooked, type LookKind } from '#domain/access/looks.ts';
import type { PupilId } from '#domain/id.ts';
import { seesEveryGroup } from '#domain/school/roles.ts';
import type { Session } from '#domain/session.ts';
import type { Instant } from '#domain/time/local-time.ts';
import { post, type Answer } from './ask-server.ts';
import type { Device, LocalNotes } from './device.ts';
import { LOOKS_NOTE } from './local-notes.ts';

/** What was looked at without a network waits as a note; it is no document, and never comes back to a device. */
const Waiting = z.catch(z.array(Look), []);

/** Two tabs tell one after the other, so that neither forgets what the other wrote down. */
function inTurn<T>(run: () => Promise<T>): Promise<T> {
	return globalThis.navigator?.locks ? navigator.locks.request('pleinwacht-looks', run) : run();
}

/** Writes down that this person looked, and tells the server as soon as it can be reached (D10). */
export async function noteLook(
	device: Device,
	kind: LookKind,
	about: readonly Look['about'][],
	at = new Date(),
): Promise<void> {
	if (about.length === 0) return;
	const looks = about.map((each) => ({ id: ulid(), at: at.toISOString() as Instant, kind, about: each }));
	await inTurn(async () => device.notes.put(LOOKS_NOTE, [...(await waitingOn(device)), ...looks]));
	await tellLooks(device);
}

/**
 * What waits goes to the server, oldest first; what it did not take waits on.
 * @param slot whose session speaks; left out, here and below: that of this page.
 */
export function tellLooks(device: Pick<Device, 'notes'>, slot?: number): Promise<void> {
	return inTurn(async () => {
		for (let waiting = await waitingOn(device); waiting.length > 0;) {
			if (!(await sendSome(waiting, slot))) return;
			waiting = waiting.slice(LOOKS_PER_REQUEST);
			await device.notes.put(LOOKS_NOTE, waiting);
		}
	});
}

/** @returns whether the server has them all; telling one twice is telling it once. */
export async function sendLooks(looks: readonly Look[], slot?: number): Promise<boolean> {
	for (let waiting = looks; waiting.length > 0; waiting = waiting.slice(LOOKS_PER_REQUEST)) {
		if (!(await sendSome(waiting, slot))) return false;
	}
	return true;
}

async function sendSome(looks: readonly Look[], slot?: number): Promise<boolean> {
	return (await post('/api/looks', { looks: looks.slice(0, LOOKS_PER_REQUEST) }, z.unknown(), slot)).ok;
}

export async function waitingOn({ notes }: { readonly notes: Pick<LocalNotes, 'get'> }): Promise<Look[]> {
	return Waiting.parse((await notes.get(LOOKS_NOTE)) ?? []);
}

/** Everybody this person may read about: what a page about all of them shows. */
export function allInSight(session: Session): Look['about'][] {
	return seesEveryGroup(session) ? [session.schoolId] : [...session.groupIds];
}

/** Who looked at this child, looks from this device that still waited included. */
export async function whoLookedAt(device: Device, pupilId: PupilId): Answer<WhoLooked> {
	await tellLooks(device);
	return post('/api/looks/of', { pupilId }, WhoLooked);
}
