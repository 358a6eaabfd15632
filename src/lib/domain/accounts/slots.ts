/**
 * A shared phone keeps the session of each of its people in a cookie of its own, told apart by a small number. Only our
 * own script can set a header: an address that is typed or linked to never speaks for one of them.
 */
export const SLOT_HEADER = 'pleinwacht-slot';

/** Who shares a phone finds their own name at a glance. */
export const MAX_PEOPLE = 8;

/** One more than there are people: who signs in anew does so beside the session that is over. */
export const LAST_SLOT = MAX_PEOPLE + 1;

/** The session of a device of one person, as it always was: without a number. */
export const ONLY_SLOT = 0;
export const FIRST_SLOT = 1;

/** @returns `null`: it is no number of a session. */
export function readSlot(text: unknown): number | null {
	if (text === undefined) return ONLY_SLOT;
	return typeof text === 'string' && /^[1-9]$/.test(text) && Number(text) <= LAST_SLOT ? Number(text) : null;
}

/** The lowest number that none of these has; with none left, the last. */
export function freeSlot(taken: readonly number[]): number {
	for (let slot = FIRST_SLOT; slot < LAST_SLOT; slot++) if (!taken.includes(slot)) return slot;
	return LAST_SLOT;
}
