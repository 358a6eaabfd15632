import { createHash } from 'node:crypto';
import type { Clock } from '#server/clock.ts';

/** A typing error or three costs nothing. */
const FREE_TRIES = 3;
const FIRST_WAIT_MS = 1000;
/** 288 guesses a day at most: nothing against a password that is not on the list, and nobody is locked out for long. */
const LONGEST_WAIT_MS = 5 * 60 * 1000;
/** After this long without a try it starts afresh. */
const FORGET_MS = 60 * 60 * 1000;
/** Names are made up without end by whoever guesses: the oldest make room. */
const MAX_NAMES = 10_000;

interface Tries {
	readonly failed: number;
	readonly at: number;
}

export type Delays = ReturnType<typeof createDelays>;

/**
 * Growing delays per account instead of lock-outs: a school shares one address, so an address says nothing, and a
 * lock-out would let anybody shut out the coordinator.
 */
export function createDelays(now: Clock) {
	const tries = new Map<string, Tries>();
	// Only the hash stays in memory: a name typed wrongly may be a password.
	const keyOf = (name: string) => createHash('sha256').update(name).digest('base64');

	function waitMs(name: string): number {
		const last = tries.get(keyOf(name));
		if (!last || last.failed < FREE_TRIES) return 0;
		const wait = Math.min(FIRST_WAIT_MS * 2 ** (last.failed - FREE_TRIES), LONGEST_WAIT_MS);
		return Math.max(0, last.at + wait - now().getTime());
	}

	return {
		/** Milliseconds until another try is looked at; 0: now. */
		waitMs,
		failed(name: string): void {
			const key = keyOf(name);
			const at = now().getTime();
			const last = tries.get(key);
			const failed = last && at - last.at < FORGET_MS ? last.failed + 1 : 1;
			tries.delete(key);
			tries.set(key, { failed, at });
			const [oldest] = tries.keys();
			if (tries.size > MAX_NAMES && oldest !== undefined) tries.delete(oldest);
		},
		succeeded: (name: string): void => void tries.delete(keyOf(name)),
	};
}
