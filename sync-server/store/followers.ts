import { setTimeout as sleep } from 'node:timers/promises';
import type { Change, Checkpoint, DocumentStore, StoreRecord } from './document-store.ts';
import { StoreUnavailable } from './unavailable.ts';

/** A store that is away comes back on its own. */
const RETRY_MS = 1000;

interface Follower {
	/** Resolves at the next read that finds nothing new. */
	caughtUp(): Promise<void>;
	wake(): void;
}

/**
 * Those who follow one store: each reads on until nothing is new, then sleeps until it is woken by a write of this
 * process, or, with `pollMs`, until it is time to look what other processes wrote.
 */
export function followersOf<R extends StoreRecord>(
	nextChanges: (since: Checkpoint | null) => Promise<Change<R>[]>,
	pollMs: number | undefined,
) {
	const followers = new Set<Follower>();

	const add: DocumentStore<R>['follow'] = (since, onChanges) => {
		const ending = new AbortController();
		const waiting = new Set<() => void>();
		let ring = () => {};
		const newAlarm = () => new Promise<void>((resolve) => (ring = resolve));

		/** A store that cannot be read for a while is, for a follower, one in which nothing changed yet. */
		async function readPatiently(at: Checkpoint | null): Promise<Change<R>[]> {
			while (!ending.signal.aborted) {
				try {
					return await nextChanges(at);
				} catch {
					await sleep(RETRY_MS, undefined, { signal: ending.signal }).catch(() => {});
				}
			}
			return [];
		}

		/** `false`: whoever was told needs a store that is away, and is told again. */
		async function tell(batch: Change<R>[]): Promise<boolean> {
			try {
				await onChanges(batch);
				return true;
			} catch (error) {
				if (!(error instanceof StoreUnavailable)) throw error;
				await sleep(RETRY_MS, undefined, { signal: ending.signal }).catch(() => {});
				return false;
			}
		}

		async function run() {
			for (let at = since; ;) {
				// Set before reading, so that a write during the read is not slept through.
				const alarm = newAlarm();
				const asked = [...waiting];
				const batch = await readPatiently(at);
				if (ending.signal.aborted) return;
				const last = batch.at(-1);
				if (last) {
					if (await tell(batch)) at = last.checkpoint;
				} else {
					asked.forEach((resolve) => resolve());
					asked.forEach((resolve) => waiting.delete(resolve));
					await eitherOr(alarm, pollMs);
				}
			}
		}

		const follower: Follower = {
			wake: () => ring(),
			caughtUp: () =>
				new Promise((resolve) => {
					waiting.add(resolve);
					ring();
				}),
		};
		followers.add(follower);
		const running = run();
		return async () => {
			ending.abort();
			followers.delete(follower);
			ring();
			waiting.forEach((resolve) => resolve());
			await running;
		};
	};

	return {
		add,
		wake: () => followers.forEach((follower) => follower.wake()),
		/** Everybody has heard of what was written before this call. */
		caughtUp: async () => {
			await Promise.all([...followers].map((follower) => follower.caughtUp()));
		},
	};
}

async function eitherOr(alarm: Promise<void>, ms: number | undefined): Promise<void> {
	if (ms === undefined) return alarm;
	const over = new AbortController();
	await Promise.race([alarm, sleep(ms, undefined, { signal: over.signal }).catch(() => {})]);
	over.abort();
}
