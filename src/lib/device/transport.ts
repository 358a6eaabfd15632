import {
	BucketsResponse,
	PullHeader,
	PushResponse,
	type PullRequest,
	type PushRequest,
	type Receipt,
} from '#domain/sync/messages.ts';
import type { SyncProblem } from './device.ts';
import { lineBatches } from './ndjson.ts';
import { slotHeader } from './own-slot.ts';

/** A request that is not answered within this is not going to be: try again later. */
const TIMEOUT_MS = 20_000;

/** Documents parsed and stored at a time; the first line of a stream is its header. */
const LINES_PER_BATCH = 1000;

/** Browsers let requests outlive their page only below 64 kB together. */
const KEEPALIVE_BYTES = 30_000;

/** Nobody tells this device to be silent for a school day. */
const LONGEST_REST_MS = 15 * 60_000;

export type Failure =
	| {
			readonly kind: 'failed';
			readonly problem: SyncProblem;
			/** How long the server asks to be left alone (429, 503). */
			readonly retryAfterMs?: number;
	  }
	| { readonly kind: 'tooLarge' };

/** Milliseconds by the server's clock when it answered, where it says so. */
interface Timed {
	readonly serverTime?: number;
}

export type PushAnswer = Timed & ({ readonly kind: 'receipts'; readonly receipts: readonly Receipt[] } | Failure);
export type PullAnswer = Timed &
	(
		| { readonly kind: 'equal' }
		| { readonly kind: 'buckets'; readonly buckets: readonly string[] }
		| { readonly kind: 'documents'; readonly total: number; readonly batches: AsyncIterable<readonly string[]> }
		| Failure
	);

/** The server, as sync sees it. Never throws: whatever goes wrong is an answer. Only `batches` may break off. */
export interface Transport {
	push(request: PushRequest): Promise<PushAnswer>;
	pull(request: PullRequest): Promise<PullAnswer>;
	/** Milliseconds by the server's clock; `null`: it cannot be asked now. */
	askTime?(): Promise<number | null>;
}

/** @param slot whose session speaks; left out: that of this page. */
export const transportOf = (slot?: number): Transport => ({
	async push(request) {
		const response = await post('/sync/push', request, { slot, outlive: true });
		if (!(response instanceof Response)) return response;
		const parsed = PushResponse.safeParse(await jsonOf(response));
		if (!parsed.success) return fault(response);
		return { kind: 'receipts', receipts: parsed.data.receipts, ...timeOf(response) };
	},

	async pull(request) {
		const response = await post('/sync/pull', request, { slot });
		if (!(response instanceof Response)) return response;
		const time = timeOf(response);
		if (response.status === 204) return { kind: 'equal', ...time };
		if (isNdjson(response) && response.body) return { ...(await documentsIn(response.body)), ...time };
		const parsed = BucketsResponse.safeParse(await jsonOf(response));
		return parsed.success ? { kind: 'buckets', buckets: parsed.data.buckets, ...time } : fault(response);
	},

	async askTime() {
		try {
			const signal = AbortSignal.timeout(TIMEOUT_MS);
			const response = await fetch('/api/health', { cache: 'no-store', redirect: 'error', signal });
			return timeOf(response).serverTime ?? null;
		} catch {
			return null;
		}
	},
});

export const httpTransport = transportOf();

async function documentsIn(body: ReadableStream<Uint8Array>): Promise<PullAnswer> {
	const batches = lineBatches(body, LINES_PER_BATCH);
	try {
		const first = await batches.next();
		const [head, ...rest] = first.done ? [] : first.value;
		const header = PullHeader.safeParse(JSON.parse(head ?? 'null'));
		if (!header.success) return { kind: 'failed', problem: 'serverFault' };
		return { kind: 'documents', total: header.data.total, batches: startingWith(rest, batches) };
	} catch {
		return { kind: 'failed', problem: 'unreachable' };
	}
}

async function* startingWith(first: string[], rest: AsyncIterable<string[]>): AsyncGenerator<string[]> {
	if (first.length > 0) yield first;
	yield* rest;
}

/** `outlive`: a page that is put away still gets it out, when it is small enough. */
async function post(
	path: string,
	body: unknown,
	{ slot, outlive = false }: { readonly slot: number | undefined; readonly outlive?: boolean },
): Promise<Response | (Failure & Timed)> {
	const bytes = new TextEncoder().encode(JSON.stringify(body));
	try {
		// Until the head of the answer; how long the body may take is for its reader to say.
		const timeout = new AbortController();
		const timer = setTimeout(() => timeout.abort(), TIMEOUT_MS);
		const response = await fetch(path, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...slotHeader(slot) },
			body: bytes,
			redirect: 'error',
			referrerPolicy: 'no-referrer',
			keepalive: outlive && bytes.byteLength < KEEPALIVE_BYTES,
			signal: timeout.signal,
		}).finally(() => clearTimeout(timer));
		if (response.ok) return response;
		const time = timeOf(response);
		if (response.status === 401) return { kind: 'failed', problem: await whySignedOut(response), ...time };
		void response.body?.cancel();
		if (response.status === 426) return { kind: 'failed', problem: 'updateNeeded', ...time };
		if (response.status === 413) return { kind: 'tooLarge', ...time };
		return { kind: 'failed', problem: 'serverFault', ...time, ...retryAfterIn(response) };
	} catch {
		return { kind: 'failed', problem: 'unreachable' };
	}
}

/** Nobody is signed in, or the school asks this device to forget. */
async function whySignedOut(response: Response): Promise<SyncProblem> {
	const problem = (await jsonOf(response)) as { readonly type?: unknown } | null | undefined;
	return problem?.type === 'problem:mustForget' ? 'mustForget' : 'signedOut';
}

async function jsonOf(response: Response): Promise<unknown> {
	try {
		return await response.json();
	} catch {
		return undefined;
	}
}

/** A page instead of an answer comes from a network that wants a sign-in of its own, not from our server. */
function fault(response: Response): Failure {
	const isJson = response.headers.get('content-type')?.includes('json') ?? false;
	return { kind: 'failed', problem: isJson ? 'serverFault' : 'unreachable' };
}

/** Every HTTP answer of a server with a clock says when it was made (RFC 9110, 6.6.1). */
function timeOf({ headers }: Response): Timed {
	const at = Date.parse(headers.get('date') ?? '');
	return Number.isNaN(at) ? {} : { serverTime: at };
}

/** Seconds or a date (RFC 9110, 10.2.3); a date counts from the answer's own, not from this device's clock. */
function retryAfterIn(response: Response): { readonly retryAfterMs?: number } {
	const text = response.headers.get('retry-after') ?? '';
	const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - (timeOf(response).serverTime ?? NaN);
	return ms > 0 ? { retryAfterMs: Math.min(ms, LONGEST_REST_MS) } : {};
}

function isNdjson(response: Response): boolean {
	return response.headers.get('content-type')?.startsWith('application/x-ndjson') ?? false;
}
