import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendProblem } from './problem.ts';

const YEAR = 'public, max-age=31536000, immutable';
/** The same name with new contents after an update: a stale one keeps the old app alive. */
const ASK_AGAIN = 'no-cache';

/** Serves the built app; every page of it is the same `index.html`. */
export async function appFiles(app: FastifyInstance, appDir: string): Promise<void> {
	const isBuilt = existsSync(join(appDir, 'index.html'));
	if (isBuilt) {
		await app.register(fastifyStatic, {
			root: resolve(appDir),
			preCompressed: true,
			cacheControl: false,
			setHeaders(reply, path) {
				reply.header('cache-control', path.includes('/_app/immutable/') ? YEAR : ASK_AGAIN);
			},
		});
	}
	app.setNotFoundHandler((request, reply) => {
		if (isBuilt && isPage(request)) return reply.sendFile('index.html');
		return sendProblem(reply, 'notFound');
	});
}

function isPage({ method, url, headers }: FastifyRequest): boolean {
	return (
		(method === 'GET' || method === 'HEAD') &&
		(headers.accept ?? '').includes('text/html') &&
		!/^\/(api|sync|_app)(\/|$)/.test(url)
	);
}
