import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
	CodeRequest,
	ItemRequest,
	PasskeyAnswer,
	PasswordChange,
	type AccountView,
	type RecoveryCodes,
	type TotpOffer,
} from '#domain/accounts/messages.ts';
import { needsSecondFactor } from '#domain/accounts/second-factor.ts';
import { hasSecondFactor, wayOf, type Account } from '#server/accounts/credentials.ts';
import { deviceLabel } from '#server/accounts/device-label.ts';
import type { Passkeys } from '#server/accounts/passkeys.ts';
import { hashPassword, isPassword, problemWithPassword } from '#server/accounts/password.ts';
import { hashRecoveryCodes, newRecoveryCodes } from '#server/accounts/recovery-codes.ts';
import { isStrong, type Factor } from '#server/accounts/session-rules.ts';
import { newTotpSecret, totpCounter, totpUri } from '#server/accounts/totp.ts';
import type { Schools } from '#server/schools.ts';
import { bodyOf } from './body.ts';
import { isFresh } from './fresh.ts';
import { Problem } from './problem.ts';
import { perSignIn } from './rate.ts';
import { relyingPartyOf } from './relying-party.ts';
import { startSession } from './start-session.ts';
import { mustBeSignedIn, whoComesIn, type ComingIn } from './who.ts';

const limited = { config: { rateLimit: perSignIn } };

