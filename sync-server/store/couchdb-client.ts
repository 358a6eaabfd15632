import { setTimeout as sleep } from 'node:timers/promises';
import nano from 'nano';
import { StoreUnavailable } from './unavailable.ts';

/** Waits between tries; a node that restarts behind a balancer is back within them. A person waits this long at most. */
const PAUSES_MS = [50, 200, 600, 1500, 3000];

/** No request of ours takes CouchDB this long unless it hangs. */
const ANSWER_WITHIN_MS = 30_000;

/** Overload (429), and what CouchDB and the proxies before it say while a node is away. */
const PASSING = new Set([429, 500, 502, 503, 504]);

interface CouchRequest {
	readonly db?: string;
	readonly path: string;
	readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
	readonly qs?: Readonly<Record<string, unknown>>;
	readonly body?: unknown;
}

/** An answer that CouchDB gave on purpose: 401, 404, 409, 412… */
export class CouchRefusal extends Error {
	readonly status: number;

	constructor(status: number, reason: string) {
		super(`CouchDB refused: ${status} ${reason}`);
		this.status = status;
	}
}

export interface CouchClient {
	/** @throws {CouchRefusal} or, when several tries did not get an answer, {@link StoreUnavailable}. */
	ask<T>(request: CouchRequest): Promise<T>;
	/** Like `ask`; `unsure` says that an earlier try may have been carried out although no answer came. */
	askNoting<T>(request: CouchRequest): Promise<{ answer: T; unsure: boolean }>;
	/** One try, for who wants to know how things stand now. */
	askOnce<T>(request: CouchRequest): Promise<T>;
}

export function couchClient(url: string): CouchClient {
	const couch = nano({ url });

	async function askOnce<T>(request: CouchRequest): Promise<T> {
		const options = { ...request, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) };
		const answer: unknown = await couch.request(options).catch((error: nano.RequestError) => {
			const { statusCode } = error;
			if (statusCode === undefined)
				throw new StoreUnavailable('CouchDB does not answer. Try again when it does.', error);
			throw new CouchRefusal(statusCode, String(error.error ?? ''));
		});
		// nano gives an empty text for an answer that broke off half-way.
		if (typeof answer !== 'object') throw new StoreUnavailable('CouchDB broke off its answer. Try again.');
		return answer as T;
	}

	async function askNoting<T>(request: CouchRequest): Promise<{ answer: T; unsure: boolean }> {
		let unsure = false;
		for (const pause of PAUSES_MS) {
			try {
				return { answer: await askOnce<T>(request), unsure };
			} catch (error) {
				if (!isPassing(error)) throw error;
				// Only 429 says for certain that nothing was done.
				unsure ||= !(error instanceof CouchRefusal && error.status === 429);
				// Half of it by chance: many who wait must not come back at once.
				await sleep(pause / 2 + (Math.random() * pause) / 2);
			}
		}
		try {
			return { answer: await askOnce<T>(request), unsure };
		} catch (error) {
			if (error instanceof CouchRefusal && isPassing(error)) {
				throw new StoreUnavailable(`CouchDB answers ${error.status}. Try again when it is well.`, error);
			}
			throw error;
		}
	}

	return {
		askOnce,
		askNoting,
		ask: async <T>(request: CouchRequest) => (await askNoting<T>(request)).answer,
	};
}

function isPassing(error: unknown): boolean {
	return error instanceof StoreUnavailable || (error instanceof CouchRefusal && PASSING.has(error.status));
}

/** For `.catch`: gives `value` instead of a refusal with this status. */
export function unless<T>(status: number, value: T) {
	return (error: unknown): T => {
		if (error instanceof CouchRefusal && error.status === status) return value;
		throw error;
	};
}
