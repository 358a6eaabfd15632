import type { FastifyRequest } from 'fastify';
import type { Session } from '#domain/session.ts';
import { needsSecondFactor } from '#domain/accounts/second-factor.ts';
import type { Person } from '#domain/school/roster.ts';
import type { Due } from '#domain/accounts/messages.ts';
import type { LiveSession } from '#server/accounts/accounts.ts';
import { hasSecondFactor, type Account } from '#server/accounts/credentials.ts';
import { isStrong, limitsFor, type Factor } from '#server/accounts/session-rules.ts';
import type { OpenSchool, Schools } from '#server/schools.ts';
import { sessionTokenIn } from './cookies.ts';
import { Problem } from './problem.ts';

export interface SignedIn {
	readonly live: LiveSession;
	readonly session: Session;
	readonly school: OpenSchool;
	/** The device has to forget: it may send what waits there, and is told nothing in return. */
	readonly mustForget?: true;
}

/** Somebody whose first factor was right; `due` is what still stands before the school. */
export interface ComingIn extends SignedIn {
	readonly account: Account | undefined;
	readonly due: Due | null;
}

/** Who asks, with today's roles and groups from the school itself. Not who still owes a second factor. */
export async function whoAsks(request: FastifyRequest, schools: Schools): Promise<SignedIn | undefined> {
	const coming = await whoComesIn(request, schools);
	return coming?.due === null ? coming : undefined;
}

/** Like `whoAsks`, also for who still owes a second factor. */
export async function whoComesIn(request: FastifyRequest, schools: Schools): Promise<ComingIn | undefined> {
	const token = sessionTokenIn(request);
	return comingIn(token ? await schools.accounts.sessionOf(token) : undefined, schools);
}

async function comingIn(
	live: LiveSession | undefined,
	schools: Schools,
	find: typeof sessionFor = sessionFor,
): Promise<ComingIn | undefined> {
	const school = live && schools.get(live.schoolId);
	const session = school && find(school, live.personId);
	if (!session || isOver(live, session.roles, schools.now())) return undefined;
	// An account is looked up only where it can matter: most requests come from who is in already.
	const { demo } = school.replica.school;
	const matters = !demo && !isStrong(live.factors);
	const account = matters ? await schools.credentials.find(live.personId) : undefined;
	return { live, session, school, account, due: dueFor(session.roles, live.factors, account, demo) };
}

/** In a school of invented children nothing is due. */
export function dueFor(
	roles: Session['roles'],
	factors: readonly Factor[],
	account: Account | undefined,
	demo: boolean,
): Due | null {
	if (demo || isStrong(factors)) return null;
	// A code from the school is its own word for who this is; a password alone is not, where there is more.
	const asked = needsSecondFactor(roles) || !factors.includes('code');
	if (asked && hasSecondFactor(account)) return 'verify';
	return needsSecondFactor(roles) ? 'enrol' : null;
}

function isOver({ startedAt, seenAt }: LiveSession, roles: Session['roles'], now: Date): boolean {
	const { idleMs, lifeMs } = limitsFor(roles);
	return now.getTime() - seenAt > idleMs || now.getTime() - startedAt > lifeMs;
}

/** Like `whoAsks`; nobody signed in ends the request. */
export async function mustBeSignedIn(request: FastifyRequest, schools: Schools): Promise<SignedIn> {
	const who = admitted.get(request) ?? (await whoAsks(request, schools));
	if (who) return who;
	const token = sessionTokenIn(request);
	const end = token ? await schools.devices.whyEnded(token) : undefined;
	throw new Problem(end === 'mustForget' ? end : end === 'shutOut' ? 'revoked' : 'signedOut');
}

/** For a route that takes a large body: a stranger is turned away before any of it is read. */
export function admitSignedIn(schools: Schools) {
	return async (request: FastifyRequest) => {
		admitted.set(request, await mustBeSignedIn(request, schools));
	};
}

/** Like `admitSignedIn`, also for a device that has to forget: what waits there is sent first, and nothing is lost (D3). */
export function admitSender(schools: Schools) {
	return async (request: FastifyRequest) => {
		const who = (await whoAsks(request, schools)) ?? (await whoSendsLast(request, schools));
		admitted.set(request, who ?? (await mustBeSignedIn(request, schools)));
	};
}

async function whoSendsLast(request: FastifyRequest, schools: Schools): Promise<SignedIn | undefined> {
	const token = sessionTokenIn(request);
	// Who left wrote it while working here.
	const last = token ? await comingIn(await schools.devices.lastSender(token), schools, lastSessionFor) : undefined;
	return last?.due === null ? { ...last, mustForget: true } : undefined;
}

/** What a device that had to forget says by signing out: that it did. */
export async function confirmForgotten(request: FastifyRequest, schools: Schools): Promise<void> {
	const token = sessionTokenIn(request);
	if (token) await schools.devices.confirm(token);
}

/** So that admitting and answering look a session up once. */
const admitted = new WeakMap<FastifyRequest, SignedIn>();

export function sessionFor({ replica }: OpenSchool, personId: string): Session | undefined {
	const person = replica.find('person', personId);
	if (!person || person.hasLeft) return undefined;
	return sessionOf(person, replica);
}

/** As somebody stands in the school, or stood when they left: what a device of theirs may still hold and send. */
export function lastSessionFor({ replica }: OpenSchool, personId: string): Session | undefined {
	const person = replica.find('person', personId);
	return person && sessionOf(person, replica);
}

function sessionOf(person: Person, replica: OpenSchool['replica']): Session {
	const { id, schoolId, name, roles, groupIds, siteIds } = person;
	const schoolName = replica.school.name;
	return { personId: id, schoolId, schoolName, name, roles, groupIds, ...(siteIds && { siteIds }) };
}
