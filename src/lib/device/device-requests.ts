import * as z from 'zod/mini';
import { HeldOnDevice, KnownDevices } from '#domain/accounts/devices.ts';
import { get, post, type Answer } from './ask-server.ts';

/** The devices of a school, for who looks after them: asked of the server, never kept here. */
export const deviceRequests = {
	readDevices: (): Answer<KnownDevices> => get('/api/devices', KnownDevices),
	/** What it may hold today at most. */
	readHeld: (id: string): Answer<HeldOnDevice> => post('/api/devices/held', { id }, HeldOnDevice),
	/** It forgets at its next contact, once what waits there was sent. */
	revokeDevice: (id: string): Answer<unknown> => post('/api/devices/revoke', { id }, z.unknown()),
};
