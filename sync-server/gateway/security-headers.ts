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

/**
 * What protects a page or says how to embed one means nothing for an answer to our own `fetch`, and would make up most of
 * the bytes of a sync with nothing new. `nosniff`, `no-store` and who may read it from elsewhere stay.
 */
const FOR_PAGES = [
	'content-security-policy',
	'cross-origin-opener-policy',
	'origin-agent-cluster',
	'referrer-policy',
	'strict-transport-security',
	'x-dns-prefetch-control',
	'x-download-options',
	'x-frame-options',
	'x-permitted-cross-domain-policies',
	'x-xss-protection',
];

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
	app.addHook('onSend', async (request, reply) => {
		if (request.url.startsWith('/sync/')) for (const name of FOR_PAGES) reply.removeHeader(name);
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
