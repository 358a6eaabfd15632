import type { FastifyInstance } from 'fastify';
import type { SchoolKey } from '#domain/sync/sealed-revision.ts';
import type { Schools } from '#server/schools.ts';
import { mustBeSignedIn } from './who.ts';

/** To which key a device of this school seals what waits there. */
export function sealingKeyRoute(app: FastifyInstance, schools: Schools): void {
	app.get('/api/sealing-key', async (request): Promise<SchoolKey> => {
		const { school } = await mustBeSignedIn(request, schools);
		return school.seal.current;
	});
}
