import type { FastifyInstance } from 'fastify';
import type { StoreHost } from '#server/store/document-store.ts';
import { Problem } from './problem.ts';

/** One look at the store answers all who ask within this time: nobody can wear it out by asking. */
const LOOKED_FOR_MS = 2000;

/** For who watches the server: whether devices can be answered, and nothing else. Needs no sign-in. */
export function healthRoute(app: FastifyInstance, host: Pick<StoreHost, 'assertReady'>): void {
	let look: Promise<boolean> | undefined;
	let lookedAt = -Infinity;

	async function isReady(): Promise<boolean> {
		if (!look || performance.now() - lookedAt > LOOKED_FOR_MS) {
			lookedAt = performance.now();
			look = host.assertReady().then(
				() => true,
				() => false,
			);
		}
		return look;
	}

	app.get('/health', async (_, reply) => {
		reply.header('cache-control', 'no-store');
		if (!(await isReady())) throw new Problem('unavailable');
		return { status: 'ok' };
	});
	/** What a device asks to learn whether this server can be reached at all. */
	app.get('/api/health', async () => ({ status: 'ok' }));
}
