import type { SyncProblem, SyncStatus } from './device.ts';

/** How long to wait after the first failure, and at most: a recess must not pass before the next try. */
const FIRST_RETRY_MS = 2_000;
const LAST_RETRY_MS = 60_000;

/** Without any other reason, while somebody looks at the app: pokes may have been lost on the way. */
const SLOW_INTERVAL_MS = 4 * 60_000;

/** Trying again does not help before a person did something: signed in, or let the newer app in. */
const NEEDS_A_PERSON: ReadonlySet<SyncProblem | null> = new Set<SyncProblem>(['signedOut', 'updateNeeded']);

/** Waiting times differ by this share, so that a school's phones do not all come back in the same second. */
const JITTER = 0.3;

/** Calls back after so many milliseconds. @returns the way to call it off. */
export type Later = (run: () => void, ms: number) => () => void;

export interface SyncLoop {
	readonly status: SyncStatus;
	/** Runs now, or once more after the run under way. */
	request(options?: { readonly releaseHolds?: boolean }): void;
	/** Runs at this moment at the latest. */
	requestAt(time: number): void;
	/** The server asked for so much peace: until then nothing runs, whoever asks. */
	rest(ms: number): void;
	stop(): void;
}

export interface SyncLoopOptions {
	run(options: {
		releaseHolds: boolean;
		onProgress: (progress: SyncStatus['progress']) => void;
	}): Promise<SyncProblem | null>;
	/** When both sides were last equal, on an earlier visit. */
	readonly lastEqualAt?: Date | null;
	/** Both sides are equal now. */
	onEqual?(at: Date): void;
	isVisible(): boolean;
	random(): number;
	now(): number;
	later: Later;
	/** A bug: nothing else is thrown. */
	onBug(error: unknown): void;
}

/** Decides when to sync, and says how it stands. One run at a time; failures are tried again with growing pauses. */
export function createSyncLoop(options: SyncLoopOptions): SyncLoop {
	const { run, isVisible, random, now, later, onBug, onEqual } = options;
	let busy = $state(false);
	let lastEqualAt = $state.raw<Date | null>(options.lastEqualAt ?? null);
	let problem = $state<SyncProblem | null>(null);
	let progress = $state.raw<SyncStatus['progress']>(null);
	let again = false;
	let releaseHolds = false;
	let failures = 0;
	let restUntil = 0;
	let restMs = 0;
	let stopped = false;
	let callOff: () => void = () => undefined;
	let holdAt: number | null = null;
	let callOffHold: () => void = () => undefined;

	/** A clock that was set back does not make it longer than it was. */
	function isResting(): boolean {
		if (restUntil - now() > restMs) restUntil = 0;
		return now() < restUntil;
	}

	/** Everybody was told the same: coming back is spread over a while. */
	function waitOut(): void {
		callOff();
		callOff = later(() => void start(), restUntil - now() + restMs * JITTER * random());
	}

	function wait(ms: number): void {
		callOff();
		callOff = later(
			() => (isVisible() || (problem && !NEEDS_A_PERSON.has(problem)) ? void start() : wait(ms)),
			ms * (1 + JITTER * (random() * 2 - 1)),
		);
	}

	async function start(): Promise<void> {
		if (busy) {
			again = true;
			return;
		}
		if (isResting()) return waitOut();
		busy = true;
		callOff();
		try {
			do {
				again = false;
				const release = releaseHolds;
				releaseHolds = false;
				problem = await run({ releaseHolds: release, onProgress: (next) => (progress = next) });
				if (problem === null) {
					lastEqualAt = new Date(now());
					onEqual?.(lastEqualAt);
				}
			} while (again && problem === null && !stopped && !isResting());
		} catch (error) {
			// A full disk, for one: what is saved stays, and the next run starts from there.
			problem = 'serverFault';
			if (!stopped) onBug(error);
		} finally {
			busy = false;
			progress = null;
		}
		if (stopped) return;
		failures = problem ? failures + 1 : 0;
		if (isResting()) waitOut();
		else if (problem && !NEEDS_A_PERSON.has(problem))
			wait(Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1)));
		else wait(SLOW_INTERVAL_MS);
	}

	return {
		get status() {
			return { busy, lastEqualAt, problem, progress };
		},
		request(options) {
			if (stopped) return;
			releaseHolds ||= options?.releaseHolds ?? false;
			void start();
		},
		requestAt(time) {
			if (holdAt !== null && holdAt <= time) return;
			callOffHold();
			holdAt = time;
			callOffHold = later(
				() => {
					holdAt = null;
					void start();
				},
				Math.max(0, time - now()),
			);
		},
		rest(ms) {
			restMs = ms;
			restUntil = now() + ms;
		},
		stop() {
			stopped = true;
			callOff();
			callOffHold();
		},
	};
}
