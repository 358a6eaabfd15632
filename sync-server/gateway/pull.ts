import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { bucketOf } from '#domain/sync/digest.ts';
import {
	PROTOCOL,
	PullRequest,
	type BucketsResponse,
	type DropReason,
	type PullHeader,
} from '#domain/sync/messages.ts';
import type { View } from '#server/replica/view.ts';
import type { OpenSchool, Schools } from '#server/schools.ts';
import { problemWith } from './push.ts';
import { perSession } from './rate.ts';
import { admitSignedIn, mustBeSignedIn } from './who.ts';

/** A device that lists every document it holds: 60 bytes each, some 250,000 of them. */
const BODY_LIMIT = 16_000_000;

/** Characters per chunk of the stream: large enough to compress well, small enough to start at once. */
const CHUNK_CHARS = 128_000;

interface Drop {
	readonly id: string;
	readonly drop: DropReason;
}

export function pullRoute(app: FastifyInstance, schools: Schools): void {
	app.post(
		'/sync/pull',
		{ bodyLimit: BODY_LIMIT, onRequest: admitSignedIn(schools), config: { rateLimit: perSession } },
		async (request, reply) => {
			const { session, school } = await mustBeSignedIn(request, schools);
			const pull = PullRequest.safeParse(request.body);
			if (!pull.success) throw problemWith(request.body);
			const view = school.replica.viewFor(session);

			if (pull.data.kind === 'compare') {
				const digest = view.digest();
				if (digest.count() === pull.data.count && digest.root() === pull.data.digest) return reply.code(204).send();
				if (pull.data.count === 0) return stream(reply, view, [...view.revisions().keys()], []);
				return { kind: 'buckets', protocol: PROTOCOL, buckets: digest.buckets() } satisfies BucketsResponse;
			}
			const { missing, drops } = difference(pull.data.buckets, view, school, session.personId);
			return stream(reply, view, missing, drops);
		},
	);
}

/** Within the buckets asked about: what the device lacks or has otherwise, and what it must not have. */
function difference(
	buckets: readonly { readonly bucket: number; readonly held: readonly (readonly [string, string])[] }[],
	view: View,
	{ replica, denyList }: OpenSchool,
	readerId: string,
): { missing: string[]; drops: Drop[] } {
	const asked = new Set(buckets.map(({ bucket }) => bucket));
	const held = new Map(buckets.flatMap((bucket) => bucket.held));
	const visible = view.revisions();
	const missing = [...visible].filter(([id, rev]) => asked.has(bucketOf(id)) && held.get(id) !== rev).map(([id]) => id);
	const drops = [...held.keys()].filter((id) => !visible.has(id)).map((id) => ({ id, drop: reasonFor(id) }));
	return { missing, drops };

	/** "Not there" and "not allowed" look the same; only of one's own observation may one hear that its day is over. */
	function reasonFor(id: string): DropReason {
		const because = denyList.reasonFor(id);
		if (because) return because;
		return replica.find('observation', id)?.reporterId === readerId ? 'expired' : 'outOfScope';
	}
}

function stream(reply: FastifyReply, view: View, ids: readonly string[], drops: readonly Drop[]): FastifyReply {
	const header: PullHeader = { kind: 'documents', protocol: PROTOCOL, total: ids.length + drops.length };
	return reply.type('application/x-ndjson').send(Readable.from(chunks(header, view, ids, drops)));
}

function* chunks(header: PullHeader, view: View, ids: readonly string[], drops: readonly Drop[]): Generator<string> {
	let chunk = `${JSON.stringify(header)}\n`;
	for (const line of lines(view, ids, drops)) {
		chunk += `${JSON.stringify(line)}\n`;
		if (chunk.length < CHUNK_CHARS) continue;
		yield chunk;
		chunk = '';
	}
	yield chunk;
}

function* lines(view: View, ids: readonly string[], drops: readonly Drop[]) {
	// Read at the moment of sending: what has gone out of sight meanwhile must not leave the server.
	for (const id of ids) yield view.read(id) ?? ({ id, drop: 'outOfScope' } satisfies Drop);
	yield* drops;
}
