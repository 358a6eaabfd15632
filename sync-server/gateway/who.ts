import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Session } from '#domain/session.ts';
import type { LiveSession } from '#server/accounts/accounts.ts';
import type { OpenSchool, Schools } from '#server/schools.ts';
import { Problem } from './problem.ts';

const COOKIE = '__Host-session';
/** The server decides when a session is over; the cookie only has to outlive it. */
const COOKIE_LIFE_S = 400 * 24 * 60 * 60;
const COOKIE_RULES = { path: '/', httpOnly: true, secure: true, sameSite: 'strict' } as const;

export interface SignedIn {
	readonly live: LiveSession;
	readonly session: Session;
	readonly school: OpenSchool;
}

export function setSessionCookie(reply: FastifyReply, token: string): void {
	reply.setCookie(COOKIE, token, { ...COOKIE_RULES, maxAge: COOKIE_LIFE_S });
}

export function clearSessionCookie(reply: FastifyReply): void {
	reply.clearCookie(COOKIE, COOKIE_RULES);
}

/** Who asks, with today's roles and groups from the school itself. */
export async function whoAsks(request: FastifyRequest, schools: Schools): Promise<SignedIn | undefined> {
	const token = request.cookies[COOKIE];
	const live = token ? await schools.accounts.sessionOf(token) : undefined;
	const school = live && schools.get(live.schoolId);
	const session = school && sessionFor(school, live.personId);
	return session && { live, session, school };
}

/** Like `whoAsks`; nobody signed in ends the request. */
export async function mustBeSignedIn(request: FastifyRequest, schools: Schools): Promise<SignedIn> {
	const who = admitted.get(request) ?? (await whoAsks(request, schools));
	if (!who) throw new Problem('signedOut');
	return who;
}

/** For a route that takes a large body: a stranger is turned away before any of it is read. */
export function admitSignedIn(schools: Schools) {
	return async (request: FastifyRequest) => {
		admitted.set(request, await mustBeSignedIn(request, schools));
	};
}

/** So that admitting and answering look a session up once. */
const admitted = new WeakMap<FastifyRequest, SignedIn>();

export function sessionFor({ replica }: OpenSchool, personId: string): Session | undefined {
	const person = replica.find('person', personId);
	if (!person) return undefined;
	const { id, schoolId, name, roles, groupIds, siteIds } = person;
	const schoolName = replica.school.name;
	return { personId: id, schoolId, schoolName, name, roles, groupIds, ...(siteIds && { siteIds }) };
}
