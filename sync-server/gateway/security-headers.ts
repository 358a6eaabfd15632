import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** For answers of a server without a built app: nothing may run. */
const NOTHING = "default-src 'none'";

/**
 * The policy Kit wrote into the page, as a header, so that both say the same. `frame-ancestors` only counts in a
 * header.
 */
function contentSecurityPolicy(appDir: string): string {
	return `${policyInPage(appDir) ?? NOTHING}; frame-ancestors 'none'`;
}

export async function securityHeaders(app: FastifyInstance, appDir: string): Promise<void> {
	const policy = contentSecurityPolicy(appDir);
	await app.register(helmet, {
		contentSecurityPolicy: false,
		referrerPolicy: { policy: 'no-referrer' },
		crossOriginOpenerPolicy: { policy: 'same-origin' },
		// The school's other sites are not ours to promise for.
		strictTransportSecurity: { includeSubDomains: false },
		frameguard: { action: 'deny' },
	});
	app.addHook('onRequest', async (_request, reply) => {
		reply.header('content-security-policy', policy);
	});
}

function policyInPage(appDir: string): string | undefined {
	try {
		const page = readFileSync(join(appDir, 'index.html'), 'utf8');
		return /http-equiv="content-security-policy" content="([^"]+)"/i.exec(page)?.[1];
	} catch {
		return undefined;
	}
}
