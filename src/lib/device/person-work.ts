import type { DomainDocument } from '#domain/document.ts';
import { ok, refuse, type Result } from '#domain/result.ts';
import { createClockWatch } from './clock-watch.svelte.ts';
import type { SaveOptions, SaveProblem, SyncProblem, SyncStatus } from './device.ts';
import { forgetWhatIsHeld } from './forget.ts';
import { watchLease } from './lease-watch.svelte.ts';
import { nextRelease, UNDO_WINDOW_MS } from './outbox-chain.ts';
import { StorageFull } from './device-storage.ts';
import type { StoreSurroundings } from './person-disk.ts';
import { openPersonStore } from './person-store.ts';
import { pullAll } from './pull.ts';
import { pushAll } from './push.ts';
import { createSyncLoop, type SyncLoopOptions } from './sync-loop.svelte.ts';
import type { TriggerTargets } from './sync-triggers.ts';
import type { News, Tabs } from './tabs.ts';
import type { PullAnswer, PushAnswer, Transport } from './transport.ts';

/** An app that is opened after a long time asks the school first whether it really was so long. */
const FIRST_ANSWER_MS = 4_000;

/** The world around one person's work: in the app the browser, in the simulation whatever a test makes of it. */
export interface Surroundings
	extends StoreSurroundings, Omit<SyncLoopOptions, 'run' | 'now' | 'lastEqualAt' | 'onEqual'> {
	readonly transport: Transport;
	readonly openTabs: (onNews: (news: News) => void) => Tabs;
	/** Milliseconds of a clock that nobody can set; where it is missing the other one is taken as right all day. */
	readonly uptime?: () => number;
	/** Something waits and may have to go out without this page; where nothing can do that, it waits for the next visit. */
	readonly sendLater?: () => void;
	/** @returns the way to stop. */
	readonly listen: (targets: TriggerTargets) => () => void;
}

export interface PersonWorkOptions {
	/** Another tab signed this person out. */
	onLeft(): void;
	/** A good moment to ask the server for today's rights: it can be reached. */
	onRights(): void;
	/** The server speaks with newer apps only (426). */
	onOutdated?(): void;
	/** How long this device may keep what it may read without contact; left out: for ever. */
	readonly leaseMs?: number;
	/** The school asks this device to forget, and nothing waits any more. */
	onForget?(): void;
	/** Both sides hold the same: a good moment to tell the server of this device. */
	onSynced?(): void;
	/** What this device keeps of this person, told whenever it changed. */
	onKept?(kept: { readonly deviceId: string; readonly unsent: number }): void;
}

