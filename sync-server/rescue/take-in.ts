import type { PersonActor } from '#domain/access/rules.ts';
import type { PersonId } from '#domain/id.ts';
import { MAX_PUSH_ITEMS, type Receipt } from '#domain/sync/messages.ts';
import type { RescueFile } from '#domain/sync/rescue.ts';
import type { RescueOutcome } from '#domain/sync/rescue-outcome.ts';
import type { Pusher } from '#server/gateway/judge-item.ts';
import { receive } from '#server/gateway/receive.ts';
import { handInEntry } from '#server/quarantine/entries.ts';
import type { OpenSchool } from '#server/schools.ts';

/**
 * Takes in what a device could not send: the same as if it had, under the name of whose device it was, once however
 * often the file is offered. A file says itself whose it is, and anybody can write one: of what somebody else brings than
 * who hosts the server, only what was told is taken, and who brought it is kept beside; the rest waits in quarantine, where it is
 * decided about one by one.
 * @param offeredBy `null`: who hosts the server.
 */
export async function takeInRescue(
	{ replica, denyList, seal }: OpenSchool,
	{ schoolId, personId, deviceId, items, madeAt, checksum }: RescueFile,
	now: Date,
	offeredBy: PersonId | null,
): Promise<RescueOutcome> {
	const person = replica.find('person', personId);
	// Who has left may still have told something.
	const { roles, groupIds } = person && !person.hasLeft ? person : { roles: ['supervisor' as const], groupIds: [] };
	const actor: PersonActor = { personId, schoolId, roles, groupIds, siteIds: person?.siteIds };
	const broughtBy = offeredBy === personId ? null : offeredBy;
	const onlyTold = broughtBy === null ? undefined : true;
	const pusher: Pusher = { actor, deviceId, onlyTold, replica, denyList, openSeal: seal.opener(), now };
	const receipts: Receipt[] = [];
	for (let at = 0; at < items.length; at += MAX_PUSH_ITEMS) {
		const batch = items.slice(at, at + MAX_PUSH_ITEMS);
		receipts.push(...(await receive(batch, pusher)));
	}
	const count = (...kinds: Receipt['result']['kind'][]) =>
		receipts.filter(({ result }) => kinds.includes(result.kind)).length;
	const taken = count('stored');
	if (broughtBy !== null && taken > 0) {
		await replica.write(handInEntry({ name: `rescue ${madeAt}`, checksum }, { by: broughtBy, taken }, pusher));
	}
	return {
		name: person?.name ?? null,
		stored: taken,
		known: count('duplicate'),
		erased: count('erased'),
		refused: count('rejected', 'conflict'),
	};
}
