import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ulid } from 'ulid';
import {
	CodeRequest,
	NewPerson,
	PersonRequest,
	RevisedPerson,
	type Invitation,
	type IssuedInvitation,
	type PeopleView,
} from '#domain/accounts/messages.ts';
import { can } from '#domain/access/access.ts';
import { idOf, type PersonId } from '#domain/id.ts';
import type { Person } from '#domain/school/roster.ts';
import type { Instant } from '#domain/time/local-time.ts';
import type { OpenSchool, Schools } from '#server/schools.ts';
import { envelopeOf } from '#server/store/envelope.ts';
import { contentRevision } from '#server/store/revision.ts';
import { bodyOf } from './body.ts';
import { Problem } from './problem.ts';
import { perSession, perSignIn } from './rate.ts';
import { mustBeSignedIn, type SignedIn } from './who.ts';

const limited = { config: { rateLimit: perSession } };

/** Who works at the school, and how they get in: for the administrator. To everybody else none of this is there. */
export function peopleRoutes(app: FastifyInstance, schools: Schools): void {
	const { accounts, credentials, now } = schools;

	app.get('/api/people', limited, async (request): Promise<PeopleView> => {
		const { school } = await mustAdminister(request);
		const [standing, seen] = await Promise.all([accounts.codesStanding(), accounts.lastSeen()]);
		const people = school.replica.all('person').filter(({ hasLeft }) => !hasLeft);
		return {
			people: await Promise.all(
				people.map(async ({ id }) => ({
					personId: id,
					hasAccount: (await credentials.find(id)) !== undefined,
					invitedUntil: standing.get(id) ?? null,
					seenAt: seen.get(id) ?? null,
				})),
			),
		};
	});

	app.post('/api/people', limited, async (request): Promise<IssuedInvitation> => {
		const who = await mustAdminister(request);
		const fields = bodyOf(request, NewPerson);
		const { id: schoolId } = who.school;
		const person: Person = { type: 'person', v: 1, id: idOf('person', ulid()), schoolId, ...fields };
		if (!can(who.session, 'create', { doc: person, facts: who.school.replica.facts })) throw new Problem('notAllowed');
		await store(who, person);
		return invite(who.school, person.id);
	});

	app.post('/api/people/revise', limited, async (request, reply) => {
		const who = await mustAdminister(request);
		const { personId, ...fields } = bodyOf(request, RevisedPerson);
		const standing = colleague(who.school, personId);
		const { siteIds: _former, ...kept } = standing;
		await revise(who, standing, { ...kept, ...fields });
		return reply.code(204).send();
	});

	app.post('/api/people/invite', limited, async (request): Promise<IssuedInvitation> => {
		const who = await mustAdminister(request);
		const person = colleague(who.school, bodyOf(request, PersonRequest).personId);
		// A code gets in as somebody: to oneself that would be a way around one's own second factor.
		if (!can(who.session, 'revise', { doc: person, facts: who.school.replica.facts })) throw new Problem('notAllowed');
		return invite(who.school, person.id);
	});

	app.post('/api/people/leave', limited, async (request, reply) => {
		const who = await mustAdminister(request);
		const standing = colleague(who.school, bodyOf(request, PersonRequest).personId);
		await revise(who, standing, { ...standing, hasLeft: true });
		await credentials.forget(standing.id);
		await schools.wishes.forget(standing.id);
		// Each device hears it, sends what waits there, and empties itself.
		await schools.devices.revokeAllOf(standing.id, who.session.personId);
		return reply.code(204).send();
	});

	/** Whom a link is for, so that a colleague sees that it is theirs. A wrong code and a used one look the same. */
	app.post('/api/invitation', { config: { rateLimit: perSignIn } }, async (request): Promise<Invitation> => {
		const identity = await accounts.readCode(bodyOf(request, CodeRequest).code);
		const school = identity && schools.get(identity.schoolId);
		const person = school?.replica.find('person', identity?.personId ?? '');
		if (!person || person.hasLeft || !school) throw new Problem('notFound');
		const { forDevice, forPhone } = identity;
		const use = { ...(forDevice && { forDevice }), ...(forPhone && { forPhone }) };
		return { name: person.name, schoolName: school.replica.school.name, ...use };
	});

	async function mustAdminister(request: FastifyRequest): Promise<SignedIn> {
		const who = await mustBeSignedIn(request, schools);
		if (!who.session.roles.includes('administrator')) throw new Problem('notFound');
		return who;
	}

	function colleague({ replica }: OpenSchool, personId: PersonId): Person {
		const person = replica.find('person', personId);
		if (!person || person.hasLeft) throw new Problem('notFound');
		return person;
	}

	async function revise(who: SignedIn, doc: Person, next: Person): Promise<void> {
		if (!can(who.session, 'revise', { doc, next, facts: who.school.replica.facts })) throw new Problem('notAllowed');
		await store(who, next);
	}

	async function store({ school: { replica }, session }: SignedIn, person: Person): Promise<void> {
		const { groupIds, siteIds = [] } = person;
		const isKnown =
			groupIds.every((id) => replica.find('group', id)) && siteIds.every((id) => replica.find('site', id));
		if (!isKnown) throw new Problem('badRequest');
		const standing = replica.get(person.id);
		const receivedAt = now().toISOString() as Instant;
		const arrival = { rev: contentRevision(person), receivedAt, authorId: session.personId, deviceId: null, seq: null };
		const record = envelopeOf(person, arrival, standing);
		const [stored] = await replica.write([{ record, expectedRev: standing?.rev ?? null }]);
		if (!stored) throw new Problem('notAllowed');
	}

	async function invite(school: OpenSchool, personId: PersonId): Promise<IssuedInvitation> {
		const code = await accounts.issueCode({ personId, schoolId: school.id });
		const expiresAt = (await accounts.codesStanding()).get(personId) ?? now().getTime();
		return { personId, code, expiresAt };
	}
}
