import * as z from 'zod/mini';
import { HeldOnDevice, KnownDevices } from '#domain/accounts/devices.ts';
import { IssuedInvitation } from '#domain/accounts/messages.ts';
import type { PersonId } from '#domain/id.ts';
import { get, post, type Answer } from './ask-server.ts';

/** The devices of a school, for who looks after them: asked of the server, never kept here. */
export const deviceRequests = {
	readDevices: (): Answer<KnownDevices> => get('/api/devices', KnownDevices),
	/** A code for a phone to scan; shown once. */
	enrol: (personId: PersonId, isShared: boolean): Answer<IssuedInvitation> =>
		post('/api/devices/enrol', { personId, ...(isShared && { isShared }) }, IssuedInvitation),
	/** What it may hold today at most. */
	readHeld: (id: string): Answer<HeldOnDevice> => post('/api/devices/held', { id }, HeldOnDevice),
	/** It forgets at its next contact, once what waits there was sent. */
	revokeDevice: (id: string): Answer<unknown> => post('/api/devices/revoke', { id }, z.unknown()),
	/** A shared phone, with everybody on it. */
	revokePhone: (id: string): Answer<unknown> => post('/api/devices/revoke-phone', { id }, z.unknown()),
};
