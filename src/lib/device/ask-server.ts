import * as z from 'zod/mini';
import { AccountRefusal } from '#domain/accounts/messages.ts';
import { ok, refuse, type Result } from '#domain/result.ts';
import { slotHeader } from './own-slot.ts';

const TIMEOUT_MS = 15_000;

export interface AccountProblem {
	readonly kind: AccountRefusal | 'unreachable' | 'signedOut' | 'notThere' | 'noAuthenticator';
	/** With `wait`: when to try again. */
	readonly waitS?: number;
}

/** What is asked of the server about a person, and never kept on the device. */
export type Answer<T> = Promise<Result<T, AccountProblem>>;

export function get<S extends z.ZodMiniType>(path: string, schema: S): Answer<z.infer<S>> {
	return ask(path, { method: 'GET', headers: slotHeader() }, schema);
}

/** @param slot whose session speaks; left out: that of this page. */
export function post<S extends z.ZodMiniType>(
	path: string,
	body: unknown,
	schema: S,
	slot?: number,
): Answer<z.infer<S>> {
	const headers = { 'content-type': 'application/json', ...slotHeader(slot) };
	return ask(path, { method: 'POST', headers, body: JSON.stringify(body) }, schema);
}

async function ask<S extends z.ZodMiniType>(path: string, init: RequestInit, schema: S): Answer<z.infer<S>> {
	try {
		const signal = AbortSignal.timeout(TIMEOUT_MS);
		const response = await fetch(path, { ...init, cache: 'no-store', redirect: 'error', signal });
		if (response.status === 204) return ok(schema.parse(undefined));
		const body: unknown = await response.json();
		return response.ok ? ok(schema.parse(body)) : refuse(problemIn(response, body));
	} catch {
		return refuse({ kind: 'unreachable' });
	}
}

function problemIn({ status, headers }: Response, body: unknown): AccountProblem {
	if (status === 401) return { kind: 'signedOut' };
	if (status === 404) return { kind: 'notThere' };
	if (status === 429) return { kind: 'wait', waitS: Number(headers.get('retry-after') ?? 60) };
	const type = z.looseObject({ type: z.string() }).safeParse(body);
	const kind = AccountRefusal.safeParse(type.success ? type.data.type.replace('problem:', '') : '');
	return { kind: kind.success ? kind.data : 'refused' };
}
