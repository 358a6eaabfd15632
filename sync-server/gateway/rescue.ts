import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { isCoordinator } from '#domain/school/roles.ts';
import { readRescueFile } from '#domain/sync/rescue.ts';
import type { RescueOutcome } from '#domain/sync/rescue-outcome.ts';
import type { Clock } from '#server/clock.ts';
import { takeInRescue } from '#server/rescue/take-in.ts';
import type { Schools } from '#server/schools.ts';
import { Problem } from './problem.ts';
import { admitSignedIn, mustBeSignedIn } from './who.ts';

/** A full outbox is a few megabytes; a phone that was forgotten for a year may have ten times that. */
const BODY_LIMIT = 64_000_000;

const RESCUES_PER_MINUTE = 30;

const Offered = z.strictObject({ file: z.string() });

/** The coordinator's way to take in a rescue file somebody brought. */
export function rescueRoute(app: FastifyInstance, schools: Schools, now: Clock): void {
	app.post(
		'/api/rescue',
		{
			bodyLimit: BODY_LIMIT,
			onRequest: admitSignedIn(schools),
			config: { rateLimit: { max: RESCUES_PER_MINUTE, timeWindow: '1 minute' } },
		},
		async (request): Promise<RescueOutcome> => {
			const { session, school } = await mustBeSignedIn(request, schools);
			if (!isCoordinator(session)) throw new Problem('notYours');
			const offered = Offered.safeParse(request.body);
			const file = offered.success ? readRescueFile(offered.data.file) : undefined;
			if (!file?.ok || file.value.schoolId !== school.id) throw new Problem('badRequest');
			return takeInRescue(school, file.value, now(), session.personId);
		},
	);
}
