import type { ServerAnswer } from './school-server.ts';
import type { VirtualTime } from './virtual-time.ts';

/**
 * What goes wrong with one request. `lost`: it never arrives. `answerLost`: it was applied all the same. `doubled`: a
 * second copy arrives later. `late`: the client gave up long ago when it arrives. `slowAnswer`: or when the answer does.
 * `cut`: the answer breaks off, with an error or (`clean`) as if that were all. `status`: somebody in between answers.
 */
export type WireFault =
	| { readonly kind: 'lost' }
	| { readonly kind: 'answerLost' }
	| { readonly kind: 'doubled'; readonly laterMs: number }
	| { readonly kind: 'late'; readonly ms: number }
	| { readonly kind: 'slowAnswer'; readonly ms: number }
	| { readonly kind: 'cut'; readonly share: number; readonly clean: boolean }
	| { readonly kind: 'status'; readonly status: number; readonly applied: boolean }
	| { readonly kind: 'portal' };

/** Milliseconds one way: a school's Wi-Fi, and a phone at the far end of the playground. */
const QUICK_MS = 15;
const SLOW_MS = 900;

/** Pieces a body may come in. */
const MAX_PIECES = 3;

interface WireOptions {
	readonly time: VirtualTime;
	/** 0 up to 1, for this request alone. */
	readonly unit: () => number;
	/** One of the school's servers; `null`: nobody answers. */
	readonly ask: (path: string, body: Uint8Array) => Promise<ServerAnswer | null>;
	/** The whole of an answer reached the device. */
	readonly onDelivered: (path: string, body: Uint8Array, answer: ServerAnswer) => void;
	/** It hears that its request is too large, from the school or from whoever stands between. */
	readonly onTooLarge: (path: string, body: Uint8Array) => void;
	readonly isOnline: () => boolean;
}

/** Between one device and the school: the part of `fetch` that the device uses, over a network that may do anything. */
export class Wire {
	readonly #options: WireOptions;
	readonly #faults: WireFault[] = [];

	constructor(options: WireOptions) {
		this.#options = options;
	}

	failNext(...faults: readonly WireFault[]): void {
		this.#faults.push(...faults);
	}

	forgetFaults(): void {
		this.#faults.splice(0);
	}

