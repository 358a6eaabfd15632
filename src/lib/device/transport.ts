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

/** A request that is not answered within this is not going to be: try again later. */
const TIMEOUT_MS = 20_000;

/** Documents parsed and stored at a time; the first line of a stream is its header. */
const LINES_PER_BATCH = 1000;

/** Browsers let requests outlive their page only below 64 kB together. */
const KEEPALIVE_BYTES = 30_000;

export type Failure = { readonly kind: 'failed'; readonly problem: SyncProblem } | { readonly kind: 'tooLarge' };
export type PushAnswer = { readonly kind: 'receipts'; readonly receipts: readonly Receipt[] } | Failure;
export type PullAnswer =
	| { readonly kind: 'equal' }
	| { readonly kind: 'buckets'; readonly buckets: readonly string[] }
	| { readonly kind: 'documents'; readonly total: number; readonly batches: AsyncIterable<readonly string[]> }
	| Failure;

/** The server, as sync sees it. Never throws: whatever goes wrong is an answer. Only `batches` may break off. */
export interface Transport {
	push(request: PushRequest): Promise<PushAnswer>;
	pull(request: PullRequest): Promise<PullAnswer>;
}

export const httpTransport: Transport = {
	async push(request) {
		const response = await post('/sync/push', request, true);
		if (!(response instanceof Response)) return response;
		const parsed = PushResponse.safeParse(await jsonOf(response));
		return parsed.success ? { kind: 'receipts', receipts: parsed.data.receipts } : fault(response);
	},

	async pull(request) {
		const response = await post('/sync/pull', request);
		if (!(response instanceof Response)) return response;
		if (response.status === 204) return { kind: 'equal' };
		if (isNdjson(response) && response.body) return documentsIn(response.body);
		const parsed = BucketsResponse.safeParse(await jsonOf(response));
		return parsed.success ? { kind: 'buckets', buckets: parsed.data.buckets } : fault(response);
	},
};

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
async function post(path: string, body: unknown, outlive = false): Promise<Response | Failure> {
	const bytes = new TextEncoder().encode(JSON.stringify(body));
	try {
		// Until the head of the answer; how long the body may take is for its reader to say.
		const timeout = new AbortController();
		const timer = setTimeout(() => timeout.abort(), TIMEOUT_MS);
		const response = await fetch(path, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: bytes,
			cache: 'no-store',
			redirect: 'error',
			keepalive: outlive && bytes.byteLength < KEEPALIVE_BYTES,
			signal: timeout.signal,
		}).finally(() => clearTimeout(timer));
		if (response.ok) return response;
		void response.body?.cancel();
		if (response.status === 401) return { kind: 'failed', problem: 'signedOut' };
		if (response.status === 426) return { kind: 'failed', problem: 'updateNeeded' };
		if (response.status === 413) return { kind: 'tooLarge' };
		return { kind: 'failed', problem: 'serverFault' };
	} catch {
		return { kind: 'failed', problem: 'unreachable' };
	}
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

function isNdjson(response: Response): boolean {
	return response.headers.get('content-type')?.startsWith('application/x-ndjson') ?? false;
}
