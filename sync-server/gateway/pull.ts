import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { bucketOf } from '#domain/sync/digest.ts';
import {
	PullRequest,
	type BucketsResponse,
	type DropReason,
	type LostRevision,
	type Protocol,
	type PullHeader,
} from '#domain/sync/messages.ts';
import type { View } from '#server/replica/view.ts';
import type { OpenSchool, Schools } from '#server/schools.ts';
import { lostRevisions } from './lost-revisions.ts';
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

/** Lines that carry no document. */
type Word = Drop | LostRevision;

export function pullRoute(app: FastifyInstance, schools: Schools): void {
	app.post(
		'/sync/pull',
		{ bodyLimit: BODY_LIMIT, onRequest: admitSignedIn(schools), config: { rateLimit: perSession } },
		async (request, reply) => {
			const { session, school } = await mustBeSignedIn(request, schools);
			const pull = PullRequest.safeParse(request.body);
			if (!pull.success) throw problemWith(request.body);
			const view = school.replica.viewFor(session);
			const { protocol } = pull.data;
			const dropOf = (id: string): Drop => ({ id, drop: dropReason(id, school, session.personId) });

			if (pull.data.kind === 'compare') {
				const digest = view.digest();
				if (digest.count() === pull.data.count && digest.root() === pull.data.digest) return reply.code(204).send();
				if (pull.data.count === 0) return stream(reply, protocol, view, [...view.revisions().keys()], []);
				const changed = view.changedSince(pull.data.digest);
				if (changed) {
					const visible = view.revisions();
					const missing = [...changed].filter((id) => visible.has(id));
					const gone = [...changed].filter((id) => !visible.has(id));
					return stream(reply, protocol, view, missing, gone.map(dropOf));
				}
				return { kind: 'buckets', protocol, buckets: digest.buckets() } satisfies BucketsResponse;
			}
			const { missing, gone } = difference(pull.data.buckets, view);
			const held = new Map(pull.data.buckets.flatMap((bucket) => bucket.held));
			const lost = protocol === 1 ? [] : lostRevisions(held, [...missing, ...gone], view, school, session);
			const isLost = new Set(lost.map(({ id }) => id));
			const drops = gone.filter((id) => !isLost.has(id)).map(dropOf);
			return stream(
				reply,
				protocol,
				view,
				missing.filter((id) => !isLost.has(id)),
				[...lost, ...drops],
			);
		},
	);
}

/** "Not there" and "not allowed" look the same; only of one's own observation may one hear that its day is over. */
function dropReason(id: string, { replica, denyList }: OpenSchool, readerId: string): DropReason {
	const because = denyList.reasonFor(id);
	if (because) return because;
	return replica.find('observation', id)?.reporterId === readerId ? 'expired' : 'outOfScope';
}

/** Within the buckets asked about: what the device lacks or has otherwise, and what it must not have. */
function difference(
	buckets: readonly { readonly bucket: number; readonly held: readonly (readonly [string, string])[] }[],
	view: View,
): { missing: string[]; gone: string[] } {
	const asked = new Set(buckets.map(({ bucket }) => bucket));
	const held = new Map(buckets.flatMap((bucket) => bucket.held));
	const visible = view.revisions();
	const missing = [...visible].filter(([id, rev]) => asked.has(bucketOf(id)) && held.get(id) !== rev).map(([id]) => id);
	return { missing, gone: [...held.keys()].filter((id) => !visible.has(id)) };
}

/** Bucket by bucket: a stream that breaks off leaves whole buckets behind, which need not be listed to go on. */
function stream(
	reply: FastifyReply,
	protocol: Protocol,
	view: View,
	ids: readonly string[],
	words: readonly Word[],
): FastifyReply {
	const header: PullHeader = { kind: 'documents', protocol, total: ids.length + words.length };
	return reply.type('application/x-ndjson').send(Readable.from(chunks(header, view, inBuckets(ids), words)));
}

function inBuckets(ids: readonly string[]): string[] {
	return ids
		.map((id) => [bucketOf(id), id] as const)
		.sort(([a], [b]) => a - b)
		.map(([, id]) => id);
}

function* chunks(header: PullHeader, view: View, ids: readonly string[], words: readonly Word[]): Generator<string> {
	let chunk = `${JSON.stringify(header)}\n`;
	for (const line of lines(view, ids, words)) {
		chunk += `${JSON.stringify(line)}\n`;
		if (chunk.length < CHUNK_CHARS) continue;
		yield chunk;
		chunk = '';
	}
	yield chunk;
}

function* lines(view: View, ids: readonly string[], words: readonly Word[]) {
	// Read at the moment of sending: what has gone out of sight meanwhile must not leave the server.
	for (const id of ids) yield view.read(id) ?? ({ id, drop: 'outOfScope' } satisfies Drop);
	yield* words;
}
