import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash, type Hash } from 'node:crypto';

/** What a seed starts at: an ordinary Monday, or the Friday before the clock goes forward, or back. */
const STARTS = ['2026-03-16T08:00:00.000Z', '2026-03-27T09:00:00.000Z', '2026-10-23T09:00:00.000Z'].map(Date.parse);

/** Turns of the real event loop after which a chain of promises is called stuck: a bug of the simulation. */
const MAX_TURNS = 10_000;

const RealDate = Date;
const realSetImmediate = setImmediate;

interface Due {
	readonly at: number;
	readonly order: number;
	run: (() => void) | null;
}

/** `resting`: how many of its promises wait for virtual time. */
interface Work {
	resting: number;
}

/** A timer that was set. */
export interface Timer {
	cancel(): void;
}

/**
 * Time that only passes when the simulation says so. What is due runs in order of its moment, and after each of them
 * every promise is followed to its end, so one seed is one history.
 */
export class VirtualTime {
	#now: number;
	#slept = 0;
	#order = 0;
	#queue: Due[] = [];
	/** What a server is working on now: its promises take several turns of the event loop. */
	readonly #working = new Set<Work>();
	readonly #insideWork = new AsyncLocalStorage<Work>();
	#hash: Hash = createHash('sha256');
	readonly trace: string[] = [];
	/** Called after each moment; throws when something that must always hold does not. */
	afterEach: () => void = () => undefined;

	constructor(seed: number) {
		this.#now = STARTS[seed % STARTS.length] ?? 0;
	}

	get now(): number {
		return this.#now;
	}

	/** Milliseconds of a clock that nobody can set, and that stands still while a machine sleeps. */
	get uptime(): number {
		return this.#now - this.#slept;
	}

	/** What happened, for the hash that tells whether two runs were the same, and for the reader of a failure. */
	note(line: string): void {
		const text = `${new RealDate(this.#now).toISOString()} ${line}`;
		this.#hash.update(text);
		this.#hash.update('\n');
		this.trace.push(text);
	}

	digest(): string {
		return this.#hash.copy().digest('hex');
	}

	in(ms: number, run: () => void): Timer {
		const due: Due = { at: this.#now + Math.max(0, Number.isFinite(ms) ? ms : 0), order: this.#order++, run };
		push(this.#queue, due);
		return { cancel: () => void (due.run = null) };
	}

	/** Resolves after so much virtual time. Work that waits for it is not waited for in real time. */
	async pass(ms: number): Promise<void> {
		const work = this.#insideWork.getStore();
		if (work) work.resting++;
		await new Promise<void>((resolve) => void this.in(ms, resolve));
		if (work) work.resting--;
	}

	/** Not part of the work that happens to start it. */
	aside<T>(run: () => T): T {
		return this.#insideWork.exit(run);
	}

	/** While this runs, promises that take more than one turn of the event loop are waited for. */
	async work<T>(run: () => Promise<T>): Promise<T> {
		const work: Work = { resting: 0 };
		this.#working.add(work);
		try {
			return await this.#insideWork.run(work, run);
		} finally {
			this.#working.delete(work);
		}
	}

	/** Lets so much time pass, with all that is due in it. */
	async advance(ms: number): Promise<void> {
		const until = this.#now + ms;
		await this.settle();
		for (;;) {
			const next = this.#next();
			if (!next || next.at > until) break;
			pop(this.#queue);
			this.#now = Math.max(this.#now, next.at);
			next.run?.();
			await this.settle();
		}
		this.#now = until;
	}

	/** The machine room sleeps: time is later at once, and what was due meanwhile comes in one go. */
	async jump(ms: number): Promise<void> {
		this.#now += ms;
		this.#slept += ms;
		await this.advance(0);
	}

	/** Follows every promise to its end. */
	async settle(): Promise<void> {
		for (let turn = 0; turn === 0 || this.#isWorking(); turn++) {
			await new Promise<void>((resolve) => realSetImmediate(resolve));
			if (turn > MAX_TURNS) throw new Error('A promise of the server does not end');
		}
		this.afterEach();
	}

	#isWorking(): boolean {
		for (const { resting } of this.#working) if (resting === 0) return true;
		return false;
	}

	#next(): Due | undefined {
		while (this.#queue[0]?.run === null) pop(this.#queue);
		return this.#queue[0];
	}
}

/** The one that `Date`, `setTimeout` and their kind speak for while a seed runs. */
let current: VirtualTime | undefined;

export function useTime(time: VirtualTime): void {
	current = time;
}

const nowHere = () => current?.now ?? 0;

/** `new Date()` and `Date.now()` tell virtual time; everything else is the real thing. */
class VirtualDate extends RealDate {
	constructor(...parts: unknown[]) {
		// The overloads of Date cannot be spread into.
		super(...((parts.length === 0 ? [nowHere()] : parts) as [number]));
	}

	static override now(): number {
		return nowHere();
	}
}

/** From here on no code in this process reads the wall clock or waits for it, our own or a library's. */
export function replaceGlobalTime(): void {
	globalThis.Date = VirtualDate as DateConstructor;
	const set = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
		timerOf(current?.in(ms, () => run(...args)));
	const repeat = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
		let timer: Timer | undefined;
		const again = () => {
			timer = current?.in(ms, () => {
				again();
				run(...args);
			});
		};
		again();
		return timerOf({ cancel: () => timer?.cancel() });
	};
	const clear = (handle: unknown) => (handle as { cancel?: () => void } | undefined)?.cancel?.();
	AbortSignal.timeout = (ms) => {
		const timeout = new AbortController();
		set(() => timeout.abort(), ms);
		return timeout.signal;
	};
	Object.assign(globalThis, { setTimeout: set, setInterval: repeat, clearTimeout: clear, clearInterval: clear });
}

/** What Node's own timers can be asked beside being cleared. */
function timerOf(timer: Timer | undefined) {
	const handle = { cancel: () => timer?.cancel(), ref: () => handle, unref: () => handle, hasRef: () => true };
	return handle;
}

function isBefore(a: Due, b: Due): boolean {
	return a.at < b.at || (a.at === b.at && a.order < b.order);
}

/** A binary heap: the earliest first, and of those at the same moment the one that was set first. */
function push(queue: Due[], due: Due): void {
	let at = queue.push(due) - 1;
	while (at > 0) {
		const parent = (at - 1) >> 1;
		const above = queue[parent];
		if (!above || !isBefore(due, above)) break;
		queue[at] = above;
		at = parent;
	}
	queue[at] = due;
}

function pop(queue: Due[]): void {
	const last = queue.pop();
	if (!last || queue.length === 0) return;
	let at = 0;
	for (;;) {
		const left = 2 * at + 1;
		const [a, b] = [queue[left], queue[left + 1]];
		if (!a) break;
		const child = b && isBefore(b, a) ? left + 1 : left;
		const below = queue[child];
		if (!below || !isBefore(below, last)) break;
		queue[at] = below;
		at = child;
	}
	queue[at] = last;
}
