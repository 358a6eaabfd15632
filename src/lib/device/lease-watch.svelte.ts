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
	/** With no room for it, the disk says an older time: this tab knows better than the disk then. */
	let isOnDisk = true;

	/** Another tab may have heard from the school while this one lay in the background. */
	async function standing(): Promise<LeaseTimes> {
		if (isOnDisk) times = (await store.leaseTimes()) ?? times;
		return times;
	}

	async function keep(next: LeaseTimes): Promise<void> {
		times = next;
		isOnDisk = await store.keepLeaseTimes(next).then(
			() => true,
			() => false,
		);
	}

	/** While the server cannot be reached. */
	async function look(): Promise<void> {
		const at = now();
		const before = await standing();
		if (at >= before.furthest + WRITE_EVERY_MS) await keep({ ...before, furthest: at });
		const next = leaseAt(times, at, leaseMs);
		if (next.kind === 'over' && lease.kind !== 'over') await store.dropHeld();
		lease = next;
	}

	return {
		get current() {
			return lease;
		},
		look,

		/**
		 * When the app is opened. A clock that jumped ahead ends no lease while the server can say what time it is: the first
		 * sync then renews it, or the next look ends it.
		 * @param askTime milliseconds by the server's clock, `null` where it does not answer in time.
		 */
		async begin(askTime: () => Promise<number | null>): Promise<void> {
			const { since, furthest } = await standing();
			if (leaseAt({ since, furthest }, now(), leaseMs).kind === 'over') {
				const serverTime = await askTime();
				if (serverTime !== null && leaseAt({ since, furthest: since }, serverTime, leaseMs).kind !== 'over') return;
			}
			await look();
		},

		/** The school answered: from now on anew. */
		async renew(): Promise<void> {
			lease = { kind: 'holds' };
			const { since, furthest } = await standing();
			const at = now();
			if (Math.abs(at - since) >= WRITE_EVERY_MS || furthest > at) await keep({ since: at, furthest: at });
		},
	};
}
