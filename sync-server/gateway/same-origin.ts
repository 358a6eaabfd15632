import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * What changes something must come from this very app. Browsers always say where a request comes from; a program
 * that says nothing carries no stranger's cookie.
 */
export function refuseOtherSites(app: FastifyInstance): void {
	app.addHook('onRequest', async (request) => {
		if (!READS.has(request.method) && isFromElsewhere(request)) throw new Problem('crossSite');
	});
}

function isFromElsewhere({ headers, protocol, host }: FastifyRequest): boolean {
	const site = headers['sec-fetch-site'];
	if (site !== undefined) return site !== 'same-origin';
	return headers.origin !== undefined && headers.origin !== `${protocol}://${host}`;
}
