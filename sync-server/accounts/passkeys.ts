import {
	generateAuthenticationOptions,
	generateRegistrationOptions,
	verifyAuthenticationResponse,
	verifyRegistrationResponse,
	type AuthenticationResponseJSON,
	type AuthenticatorTransport,
	type PublicKeyCredentialCreationOptionsJSON,
	type PublicKeyCredentialRequestOptionsJSON,
	type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import type { Clock } from '#server/clock.ts';
import type { Accounts, Identity } from './accounts.ts';
import { wayOf, type Credentials, type StoredPasskey } from './credentials.ts';

/** Long enough to find the phone and unlock it. */
const CHALLENGE_LIFE_MS = 5 * 60 * 1000;
const MAX_PASSKEYS = 10;

/** Where the app is served from, as the browser sees it. */
export interface RelyingParty {
	readonly id: string;
	readonly origin: string;
}

interface Deps {
	readonly accounts: Accounts;
	readonly credentials: Credentials;
	readonly now: Clock;
}

export type Passkeys = ReturnType<typeof createPasskeys>;

/** Passkeys (WebAuthn): what the authenticator answers is never believed before it has been verified. */
export function createPasskeys({ accounts, credentials, now }: Deps) {
	/** A challenge is good once, for one purpose, and for one person when it is to add a passkey. */
	const keep = (challenge: string, purpose: string) =>
		accounts.keepOnce(`challenge ${challenge}`, purpose, CHALLENGE_LIFE_MS);
	const isOurs = (purpose: string) => async (challenge: string) =>
		(await accounts.takeOnce(`challenge ${challenge}`)) === purpose;

	return {
		async optionsToAdd(who: Identity, name: string, rp: RelyingParty): Promise<PublicKeyCredentialCreationOptionsJSON> {
			const account = await credentials.find(who.personId);
			const options = await generateRegistrationOptions({
				rpName: 'Pleinwacht',
				rpID: rp.id,
				userName: account?.signInName ?? name,
				userDisplayName: name,
				userID: new Uint8Array(Buffer.from(who.personId)),
				attestationType: 'none',
				excludeCredentials: (account?.passkeys ?? []).map(({ id }) => ({ id })),
				authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
			});
			await keep(options.challenge, `add ${who.personId}`);
			return options;
		},

		async add(who: Identity, answer: object, label: string, rp: RelyingParty): Promise<boolean> {
			const verified = await verifyRegistrationResponse({
				response: answer as RegistrationResponseJSON,
				expectedChallenge: isOurs(`add ${who.personId}`),
				expectedOrigin: rp.origin,
				expectedRPID: rp.id,
				requireUserVerification: true,
			}).catch(() => undefined);
			if (!verified?.verified) return false;
			const { id, publicKey, counter, transports } = verified.registrationInfo.credential;
			const passkey: StoredPasskey = {
				id,
				publicKey: Buffer.from(publicKey).toString('base64url'),
				counter,
				transports: transports ?? [],
				label,
				addedAt: now().getTime(),
			};
			if (!(await credentials.claimWay(wayOf.passkey(id), who))) return false;
			const changed = await credentials.change(who, (account) =>
				account.passkeys.length < MAX_PASSKEYS
					? { ...account, passkeys: [...account.passkeys.filter((each) => each.id !== id), passkey] }
					: undefined,
			);
			return changed !== undefined;
		},

		/** Nobody is named: the authenticator itself offers whom it knows here. */
		async optionsToSignIn(rp: RelyingParty): Promise<PublicKeyCredentialRequestOptionsJSON> {
			const options = await generateAuthenticationOptions({ rpID: rp.id, userVerification: 'required' });
			await keep(options.challenge, 'sign in');
			return options;
		},

		async signIn(answer: { readonly id: string }, rp: RelyingParty): Promise<Identity | undefined> {
			const identity = await credentials.whoseWay(wayOf.passkey(answer.id));
			const account = identity && (await credentials.find(identity.personId));
			const passkey = account?.passkeys.find(({ id }) => id === answer.id);
			if (!identity || !passkey) return undefined;
			const verified = await verifyAuthenticationResponse({
				response: answer as AuthenticationResponseJSON,
				expectedChallenge: isOurs('sign in'),
				expectedOrigin: rp.origin,
				expectedRPID: rp.id,
				requireUserVerification: true,
				credential: {
					id: passkey.id,
					publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
					counter: passkey.counter,
					transports: [...passkey.transports] as AuthenticatorTransport[],
				},
			}).catch(() => undefined);
			if (!verified?.verified) return undefined;
			const counter = verified.authenticationInfo.newCounter;
			await credentials.change(identity, (standing) => ({
				...standing,
				passkeys: standing.passkeys.map((each) => (each.id === passkey.id ? { ...each, counter } : each)),
			}));
			return identity;
		},
	};
}
