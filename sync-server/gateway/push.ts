import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { DeviceId } from '#domain/id.ts';
import {
	MAX_DOCUMENT_BYTES,
	MAX_PUSH_ITEMS,
	PROTOCOL,
	type PushResponse,
	type Receipt,
} from '#domain/sync/messages.ts';
import type { Clock } from '#server/clock.ts';
import type { Schools } from '#server/schools.ts';
import { judgeItem, type Pusher, type Verdict } from './judge-item.ts';
import { Problem } from './problem.ts';
import { perSession } from './rate.ts';
import { admitSignedIn, mustBeSignedIn } from './who.ts';

/** A full push of the largest documents, and their wrapping. */
const BODY_LIMIT = MAX_PUSH_ITEMS * (MAX_DOCUMENT_BYTES + 1000);

/** Another writer may come in between judging and storing; it cannot happen forever. */
const MAX_ROUNDS = 5;

/** As much of an item as its receipt needs; the item itself is judged one by one. */
const Address = z.object({ id: z.string(), rev: z.string(), seq: z.int() });
type Address = z.infer<typeof Address>;

const Push = z.strictObject({
	protocol: z.literal(PROTOCOL),
	deviceId: DeviceId,
	items: z.array(Address.loose()).min(1).max(MAX_PUSH_ITEMS),
});

export function pushRoute(app: FastifyInstance, schools: Schools, now: Clock): void {
	app.post(
		'/sync/push',
		{ bodyLimit: BODY_LIMIT, onRequest: admitSignedIn(schools), config: { rateLimit: perSession } },
		async (request): Promise<PushResponse> => {
			const { session, school } = await mustBeSignedIn(request, schools);
			const push = Push.safeParse(request.body);
			if (!push.success) throw problemWith(request.body);
			const { deviceId, items } = push.data;
			const pusher = { actor: session, deviceId, replica: school.replica, now: now() };
			return { protocol: PROTOCOL, receipts: await receive(items, pusher) };
		},
	);
}

/** Anyone with the wrong protocol must update; everything else is a request no version of the app makes. */
export function problemWith(body: unknown): Problem {
	const isOther = typeof body === 'object' && body !== null && 'protocol' in body && body.protocol !== PROTOCOL;
	return new Problem(isOther ? 'oldProtocol' : 'badRequest');
}

/**
 * Judges and stores the items in rounds: those that wait for another of the same document in this push, and those
 * that met another writer, are judged again in the next one.
 */
async function receive(items: readonly Address[], pusher: Pusher): Promise<Receipt[]> {
	const results = new Map<Address, Receipt['result']>();
	let open = items;
	for (let round = 0; open.length > 0 && round < MAX_ROUNDS + items.length; round++) {
		const turn = firstOfEachId(open);
		const toStore: { item: Address; write: Extract<Verdict, { kind: 'store' }>['write'] }[] = [];
		for (const item of turn) {
			const verdict = judgeItem(item, pusher);
			if (verdict.kind === 'answer') results.set(item, verdict.result);
			else toStore.push({ item, write: verdict.write });
		}
		const stored = await pusher.replica.write(toStore.map(({ write }) => write));
		toStore.forEach(({ item, write }, i) => {
			if (stored[i]) results.set(item, { kind: 'stored', receivedAt: write.record.receivedAt });
		});
		open = open.filter((item) => !results.has(item));
	}
	return items.map((item) => {
		const result = results.get(item);
		if (!result) throw new Problem('fault');
		return { id: item.id, rev: item.rev, seq: item.seq, result };
	});
}

/** Also one per sequence number, so that a number used twice within one push is seen. */
function firstOfEachId(items: readonly Address[]): Address[] {
	const taken = new Set<string | number>();
	return items.filter(({ id, seq }) => {
		if (taken.has(id) || taken.has(seq)) return false;
		taken.add(id).add(seq);
		return true;
	});
}
