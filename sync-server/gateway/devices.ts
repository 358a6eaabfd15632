import type { FastifyInstance } from 'fastify';
import { canManageDevices, mayEnrolByCode } from '#domain/access/devices.ts';
import { DeviceContact, type HeldOnDevice, type KnownDevice, type KnownDevices } from '#domain/accounts/devices.ts';
import { EnrolRequest, ItemRequest, type IssuedInvitation } from '#domain/accounts/messages.ts';
import type { SessionRecord } from '#server/accounts/accounts.ts';
import { keyOf } from '#server/accounts/devices.ts';
import type { Schools } from '#server/schools.ts';
import { bodyOf } from './body.ts';
import { deviceInReach, heldBy, isInReach, mustLookAfterDevices } from './device-reach.ts';
import { Problem } from './problem.ts';
import { perSession, perSignIn } from './rate.ts';
import { mustBeSignedIn } from './who.ts';

const limited = { config: { rateLimit: perSession } };

/** What a device tells of itself, and what who looks after the devices of a school asks and orders (D11). */
export function deviceRoutes(app: FastifyInstance, schools: Schools): void {
	const { devices } = schools;

	app.post('/api/device', limited, async (request, reply) => {
		const told = bodyOf(request, DeviceContact);
		const { live } = await mustBeSignedIn(request, schools);
		if (!(await devices.contact(live, told))) throw new Problem('mustForget');
		return reply.code(204).send();
	});

	app.get('/api/devices', limited, async (request): Promise<KnownDevices> => {
		const who = await mustLookAfterDevices(request, schools);
		const known = await devices.of(who.school.id);
		return { devices: known.filter((each) => isInReach(who, each)).map((each) => knownDevice(each, who.live.id)) };
	});

	app.post('/api/devices/revoke', limited, async (request, reply) => {
		const { id } = bodyOf(request, ItemRequest);
		const who = await mustLookAfterDevices(request, schools);
		await devices.revoke(keyOf(await deviceInReach(schools, who, id)), who.session.personId);
		return reply.code(204).send();
	});

	/** A phone is lost with everybody on it: who looks after one of them may have all of it emptied. */
	app.post('/api/devices/revoke-phone', limited, async (request, reply) => {
		const { id } = bodyOf(request, ItemRequest);
		const who = await mustLookAfterDevices(request, schools);
		const on = (await devices.of(who.school.id)).filter(({ phone }) => phone === id);
		if (!on.some((each) => isInReach(who, each))) throw new Problem('notFound');
		await schools.phones.revoke(id);
		await devices.revokeAllOn(id, who.session.personId);
		return reply.code(204).send();
	});

	app.post('/api/devices/enrol', { config: { rateLimit: perSignIn } }, async (request): Promise<IssuedInvitation> => {
		const { personId, isShared } = bodyOf(request, EnrolRequest);
		const { session, school } = await mustLookAfterDevices(request, schools);
		const owner = school.replica.find('person', personId);
		if (!owner || owner.hasLeft || !canManageDevices(session, owner, school.replica.facts))
			throw new Problem('notFound');
		if (!mayEnrolByCode(owner)) throw new Problem('notAllowed');
		const issued = await schools.accounts.issueDeviceCode({ personId, schoolId: school.id }, isShared);
		return { personId, ...issued };
	});

	app.post('/api/devices/held', limited, async (request): Promise<HeldOnDevice> => {
		const { id } = bodyOf(request, ItemRequest);
		const who = await mustLookAfterDevices(request, schools);
		const { personId } = await deviceInReach(schools, who, id);
		return { held: heldBy(who, personId) };
	});
}

function knownDevice(record: SessionRecord, ownId: string): KnownDevice {
	const { personId, device = '', phone, startedAt, seenAt, told } = record;
	const { revokedAt, revokedBy, heardAt, forgottenAt } = record;
	const isRevoked = revokedAt !== undefined && revokedBy !== undefined;
	return {
		id: keyOf(record),
		personId,
		label: device,
		startedAt,
		seenAt,
		isThis: keyOf(record) === ownId,
		...(phone !== undefined && { phone }),
		told: told ? { appVersion: told.appVersion, unsent: told.unsent, persistent: told.persistent } : null,
		revoked: isRevoked
			? { at: revokedAt, by: revokedBy, heardAt: heardAt ?? null, forgottenAt: forgottenAt ?? null }
			: null,
	};
}
