import { leaseAt, type Lease, type LeaseTimes } from '#domain/access/lease.ts';
import { MS_PER_HOUR } from '#domain/time/local-time.ts';
import type { PersonStore } from './person-store.ts';

/** How far the clock has been is written down this often: the lease is counted in days. */
const WRITE_EVERY_MS = MS_PER_HOUR;

/** What this device may read is lent: without contact for too long it goes, and comes back with the next contact (D11). */
export async function watchLease(
	store: Pick<PersonStore, 'leaseTimes' | 'keepLeaseTimes' | 'dropHeld'>,
	now: () => number,
	leaseMs: number,
) {
	let lease = $state.raw<Lease>({ kind: 'holds' });
	let times: LeaseTimes = (await store.leaseTimes()) ?? { since: now(), furthest: now() };

	async function keep(next: LeaseTimes): Promise<void> {
		times = next;
		// With no room for it, the disk says the older time: the lease then ends too early, never too late.
		await store.keepLeaseTimes(next).catch(() => undefined);
	}

	return {
		get current() {
			return lease;
		},

		/** While the server cannot be reached, and when the app is opened. */
		async look(): Promise<void> {
			const at = now();
			if (at >= times.furthest + WRITE_EVERY_MS) await keep({ ...times, furthest: at });
			const next = leaseAt(times, at, leaseMs);
			if (next.kind === 'over' && lease.kind !== 'over') await store.dropHeld();
			lease = next;
		},

		/** The school answered: from now on anew. */
		async renew(): Promise<void> {
			const at = now();
			lease = { kind: 'holds' };
			if (Math.abs(at - times.since) >= WRITE_EVERY_MS || times.furthest > at) await keep({ since: at, furthest: at });
		},
	};
}
