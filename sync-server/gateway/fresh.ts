import type { LiveSession } from '#server/accounts/accounts.ts';

/** What changes the ways into an account takes a sign-in this fresh: a borrowed, unlocked laptop is not enough. */
const FRESH_MS = 15 * 60 * 1000;

export function isFresh({ startedAt }: LiveSession, now: Date): boolean {
	return now.getTime() - startedAt <= FRESH_MS;
}
