import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SignInDue } from '#domain/accounts/messages.ts';
import type { Session } from '#domain/session.ts';
import type { Identity } from '#server/accounts/accounts.ts';
import { deviceLabel } from '#server/accounts/device-label.ts';
import type { Factor } from '#server/accounts/session-rules.ts';
import type { Schools } from '#server/schools.ts';
import { setSessionCookie } from './cookies.ts';
import { Problem } from './problem.ts';
import { seatFor, takeSeat } from './seat.ts';
import { dueFor, sessionFor, whoComesIn } from './who.ts';

type Answer = Session | SignInDue;

/**
 * Starts a session for who showed these factors, under a new token, and ends the one there was. Answers the session,
 * or with 202 what is still due.
 */
export async function startSession(
	request: FastifyRequest,
	reply: FastifyReply,
	schools: Schools,
	identity: Identity,
	factors: readonly Factor[],
	{ opensPhone = false }: { readonly opensPhone?: boolean } = {},
): Promise<Answer> {
	const school = schools.get(identity.schoolId);
	const session = school && sessionFor(school, identity.personId);
	if (!session) throw new Problem('refused');
	const seat = await seatFor(request, schools, session, opensPhone);
	const former = await whoComesIn(request, schools);
	if (former) await schools.accounts.endSession(former.live.id);
	const phone = await takeSeat(seat, reply, schools, session);
	const device = deviceLabel(request.headers['user-agent']);
	const { token } = await schools.accounts.startSession(identity, factors, { device, phone });
	setSessionCookie(request, reply, token);

	const account = await schools.credentials.find(identity.personId);
	const due = dueFor(session.roles, factors, account, school.replica.school.demo);
	if (due === null) return session;
	reply.code(202);
	const { passkeys = [], totp, recovery = [] } = account ?? {};
	const methods = [
		...(passkeys.length > 0 ? (['passkey'] as const) : []),
		...(totp?.confirmed ? (['totp'] as const) : []),
		...(recovery.length > 0 ? (['recovery'] as const) : []),
	];
	return { kind: 'due', due, name: session.name, methods };
}
