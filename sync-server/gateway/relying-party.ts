import type { FastifyRequest } from 'fastify';
import type { RelyingParty } from '#server/accounts/passkeys.ts';

/** Where the browser thinks it is: a passkey made here works here only, so a copied page gets nothing. */
export function relyingPartyOf({ protocol, host, hostname }: FastifyRequest): RelyingParty {
	return { id: hostname, origin: `${protocol}://${host}` };
}
