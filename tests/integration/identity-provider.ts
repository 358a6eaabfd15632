import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export const CLIENT = { clientId: 'pleinwacht', clientSecret: 'a secret of the test' };

/** A real OpenID Connect provider on loopback, with a sign-in page that takes any name. */
export async function startIdentityProvider(redirectUri: string) {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const provider = new Provider(issuer, {
		clients: [
			{
				client_id: CLIENT.clientId,
				client_secret: CLIENT.clientSecret,
				redirect_uris: [redirectUri],
				response_types: ['code'],
				grant_types: ['authorization_code'],
			},
		],
		pkce: { required: () => true },
		features: { devInteractions: { enabled: true } },
		cookies: { keys: ['only for tests'] },
	});
	server.on('request', provider.callback());

	/** Signs in there as somebody and comes back with the address the browser is sent to. */
	async function signIn(authorizationUrl: string, subject: string): Promise<string> {
		const jar = new Map<string, string>();
		const visit = async (url: string, form?: Record<string, string>): Promise<Response> => {
			const answer = await fetch(url, {
				redirect: 'manual',
				headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
				...(form && { method: 'POST', body: new URLSearchParams(form) }),
			});
			for (const line of answer.headers.getSetCookie()) {
				const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
				jar.set(name, value);
			}
			return answer;
		};
		let url = authorizationUrl;
		for (let step = 0; step < 12; step++) {
			if (url.startsWith(redirectUri)) return url;
			let answer = await visit(url);
			if (answer.status === 200) {
				const page = await answer.text();
				const form = page.includes('value="login"')
					? { prompt: 'login', login: subject, password: 'any' }
					: { prompt: 'consent' };
				answer = await visit(url, form);
			}
			url = new URL(answer.headers.get('location') ?? '', url).href;
		}
		throw new Error(`The provider did not send anybody back: ${url}`);
	}

	return {
		issuer,
		signIn,
		stop: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
