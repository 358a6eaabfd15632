import type { Role } from '#domain/school/roster.ts';
import { MS_PER_DAY } from '#domain/time/local-time.ts';

/** So long may a device keep what it may read without hearing from the school (D11): a week of illness passes unnoticed. */
const LEASE_MS = 7 * MS_PER_DAY;
/** A phone of the playground is carried about outside, and seen by the school each school day; a weekend fits in. */
const PLAYGROUND_LEASE_MS = 3 * MS_PER_DAY;
/** Whoever opens the app a day before can still find a network. */
const WARN_MS = MS_PER_DAY;
/** Clocks drift and are put right by hours; who is behind by more was moved back. */
const BACK_TOLERANCE_MS = MS_PER_DAY;

/** Milliseconds of this device's own clock. */
export interface LeaseTimes {
	/** The last contact; before the first one, when the device began. */
	readonly since: number;
	/** The latest this clock ever showed: moving it back wins no time. */
	readonly furthest: number;
}

export type Lease =
	| { readonly kind: 'holds' }
	/** Without contact it ends within a day, at `endsAt`. */
	| { readonly kind: 'endsSoon'; readonly endsAt: number }
	/** What this device may read has to go; what was written on it stays (D3). */
	| { readonly kind: 'over'; readonly days: number };

/** The widest right sets no longer one: whoever only supervises has the short one. */
export function leaseMsFor(roles: readonly Role[]): number {
	return roles.every((role) => role === 'supervisor') ? PLAYGROUND_LEASE_MS : LEASE_MS;
}

/**
 * Where a lease stands. A clock that was moved forward ends it too early, and nothing is lost by that: what the device
 * may read comes back with the next contact. One that shows a time well before the last contact was moved back.
 */
export function leaseAt({ since, furthest }: LeaseTimes, now: number, leaseMs: number): Lease {
	const days = Math.floor(leaseMs / MS_PER_DAY);
	if (now < since - BACK_TOLERANCE_MS) return { kind: 'over', days };
	const elapsed = Math.max(now, furthest) - since;
	if (elapsed >= leaseMs) return { kind: 'over', days };
	return elapsed >= leaseMs - WARN_MS ? { kind: 'endsSoon', endsAt: since + leaseMs } : { kind: 'holds' };
}
