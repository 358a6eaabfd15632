import {
	allowInsecureRequests,
	authorizationCodeGrant,
	buildAuthorizationUrl,
	calculatePKCECodeChallenge,
	discovery,
	randomNonce,
	randomPKCECodeVerifier,
	randomState,
	type Configuration,
} from 'openid-client';

export interface SchoolAccountSettings {
	readonly issuer: string;
	readonly clientId: string;
	readonly clientSecret: string;
	/** As people know it: `Microsoft`, `Entree`. */
	readonly name: string;
	/** Where browsers find this app; the provider sends them back there. */
	readonly publicUrl: string;
}

/** What has to be remembered between leaving for the provider and coming back. */
export interface Journey {
	readonly state: string;
	readonly nonce: string;
	readonly verifier: string;
}

export interface Recognised {
	readonly issuer: string;
	readonly subject: string;
	/** The provider says it asked for two factors (RFC 8176). */
	readonly isStrong: boolean;
}

export const RETURN_PATH = '/api/sign-in/school-account/return';

export type SchoolAccount = ReturnType<typeof createSchoolAccount>;

/**
 * The school's own sign-in by OpenID Connect: Entra, Google, Entree Federatie, whatever speaks it. Code flow with
 * PKCE, state and nonce. Who comes back is an issuer and a subject; an e-mail address is never believed.
 */
export function createSchoolAccount(settings: SchoolAccountSettings) {
	const returnUrl = new URL(RETURN_PATH, settings.publicUrl);
	let provider: Promise<Configuration> | undefined;

	/** Asked for when it is needed: a provider that is away must not keep the school from starting. */
	function configuration(): Promise<Configuration> {
		const issuer = new URL(settings.issuer);
		const isLoopback = ['127.0.0.1', 'localhost', '[::1]'].includes(issuer.hostname);
		const options = isLoopback ? { execute: [allowInsecureRequests] } : {};
		provider ??= discovery(issuer, settings.clientId, settings.clientSecret, undefined, options).catch((error) => {
			provider = undefined;
			throw error;
		});
		return provider;
	}

	return {
		name: settings.name,

		async leave(): Promise<{ url: URL; journey: Journey }> {
			const journey = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
			const url = buildAuthorizationUrl(await configuration(), {
				redirect_uri: returnUrl.href,
				scope: 'openid',
				state: journey.state,
				nonce: journey.nonce,
				code_challenge: await calculatePKCECodeChallenge(journey.verifier),
				code_challenge_method: 'S256',
			});
			return { url, journey };
		},

		/** `undefined`: whatever came back, it is not a sign-in that began here. */
		async comeBack(query: string, { state, nonce, verifier }: Journey): Promise<Recognised | undefined> {
			const tokens = await authorizationCodeGrant(await configuration(), new URL(`${returnUrl.href}${query}`), {
				expectedState: state,
				expectedNonce: nonce,
				pkceCodeVerifier: verifier,
				idTokenExpected: true,
			}).catch(() => undefined);
			const claims = tokens?.claims();
			if (!claims) return undefined;
			const methods = Array.isArray(claims.amr) ? claims.amr : [];
			return { issuer: claims.iss, subject: claims.sub, isStrong: methods.includes('mfa') };
		},
	};
}
