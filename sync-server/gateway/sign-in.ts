import type { FastifyInstance } from 'fastify';
import { PasswordSignIn } from '#domain/accounts/messages.ts';
import { SignInRequest, type SignInOptions } from '#domain/session.ts';
import { createDelays } from '#server/accounts/delays.ts';
import { demoPeopleOf } from '#server/accounts/demo-people.ts';
import { wayOf } from '#server/accounts/credentials.ts';
import { isPassword } from '#server/accounts/password.ts';
import type { Schools } from '#server/schools.ts';
import { bodyOf } from './body.ts';
import { clearSessionCookie } from './cookies.ts';
import { countTry } from './count-try.ts';
import { Problem } from './problem.ts';
import { perSignIn } from './rate.ts';
import { seatFor } from './seat.ts';
import { startSession } from './start-session.ts';
import { confirmForgotten, mustBeSignedIn, sessionFor, whoComesIn } from './who.ts';

export function signInRoutes(app: FastifyInstance, schools: Schools, schoolAccountName: string | undefined): void {
	const delays = createDelays(schools.now);

	app.get('/api/sign-in', async (): Promise<SignInOptions> => {
		const all = schools.all();
		const shown = all.find(({ replica }) => replica.school.demo) ?? all[0];
		return {
			schoolName: shown?.replica.school.name ?? '',
			demoPeople: shown ? demoPeopleOf(shown.replica) : [],
			...(schoolAccountName !== undefined && { schoolAccount: schoolAccountName }),
		};
	});

	app.post('/api/sign-in', { config: { rateLimit: perSignIn } }, async (request, reply) => {
		const wish = bodyOf(request, SignInRequest);
		if ('code' in wish) {
			const shown = await schools.accounts.readCode(wish.code);
			const school = shown && schools.get(shown.schoolId);
			const session = school && sessionFor(school, shown.personId);
			const opensPhone = shown?.forPhone ?? false;
			// Who cannot come in here keeps the code for where they can.
			if (session) await seatFor(request, schools, session, opensPhone);
			const identity = await schools.accounts.redeemCode(wish.code);
			if (!identity) throw new Problem('refused');
			return startSession(request, reply, schools, identity, ['code'], { opensPhone });
		}
		const school = schools.all().find(({ replica }) => replica.find('person', wish.demoPersonId));
		if (!school?.replica.school.demo) throw new Problem('refused');
		const identity = { personId: wish.demoPersonId, schoolId: school.id };
		return startSession(request, reply, schools, identity, ['demo']);
	});

	app.post('/api/sign-in/password', { config: { rateLimit: perSignIn } }, async (request, reply) => {
		const { signInName, password } = bodyOf(request, PasswordSignIn);
		countTry(delays, signInName);
		const identity = await schools.credentials.whoseWay(wayOf.signInName(signInName));
		const account = identity && (await schools.credentials.find(identity.personId));
		// Whether the name is known may not be told by how long the answer takes.
		const right = await isPassword(account?.password ?? undefined, password);
		if (!right || !identity) throw new Problem('refused');
		delays.succeeded(signInName);
		return startSession(request, reply, schools, identity, ['password']);
	});

	app.get('/api/session', async (request) => (await mustBeSignedIn(request, schools)).session);

	app.post('/api/sign-out', async (request, reply) => {
		const who = await whoComesIn(request, schools);
		if (who) await schools.accounts.endSession(who.live.id);
		else await confirmForgotten(request, schools);
		clearSessionCookie(request, reply);
		return reply.code(204).send();
	});
}