/** A person's own account: what they sign in with, and where. */
export function accountRoutes(app: FastifyInstance, schools: Schools, passkeys: Passkeys): void {
	const { accounts, credentials, now } = schools;

	app.get('/api/account', async (request): Promise<AccountView> => {
		const { live, session } = await mustBeSignedIn(request, schools);
		const account = await credentials.find(live.personId);
		const devices = await accounts.sessionsOf(live.personId);
		return {
			name: session.name,
			signInName: account?.signInName ?? null,
			hasPassword: account?.password != null,
			hasTotp: account?.totp?.confirmed === true,
			needsSecondFactor: needsSecondFactor(session.roles),
			recoveryCodesLeft: account?.recovery.length ?? 0,
			hasSchoolAccount: (account?.federated.length ?? 0) > 0,
			passkeys: (account?.passkeys ?? []).map(({ id, label, addedAt }) => ({ id, label, addedAt })),
			devices: devices
				.toSorted((a, b) => b.seenAt - a.seenAt)
				.map(({ id, device, startedAt, seenAt }) => ({
					id,
					label: device,
					startedAt,
					seenAt,
					isThis: id === live.id,
				})),
		};
	});

	app.post('/api/account/password', limited, async (request, reply) => {
		const { signInName, current, next } = bodyOf(request, PasswordChange);
		const who = await whoMayChange(request);
		const standing = await credentials.find(who.live.personId);
		if (standing?.password && !(await isPassword(standing.password, current ?? ''))) {
			throw new Problem('wrongCurrent');
		}
		const name = signInName ?? standing?.signInName;
		if (!name) throw new Problem('badRequest');
		const problem = problemWithPassword(next, [who.session.name, who.session.schoolName, name]);
		if (problem) throw new Problem(problem);
		if (!(await credentials.claimWay(wayOf.signInName(name), who.live))) throw new Problem('nameTaken');
		const password = await hashPassword(next);
		await credentials.change(who.live, (account) => ({ ...account, signInName: name, password }));
		const former = standing?.signInName;
		if (former && former !== name) await credentials.dropWay(wayOf.signInName(former));
		// Whoever knew the old one is out everywhere.
		await endOthers(who);
		return reply.code(204).send();
	});

	app.post('/api/account/totp', limited, async (request): Promise<TotpOffer> => {
		const who = await whoMayChange(request);
		const secret = newTotpSecret();
		const changed = await credentials.change(who.live, (account) =>
			// Another secret takes the place of the one there is only once it is confirmed: sign in, take it off, start anew.
			account.totp?.confirmed ? undefined : { ...account, totp: { secret, confirmed: false, lastCounter: 0 } },
		);
		if (!changed) throw new Problem('notAllowed');
		return { secret, uri: totpUri(secret, changed.signInName ?? who.session.name) };
	});

	app.post('/api/account/totp/confirm', limited, async (request, reply): Promise<RecoveryCodes> => {
		const { code } = bodyOf(request, CodeRequest);
		const who = await whoMayChange(request);
		// Without a password a TOTP would be a second factor without a first.
		const recoveryCodes = newRecoveryCodes();
		const recovery = await hashRecoveryCodes(recoveryCodes);
		const changed = await credentials.change(who.live, (account) => {
			const { totp } = account;
			if (!totp || totp.confirmed || account.password === null) return undefined;
			const lastCounter = totpCounter(totp.secret, code, now(), totp.lastCounter);
			if (lastCounter === undefined) return undefined;
			return { ...account, totp: { ...totp, confirmed: true, lastCounter }, recovery };
		});
		if (!changed) throw new Problem('refused');
		await stepUp(request, reply, who, 'totp');
		return { recoveryCodes };
	});

	app.post('/api/account/totp/remove', limited, async (request, reply) => {
		const who = await whoMayChange(request);
		const changed = await credentials.change(who.live, (account) =>
			staysReachable({ ...account, totp: null, recovery: [] }, who),
		);
		if (!changed) throw new Problem('lastFactor');
		return reply.code(204).send();
	});

	app.post('/api/account/recovery', limited, async (request): Promise<RecoveryCodes> => {
		const who = await whoMayChange(request);
		const recoveryCodes = newRecoveryCodes();
		const recovery = await hashRecoveryCodes(recoveryCodes);
		const changed = await credentials.change(who.live, (account) =>
			account.totp?.confirmed ? { ...account, recovery } : undefined,
		);
		if (!changed) throw new Problem('notAllowed');
		return { recoveryCodes };
	});

	app.post('/api/account/passkey/options', limited, async (request) => {
		const who = await whoMayChange(request);
		return passkeys.optionsToAdd(who.live, who.session.name, relyingPartyOf(request));
	});

	app.post('/api/account/passkey', limited, async (request, reply) => {
		const { answer, label } = bodyOf(request, PasskeyAnswer);
		const who = await whoMayChange(request);
		const shown = label || deviceLabel(request.headers['user-agent']);
		if (!(await passkeys.add(who.live, answer, shown, relyingPartyOf(request)))) throw new Problem('refused');
		await stepUp(request, reply, who, 'passkey');
		return reply.code(204).send();
	});

	app.post('/api/account/passkey/remove', limited, async (request, reply) => {
		const { id } = bodyOf(request, ItemRequest);
		const who = await whoMayChange(request);
		const standing = await credentials.find(who.live.personId);
		// Taken off already, or somebody else's: that one's way in stays.
		if (!standing?.passkeys.some((each) => each.id === id)) return reply.code(204).send();
		const changed = await credentials.change(who.live, (account) =>
			staysReachable({ ...account, passkeys: account.passkeys.filter((each) => each.id !== id) }, who),
		);
		if (!changed) throw new Problem('lastFactor');
		await credentials.dropWay(wayOf.passkey(id));
		return reply.code(204).send();
	});

	/** Every linked account of the school's own sign-in, also one that somebody else linked. */
	app.post('/api/account/school-account/remove', limited, async (request, reply) => {
		const who = await whoMayChange(request);
		const standing = await credentials.find(who.live.personId);
		const changed = await credentials.change(who.live, (account) => staysReachable({ ...account, federated: [] }, who));
		if (!changed) throw new Problem('lastFactor');
		await Promise.all((standing?.federated ?? []).map((way) => credentials.dropWay(way)));
		return reply.code(204).send();
	});

	app.post('/api/account/devices/end', limited, async (request, reply) => {
		const { id } = bodyOf(request, ItemRequest);
		const { live } = await mustBeSignedIn(request, schools);
		const own = await accounts.sessionsOf(live.personId);
		// Somebody else's session is as absent as one that never was.
		if (!own.some((each) => each.id === id)) throw new Problem('notFound');
		await schools.devices.revoke(id, live.personId);
		return reply.code(204).send();
	});

	app.post('/api/account/devices/end-others', limited, async (request, reply) => {
		await endOthers(await mustBeSignedIn(request, schools));
		return reply.code(204).send();
	});

	/** Who is in, freshly; or who is coming in and has to make a second factor first. */
	async function whoMayChange(request: FastifyRequest): Promise<ComingIn> {
		const who = await whoComesIn(request, schools);
		if (!who || who.due === 'verify') throw new Problem('signedOut');
		// An open demo has no accounts: nobody may leave a password there that the next visitor meets.
		if (who.school.replica.school.demo) throw new Problem('notAllowed');
		if (!isFresh(who.live, now())) throw new Problem('signInAgain');
		return who;
	}

	async function endOthers({ live }: Pick<ComingIn, 'live'>): Promise<void> {
		const others = (await accounts.sessionsOf(live.personId)).filter(({ id }) => id !== live.id);
		// Not only signed out: what the school's documents say lies there too, and what waits there has to come in.
		await Promise.all(others.map(({ id }) => schools.devices.revoke(id, live.personId)));
	}

	/** Making a factor shows it: the session goes on under a new token, stronger. */
	async function stepUp(request: FastifyRequest, reply: FastifyReply, { live }: ComingIn, factor: Factor) {
		if (isStrong(live.factors)) return;
		await startSession(request, reply, schools, live, [...live.factors, factor]);
		reply.code(200);
	}

	/** Nobody takes off the last second factor a role asks for, or the last way in. */
	function staysReachable(account: Account, { session }: ComingIn): Account | undefined {
		const hasWay = account.password !== null || account.passkeys.length > 0 || account.federated.length > 0;
		const isSafe = !needsSecondFactor(session.roles) || hasSecondFactor(account);
		return hasWay && isSafe ? account : undefined;
	}
}