/** Everything that runs while one person is signed in: store, sync, and the ties to other tabs. */
export async function openPersonWork(
	around: Surroundings,
	{ onLeft, onRights, onOutdated, onForget, onSynced, onKept, leaseMs = Infinity }: PersonWorkOptions,
) {
	const { now } = around;
	const store = await openPersonStore(around);
	const clock = createClockWatch(now, around.uptime ?? now, await store.lastClockError());
	const lease = await watchLease(store, now, leaseMs);
	await lease.begin(askTimeSoon);
	const transport = listening(around.transport);

	/** Whatever the server answers, it may tell the time and ask for peace. */
	function listening({ push, pull, askTime }: Transport): Transport {
		async function heard<A extends PushAnswer | PullAnswer>(answering: Promise<A>): Promise<A> {
			const answer = await answering;
			if (answer.serverTime !== undefined) hearTime(answer.serverTime);
			if (answer.kind === 'failed' && answer.retryAfterMs) loop.rest(answer.retryAfterMs);
			return answer;
		}
		return {
			push: (request) => heard(push(request)),
			pull: (request) => heard(pull(request)),
			...(askTime && { askTime }),
		};
	}

	/** Before anything is shown: nobody waits long for a server that does not answer. */
	function askTimeSoon(): Promise<number | null> {
		const asked = around.transport.askTime?.() ?? Promise.resolve(null);
		return new Promise((resolve) => {
			const callOff = around.later(() => resolve(null), FIRST_ANSWER_MS);
			void asked.then((time) => {
				callOff();
				resolve(time);
			});
		});
	}

	function hearTime(serverTime: number): void {
		if (clock.hear(serverTime)) void store.keepClockError(clock.behindBy);
	}

	/**
	 * Before anything goes out for the first time, its times are compared with the server's clock: one small question,
	 * once a visit. @returns `false`: the server cannot be asked, so nothing can go out either.
	 */
	async function settleTimes(): Promise<boolean> {
		const rows = await store.timesToSettle();
		if (rows.length === 0) return true;
		if (!clock.isSure && transport.askTime) {
			const serverTime = await transport.askTime();
			if (serverTime === null) return false;
			hearTime(serverTime);
		}
		await store.settleTimes(rows, clock.behindBy);
		return true;
	}

	const tabs = around.openTabs((news) => (news === 'left' ? onLeft() : void store.catchUp()));

	let stopped = false;
	async function tellKept(): Promise<void> {
		const deviceId = await store.deviceId();
		if (!stopped) onKept?.({ deviceId, unsent: store.replica.unsentCount });
	}

	void tellKept();

	/** Not for what was refused: that waits for a person. */
	function leaveWordIfWaiting(): void {
		const { unsent, unseen } = store.replica;
		if (unseen > 0 || unsent.some(({ delivery }) => delivery.kind === 'savedHere')) around.sendLater?.();
	}

	let mayForget = false;
	let isFirst = true;
	async function run(options: { releaseHolds: boolean; onProgress: (progress: SyncStatus['progress']) => void }) {
		return tabs.alone(async (): Promise<SyncProblem | null> => {
			await store.catchUp();
			const { releaseHolds, onProgress } = options;
			const before = store.version();
			const stopAt = async (problem: SyncProblem) => {
				if (problem === 'mustForget') mayForget = await forgetWhatIsHeld(store, transport, now());
				return problem;
			};
			try {
				// Also what a page that is no more left behind.
				const release = nextRelease(await store.outbox.all(), now(), UNDO_WINDOW_MS);
				if (release) loop.requestAt(release);
				if (!(await settleTimes())) return 'unreachable';
				const stopped = await pushAll(store, transport, { now: now(), releaseHolds });
				if (stopped) return await stopAt(stopped);
				const { problem, changed, offered } = await pullAll(store, transport, onProgress);
				if (offered) loop.request();
				if (changed) await store.settleAccepted();
				await store.tidy();
				// What this person may see changed, or this is the first look: perhaps the rights did.
				if (!problem && (changed || isFirst)) onRights();
				if (!problem) isFirst = false;
				return problem && (await stopAt(problem));
			} finally {
				if (store.version() !== before) tabs.announce('changed');
				void tellKept();
			}
		});
	}

	const loop = createSyncLoop({
		...around,
		async run(options) {
			const problem = await run(options);
			if (problem) await lease.look();
			if (problem === 'unreachable') leaveWordIfWaiting();
			if (problem === 'updateNeeded') onOutdated?.();
			if (problem === 'mustForget' && mayForget) onForget?.();
			return problem;
		},
		lastEqualAt: await store.lastEqualAt(),
		onEqual(at) {
			void store.keepLastEqualAt(at);
			void lease.renew();
			onSynced?.();
		},
	});
	const stopTriggers = around.listen({
		sync: () => {
			void store.catchUp();
			loop.request();
		},
		flush: () => {
			if (store.replica.unsentCount > 0) loop.request({ releaseHolds: true });
			leaveWordIfWaiting();
		},
	});

	function stop(): void {
		stopped = true;
		loop.stop();
		stopTriggers();
		tabs.close();
	}

	return {
		store,
		loop,
		clock,
		lease,

		async save(documents: readonly DomainDocument[], options: SaveOptions = {}): Promise<Result<void, SaveProblem>> {
			const holdUntil = options.undoable ? now() + UNDO_WINDOW_MS : 0;
			try {
				await store.save(documents, holdUntil, clock.behindBy);
			} catch (error) {
				return refuse({ kind: error instanceof StorageFull ? 'storageFull' : 'storageFailed' });
			}
			tabs.announce('changed');
			void tellKept();
			if (holdUntil > 0) loop.requestAt(holdUntil);
			else loop.request();
			return ok(undefined);
		},

		async undo(id: string): Promise<boolean> {
			const undone = await store.undo(id);
			tabs.announce('changed');
			void tellKept();
			return undone;
		},

		/** @returns how much is unsent; with 0 the database of this person is gone. */
		async leave(): Promise<number> {
			const waiting = await store.outbox.leave();
			if (waiting > 0) return waiting;
			tabs.announce('left');
			stop();
			await store.destroy();
			return 0;
		},

		async close(): Promise<void> {
			stop();
			store.close();
		},
	};
}

export type PersonWork = Awaited<ReturnType<typeof openPersonWork>>;
