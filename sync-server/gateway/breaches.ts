import type { FastifyInstance } from 'fastify';
import { BreachDecision, NewBreach, type Breach, type BreachRegister } from '#domain/privacy/breach.ts';
import type { DocumentType } from '#domain/document.ts';
import type { PersonId } from '#domain/id.ts';
import type { Schools } from '#server/schools.ts';
import { bodyOf } from './body.ts';
import { deviceInReach, heldBy, mustLookAfterDevices } from './device-reach.ts';
import { Problem } from './problem.ts';
import { perSession } from './rate.ts';

const limited = { config: { rateLimit: perSession } };

/** The register of breaches (GDPR, article 33, 5), for who looks after devices; to everybody else it is not there. */
export function breachRoutes(app: FastifyInstance, schools: Schools): void {
	app.get('/api/breaches', limited, async (request): Promise<BreachRegister> => {
		const { school, session } = await mustLookAfterDevices(request, schools);
		return { breaches: (await school.breaches.all()).map((each) => asToldTo(session.personId, each)) };
	});

	app.post('/api/breaches', limited, async (request): Promise<Breach> => {
		const { what, noticedAt, deviceId } = bodyOf(request, NewBreach);
		const who = await mustLookAfterDevices(request, schools);
		const record = deviceId === null ? null : await deviceInReach(schools, who, deviceId);
		const device = record && {
			personId: record.personId,
			label: record.device ?? '',
			held: heldBy(who, record.personId),
		};
		const writtenAt = schools.now().getTime();
		// Nobody notices tomorrow: a clock that is ahead would give more time than there is.
		const noticed = Math.min(noticedAt, writtenAt);
		return who.school.breaches.add({ what, noticedAt: noticed, writtenAt, writtenBy: who.session.personId, device });
	});

	app.post('/api/breaches/decide', limited, async (request, reply) => {
		const { id, outcome, reason } = bodyOf(request, BreachDecision);
		const { session, school } = await mustLookAfterDevices(request, schools);
		const decidedAt = schools.now().getTime();
		const isDone = await school.breaches.decide(id, { outcome, reason, decidedAt, decidedBy: session.personId });
		if (!isDone) throw new Problem('notFound');
		return reply.code(204).send();
	});
}

/** The school's own lists: that so many of them were on a device says nothing of what its person saw or did. */
const LISTS: readonly string[] = [
	'school',
	'site',
	'group',
	'pupil',
	'person',
	'place',
	'calendar',
] satisfies DocumentType[];

/** What was on it was counted as far as its writer might read; another keeper may be one who may not. */
function asToldTo(readerId: PersonId, breach: Breach): Breach {
	const { device, writtenBy } = breach;
	if (!device || writtenBy === readerId) return breach;
	return { ...breach, device: { ...device, held: device.held.filter(({ type }) => LISTS.includes(type)) } };
}
