import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Identity } from '#server/accounts/accounts.ts';
import { wayOf } from '#server/accounts/credentials.ts';
import { RETURN_PATH, type Journey, type SchoolAccount } from '#server/accounts/school-account.ts';
import type { Schools } from '#server/schools.ts';
import { isFresh } from './fresh.ts';
import { Problem } from './problem.ts';
import { perSignIn } from './rate.ts';
import { startSession } from './start-session.ts';
import { whoComesIn } from './who.ts';

/** To type a password at the provider and find the phone. */
const JOURNEY_LIFE_MS = 10 * 60 * 1000;

const COOKIE = '__Host-journey';
/** Lax: the way back starts at the provider's site. It proves only that this browser is the one that left. */
const COOKIE_RULES = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const;

interface KeptJourney extends Journey {
	/** Whose account is to be linked, and in which session that was asked; `null`: somebody signs in. */
	readonly linkTo: (Identity & { readonly sessionId: string }) | null;
}

const limited = { config: { rateLimit: perSignIn } };

/** To the school's own sign-in and back. */
export function schoolAccountRoutes(app: FastifyInstance, schools: Schools, provider: SchoolAccount): void {
	app.get('/api/sign-in/school-account', limited, async (_request, reply) => leave(reply, null));

	app.get('/api/account/school-account', limited, async (request, reply) => {
		const who = await whoComesIn(request, schools);
		if (!who || who.due === 'verify' || who.school.replica.school.demo) throw new Problem('signedOut');
		// A way in of its own, like a passkey: a borrowed, unlocked laptop is not enough.
		if (!isFresh(who.live, schools.now())) return reply.redirect('/account#sign-in-again', 303);
		const { personId, schoolId, id: sessionId } = who.live;
		return leave(reply, { personId, schoolId, sessionId });
	});

	app.get(RETURN_PATH, limited, async (request, reply) => {
		const cookie = request.cookies[COOKIE];
		reply.clearCookie(COOKIE, COOKIE_RULES);
		const journey = cookie
			? ((await schools.accounts.takeOnce(`journey ${cookie}`)) as KeptJourney | undefined)
			: undefined;
		const query = request.url.slice(request.url.indexOf('?') >>> 0);
		const recognised = journey && (await provider.comeBack(query, journey));
		if (!journey || !recognised) return reply.redirect('/sign-in#school-account-failed', 303);

		const way = wayOf.federated(recognised.issuer, recognised.subject);
		if (journey.linkTo) {
			// The session's own cookie does not come along from the provider's site: it is looked up.
			const { personId, schoolId, sessionId } = journey.linkTo;
			const asked = (await schools.accounts.sessionsOf(personId)).find(({ id }) => id === sessionId);
			if (!asked || !isFresh(asked, schools.now())) return reply.redirect('/account#sign-in-again', 303);
			const linked = await schools.credentials.claimWay(way, { personId, schoolId });
			if (!linked) return reply.redirect('/sign-in#school-account-taken', 303);
			await schools.credentials.change({ personId, schoolId }, (account) => ({
				...account,
				federated: [...new Set([...account.federated, way])],
			}));
			return reply.redirect('/account', 303);
		}
		const identity = await schools.credentials.whoseWay(way);
		if (!identity) return reply.redirect('/sign-in#school-account-unknown', 303);
		await startSession(request, reply, schools, identity, recognised.isStrong ? ['federated', 'totp'] : ['federated']);
		return reply.redirect('/sign-in#school-account', 303);
	});

	async function leave(reply: FastifyReply, linkTo: KeptJourney['linkTo']) {
		const { url, journey } = await provider.leave();
		const token = randomBytes(32).toString('base64url');
		await schools.accounts.keepOnce(`journey ${token}`, { ...journey, linkTo } satisfies KeptJourney, JOURNEY_LIFE_MS);
		reply.setCookie(COOKIE, token, { ...COOKIE_RULES, maxAge: JOURNEY_LIFE_MS / 1000 });
		return reply.redirect(url.href, 303);
	}
}
