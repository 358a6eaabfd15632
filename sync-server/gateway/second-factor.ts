import type { FastifyInstance } from 'fastify';
import { PasskeyAnswer, SecondFactor } from '#domain/accounts/messages.ts';
import type { Identity } from '#server/accounts/accounts.ts';
import { createDelays } from '#server/accounts/delays.ts';
import type { Passkeys } from '#server/accounts/passkeys.ts';
import { findRecoveryCode } from '#server/accounts/recovery-codes.ts';
import { totpCounter } from '#server/accounts/totp.ts';
import type { Schools } from '#server/schools.ts';
import { bodyOf } from './body.ts';
import { countTry } from './count-try.ts';
import { Problem } from './problem.ts';
import { perSignIn } from './rate.ts';
import { relyingPartyOf } from './relying-party.ts';
import { startSession } from './start-session.ts';
import { whoComesIn } from './who.ts';

/** The second thing somebody shows, and the passkey, which is two by itself. */
export function secondFactorRoutes(app: FastifyInstance, schools: Schools, passkeys: Passkeys): void {
	const delays = createDelays(schools.now);

	app.post('/api/sign-in/second', { config: { rateLimit: perSignIn } }, async (request, reply) => {
		const given = bodyOf(request, SecondFactor);
		const who = await whoComesIn(request, schools);
		if (!who) throw new Problem('signedOut');
		const { live } = who;
		// Six digits are soon tried out: the delay goes with the person, not with the session.
		countTry(delays, live.personId);
		const right = 'totp' in given ? await useTotp(live, given.totp) : await useRecoveryCode(live, given.recovery);
		if (!right) throw new Problem('refused');
		delays.succeeded(live.personId);
		return startSession(request, reply, schools, live, [...live.factors, 'totp' in given ? 'totp' : 'recovery']);
	});

	app.post('/api/sign-in/passkey/options', { config: { rateLimit: perSignIn } }, async (request) =>
		passkeys.optionsToSignIn(relyingPartyOf(request)),
	);

	app.post('/api/sign-in/passkey', { config: { rateLimit: perSignIn } }, async (request, reply) => {
		const { answer } = bodyOf(request, PasskeyAnswer);
		const identity = await passkeys.signIn(answer, relyingPartyOf(request));
		if (!identity) throw new Problem('refused');
		return startSession(request, reply, schools, identity, ['passkey']);
	});

	/** Of two who show the same code at once, one gets in: the change goes through once. */
	async function useTotp(identity: Identity, code: string): Promise<boolean> {
		const changed = await schools.credentials.change(identity, (account) => {
			if (!account.totp?.confirmed) return undefined;
			const lastCounter = totpCounter(account.totp.secret, code, schools.now(), account.totp.lastCounter);
			return lastCounter === undefined ? undefined : { ...account, totp: { ...account.totp, lastCounter } };
		});
		return changed !== undefined;
	}

	async function useRecoveryCode(identity: Identity, code: string): Promise<boolean> {
		const standing = await schools.credentials.find(identity.personId);
		const used = await findRecoveryCode(standing?.recovery ?? [], code);
		const changed = await schools.credentials.change(identity, (account) =>
			used !== undefined && account.recovery.includes(used)
				? { ...account, recovery: account.recovery.filter((each) => each !== used) }
				: undefined,
		);
		return changed !== undefined;
	}
}
