import * as z from 'zod/mini';
import type { DeviceContact } from '#domain/accounts/devices.ts';
import { SignInDue } from '#domain/accounts/messages.ts';
import { refuse, type Result, ok } from '#domain/result.ts';
import { Session, SignInOptions, type SignInRequest } from '#domain/session.ts';
import type { SignInProblem } from './device.ts';
import { slotHeader } from './own-slot.ts';

const TIMEOUT_MS = 15_000;

/** `null`: cannot be reached, or something that is not our server answered. */
export async function fetchSignInOptions(): Promise<SignInOptions | null> {
	const response = await ask('/api/sign-in');
	const parsed = SignInOptions.safeParse(await bodyOf(response));
	return response?.ok && parsed.success ? parsed.data : null;
}

export async function postSignIn(request: SignInRequest): Promise<Result<Session, SignInProblem>> {
	const response = await ask('/api/sign-in', { body: request });
	if (response && [400, 401, 403].includes(response.status)) return refuse({ kind: 'refused' });
	const body = await bodyOf(response);
	const due = SignInDue.safeParse(body);
	if (response?.status === 202 && due.success) return refuse(due.data);
	const parsed = Session.safeParse(body);
	return response?.ok && parsed.success ? ok(parsed.data) : refuse({ kind: 'unreachable' });
}

/**
 * Who the server says is signed in, with today's rights. `null`: it does not say.
 * @param slot whose session; left out, here and below: that of this page.
 */
export async function fetchSession(slot?: number): Promise<Session | null> {
	const response = await ask('/api/session', { slot });
	const parsed = Session.safeParse(await bodyOf(response));
	return response?.ok && parsed.success ? parsed.data : null;
}

/** Whether the school wants what is here of this person gone; `false` also when it cannot be asked. */
export async function hasToForget(slot: number): Promise<boolean> {
	const body = await bodyOf(await ask('/api/session', { slot }));
	return z.looseObject({ type: z.literal('problem:mustForget') }).safeParse(body).success;
}

export async function postSignOut(slot?: number): Promise<boolean> {
	return (await ask('/api/sign-out', { slot, body: {} }))?.ok ?? false;
}

/** Of this device, as it is now. @returns whether the server heard it. */
export async function tellServer(contact: DeviceContact): Promise<boolean> {
	return (await ask('/api/device', { body: contact }))?.ok ?? false;
}

async function ask(
	path: string,
	{ body, slot }: { readonly body?: unknown; readonly slot?: number | undefined } = {},
): Promise<Response | null> {
	const own = slotHeader(slot);
	const headers = { 'content-type': 'application/json', ...own };
	const post = { method: 'POST', headers, body: JSON.stringify(body) };
	try {
		return await fetch(path, {
			...(body === undefined ? { headers: own } : post),
			cache: 'no-store',
			redirect: 'error',
			signal: AbortSignal.timeout(TIMEOUT_MS),
		});
	} catch {
		return null;
	}
}

async function bodyOf(response: Response | null): Promise<unknown> {
	try {
		return await response?.json();
	} catch {
		return undefined;
	}
}
