import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { DeviceId } from '#domain/id.ts';
import { MAX_DOCUMENT_BYTES, MAX_PUSH_ITEMS, Protocol, type PushResponse } from '#domain/sync/messages.ts';
import type { Clock } from '#server/clock.ts';
import type { Schools } from '#server/schools.ts';
import { Problem } from './problem.ts';
import { perSession } from './rate.ts';
import { Address, receive } from './receive.ts';
import { admitSender, mustBeSignedIn } from './who.ts';

/** A full push of the largest documents, and their wrapping. */
const BODY_LIMIT = MAX_PUSH_ITEMS * (MAX_DOCUMENT_BYTES + 1000);

const Push = z.strictObject({
	protocol: Protocol,
	deviceId: DeviceId,
	items: z.array(Address).min(1).max(MAX_PUSH_ITEMS),
});

export function pushRoute(app: FastifyInstance, schools: Schools, now: Clock): void {
	app.post(
		'/sync/push',
		{ bodyLimit: BODY_LIMIT, onRequest: admitSender(schools), config: { rateLimit: perSession } },
		async (request): Promise<PushResponse> => {
			const { session, school, mustForget } = await mustBeSignedIn(request, schools);
			const push = Push.safeParse(request.body);
			if (!push.success) throw problemWith(request.body);
			const { protocol, deviceId, items } = push.data;
			const { replica, denyList, seal } = school;
			const whose = { actor: session, deviceId, protocol, onlyTold: mustForget };
			const pusher = { ...whose, replica, denyList, openSeal: seal.opener(), now: now() };
			const receipts = await receive(items, pusher);
			return { protocol, receipts };
		},
	);
}

/** Anyone with the wrong protocol must update; everything else is a request no version of the app makes. */
export function problemWith(body: unknown): Problem {
	const isOther =
		typeof body === 'object' && body !== null && 'protocol' in body && !Protocol.safeParse(body.protocol).success;
	return new Problem(isOther ? 'oldProtocol' : 'badRequest');
}
