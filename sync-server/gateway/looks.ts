import type { FastifyInstance } from 'fastify';
import { can } from '#domain/access/access.ts';
import { LooksTold, WhoLookedRequest, type WhoLooked } from '#domain/access/looks.ts';
import { isCoordinator } from '#domain/school/roles.ts';
import type { Schools } from '#server/schools.ts';
import { bodyOf } from './body.ts';
import { Problem } from './problem.ts';
import { perSession } from './rate.ts';
import { admitSender, mustBeSignedIn } from './who.ts';

const limited = { config: { rateLimit: perSession } };

/** Devices tell what was looked at; only a coordinator hears of it, child by child (D10). */
export function lookRoutes(app: FastifyInstance, schools: Schools): void {
	// Also from a device that has to forget: who looked must not be wiped with it.
	app.post('/api/looks', { ...limited, onRequest: admitSender(schools) }, async (request, reply) => {
		const { looks } = bodyOf(request, LooksTold);
		const { session, school } = await mustBeSignedIn(request, schools);
		// An id of elsewhere means nothing here: not kept, and not told apart.
		const known = looks.filter(({ about }) => about === school.id || school.replica.get(about));
		await school.looks.add(session.personId, known, schools.now());
		return reply.code(204).send();
	});

	app.post('/api/looks/of', limited, async (request): Promise<WhoLooked> => {
		const { pupilId } = bodyOf(request, WhoLookedRequest);
		const { session, school } = await mustBeSignedIn(request, schools);
		const doc = school.replica.find('pupil', pupilId);
		const mayAsk = doc && isCoordinator(session) && can(session, 'read', { doc, facts: school.replica.facts });
		if (!mayAsk) throw new Problem('notFound');
		return { looks: await school.looks.of(doc) };
	});
}