	/** `isAlive`: of the page that asks; nobody hears an answer after its end. */
	fetch(path: string, body: Uint8Array, signal: AbortSignal, isAlive: () => boolean): Promise<WireResponse> {
		return new Promise<WireResponse>((resolve, reject) => {
			const fail = () => isAlive() && reject(new TypeError('fetch failed'));
			signal.addEventListener('abort', fail);
			void this.#carry({ path, body, isAlive }, (response) => {
				if (!isAlive() || signal.aborted) return;
				if (response) resolve(response);
				else fail();
			});
		});
	}

	async #carry(request: WireRequest, answer: (response: WireResponse | null) => void): Promise<void> {
		const { path, body } = request;
		const { time, isOnline } = this.#options;
		const fault = this.#faults.shift();
		if (!isOnline() || fault?.kind === 'lost') {
			await time.pass(this.#oneWay());
			return answer(null);
		}
		if (fault?.kind === 'portal')
			return answer(this.#respond(request, { status: 200, type: 'text/html', body: '<html>', at: null }));
		if (fault?.kind === 'status' && !fault.applied) return answer(this.#respond(request, problem(fault.status)));

		await time.pass(fault?.kind === 'late' ? fault.ms : this.#oneWay());
		if (fault?.kind === 'doubled') time.in(fault.laterMs, () => void this.#options.ask(path, body));
		const given = await this.#options.ask(path, body);
		await time.pass(fault?.kind === 'slowAnswer' ? fault.ms : this.#oneWay());

		if (!given || !isOnline() || fault?.kind === 'answerLost') return answer(null);
		if (fault?.kind === 'status') return answer(this.#respond(request, problem(fault.status)));
		if (fault?.kind === 'cut') return answer(this.#respond(request, given, fault));
		answer(this.#respond(request, given));
	}

	#oneWay(): number {
		const { unit } = this.#options;
		return unit() < 0.9 ? unit() * QUICK_MS : unit() * SLOW_MS;
	}

	#respond(request: WireRequest, given: ServerAnswer, cut?: { share: number; clean: boolean }): WireResponse {
		if (given.status === 413) this.#options.onTooLarge(request.path, request.body);
		const bytes: Uint8Array = new TextEncoder().encode(given.body);
		const reach = cut ? Math.floor(cut.share * bytes.length) : bytes.length;
		const { time, unit } = this.#options;
		return new WireResponse(given, {
			pieces: piecesOf(bytes.subarray(0, reach), 1 + Math.floor(unit() * MAX_PIECES)),
			breaks: cut !== undefined && !cut.clean,
			wait: async () => {
				await time.pass(this.#oneWay());
				if (!request.isAlive()) await new Promise(() => undefined);
			},
			onWhole: () => !cut && this.#options.onDelivered(request.path, request.body, given),
		});
	}
}

interface WireRequest {
	readonly path: string;
	readonly body: Uint8Array;
	readonly isAlive: () => boolean;
}

interface Delivery {
	readonly pieces: readonly Uint8Array[];
	readonly breaks: boolean;
	readonly wait: () => Promise<void>;
	readonly onWhole: () => void;
}

/** As much of a `Response` as the device reads. */
export class WireResponse {
	readonly status: number;
	readonly ok: boolean;
	readonly headers: { get(name: string): string | null };
	readonly #delivery: Delivery;

	constructor({ status, type, at }: ServerAnswer, delivery: Delivery) {
		this.status = status;
		this.ok = status >= 200 && status < 300;
		const headers = new Map([
			['content-type', type],
			['date', at === null ? '' : new Date(at).toUTCString()],
		]);
		this.headers = { get: (name) => headers.get(name) || null };
		this.#delivery = delivery;
		// There is no body to wait for.
		if (status === 204) delivery.onWhole();
	}

	async json(): Promise<unknown> {
		const { pieces, breaks, wait, onWhole } = this.#delivery;
		await wait();
		if (breaks) throw new TypeError('terminated');
		const value: unknown = JSON.parse(Buffer.concat(pieces).toString());
		onWhole();
		return value;
	}

	get body() {
		const { pieces, breaks, wait, onWhole } = this.#delivery;
		let next = 0;
		return {
			getReader: () => ({
				async read(): Promise<{ done: boolean; value: Uint8Array | undefined }> {
					await wait();
					const value = pieces[next++];
					if (value) return { done: false, value };
					if (breaks) throw new TypeError('terminated');
					onWhole();
					return { done: true, value: undefined };
				},
				cancel: () => Promise.resolve(),
			}),
			cancel: () => Promise.resolve(),
		};
	}
}

let caller: ((path: string, body: Uint8Array, signal: AbortSignal) => Promise<WireResponse>) | undefined;

/** From here on `fetch` goes over the wire of whoever calls it inside `callingAs`. */
export function replaceGlobalFetch(): void {
	const fetch = (path: string, { body = '', signal }: { body?: Uint8Array | string; signal: AbortSignal }) => {
		if (!caller) throw new Error(`Nobody says whose request this is: ${path}`);
		return caller(path, typeof body === 'string' ? new TextEncoder().encode(body) : body, signal);
	};
	Object.assign(globalThis, { fetch, Response: WireResponse });
}

/** `run` calls `fetch` before it first waits. */
export function callingAs<T>(who: NonNullable<typeof caller>, run: () => T): T {
	caller = who;
	try {
		return run();
	} finally {
		caller = undefined;
	}
}

function problem(status: number): ServerAnswer {
	return { status, type: 'application/problem+json', body: JSON.stringify({ status }), at: null };
}

function piecesOf(bytes: Uint8Array, count: number): Uint8Array[] {
	if (bytes.length === 0) return [];
	const size = Math.ceil(bytes.length / count);
	return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}
