import type { FastifyReply, FastifyRequest } from 'fastify';
import { ONLY_SLOT, readSlot, SLOT_HEADER } from '#domain/accounts/slots.ts';
import { Problem } from './problem.ts';

const SESSION = '__Host-session';
const PHONE = '__Host-phone';
/** The server decides when a session is over; the cookie only has to outlive it. */
const LIFE_S = 400 * 24 * 60 * 60;
const RULES = { path: '/', httpOnly: true, secure: true, sameSite: 'strict' } as const;

/** An event stream can have no header of ours, and carries no data. */
const STREAM = '/sync/poke';

/** Which of the people of this browser asks; `null`: none that there can be. */
export function slotIn({ headers, query, routeOptions }: FastifyRequest): number | null {
	const asked = headers[SLOT_HEADER];
	if (asked === undefined && routeOptions.url === STREAM) return readSlot((query as { slot?: unknown }).slot);
	return readSlot(asked);
}

/** The session of who asks, and of nobody else in this browser. */
export function sessionTokenIn(request: FastifyRequest): string | undefined {
	const slot = slotIn(request);
	return slot === null ? undefined : request.cookies[cookieOf(slot)];
}

export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
	reply.setCookie(cookieOf(mustHaveSlot(request)), token, { ...RULES, maxAge: LIFE_S });
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
	reply.clearCookie(cookieOf(mustHaveSlot(request)), RULES);
}

/** What a shared phone shows when one of its people signs in. */
export function phoneTokenIn({ cookies }: FastifyRequest): string | undefined {
	return cookies[PHONE];
}

export function setPhoneCookie(reply: FastifyReply, token: string): void {
	reply.setCookie(PHONE, token, { ...RULES, maxAge: LIFE_S });
}

function mustHaveSlot(request: FastifyRequest): number {
	const slot = slotIn(request);
	if (slot === null) throw new Problem('badRequest');
	return slot;
}

function cookieOf(slot: number): string {
	return slot === ONLY_SLOT ? SESSION : `${SESSION}-${slot}`;
}
