import type { FastifyInstance } from 'fastify';
import { SignInRequest, type SignInOptions } from '#domain/session.ts';
import type { Identity } from '#server/accounts/accounts.ts';
import { demoPeopleOf } from '#server/accounts/demo-people.ts';
import type { Schools } from '#server/schools.ts';
import { Problem } from './problem.ts';
import { clearSessionCookie, mustBeSignedIn, sessionFor, setSessionCookie, whoAsks } from './who.ts';

/** A whole school signs in from one address on a Monday morning; codes are out of reach of guessing anyway. */
const SIGN_INS_PER_MINUTE = 120;

export function signInRoutes(app: FastifyInstance, schools: Schools): void {
	app.get('/api/sign-in', async (): Promise<SignInOptions> => {
		const all = schools.all();
		const shown = all.find(({ replica }) => replica.school.demo) ?? all[0];
		return shown
			? { schoolName: shown.replica.school.name, demoPeople: demoPeopleOf(shown.replica) }
			: { schoolName: '', demoPeople: [] };
	});

	app.post(
		'/api/sign-in',
		{ config: { rateLimit: { max: SIGN_INS_PER_MINUTE, timeWindow: '1 minute' } } },
		async (request, reply) => {
			const wish = SignInRequest.safeParse(request.body);
			if (!wish.success) throw new Problem('badRequest');
			const identity = await identify(wish.data);
			const school = identity && schools.get(identity.schoolId);
			const session = school && sessionFor(school, identity.personId);
			if (!session) throw new Problem('refused');
			const former = await whoAsks(request, schools);
			if (former) await schools.accounts.endSession(former.live.id);
			setSessionCookie(reply, (await schools.accounts.startSession(identity)).token);
			return session;
		},
	);

	app.get('/api/session', async (request) => (await mustBeSignedIn(request, schools)).session);

	app.post('/api/sign-out', async (request, reply) => {
		const who = await whoAsks(request, schools);
		if (who) await schools.accounts.endSession(who.live.id);
		clearSessionCookie(reply);
		return reply.code(204).send();
	});

	async function identify(wish: SignInRequest): Promise<Identity | undefined> {
		if ('code' in wish) return schools.accounts.redeemCode(wish.code);
		const school = schools.all().find(({ replica }) => replica.find('person', wish.demoPersonId));
		return school?.replica.school.demo ? { personId: wish.demoPersonId, schoolId: school.id } : undefined;
	}
}
