import * as z from 'zod/mini';
import { DeviceId } from '#domain/id.ts';

/**
 * What this program speaks. Since 2 an app carries along the fields of a document that it does not know (see
 * `unknown-fields.ts`) and passes over reasons it has no words for.
 */
export const PROTOCOL = 2;

/** Spoken and still understood: a server answers one version back, in the version it was asked in. */
export const Protocol = z.union([z.literal(1), z.literal(PROTOCOL)]);
export type Protocol = z.infer<typeof Protocol>;

/** Documents in one push. A recess of a whole school fits; a request stays far below the body limit. */
export const MAX_PUSH_ITEMS = 500;

/** An observation with every text at its longest is 6 kB; cases write longer. */
export const MAX_DOCUMENT_BYTES = 32_000;

const Revision = z.string().check(z.regex(/^[0-9A-Za-z~_-]{1,64}$/));
export type Revision = z.infer<typeof Revision>;

/** `doc` is parsed item by item, so that one bad document does not hold up the rest. */
export const PushItem = z.strictObject({
	id: z.string().check(z.maxLength(64)),
	rev: Revision,
	/** The revision this one was written on; null for a new document. */
	baseRev: z.nullable(Revision),
	/** Counts up per device: the same (device, seq) twice is the same item twice. */
	seq: z.int().check(z.gte(1)),
	doc: z.optional(z.unknown()),
	/** In the place of `doc`: the same, sealed to the school (`sealed-revision.ts`). */
	sealed: z.optional(z.string()),
});
export type PushItem = z.infer<typeof PushItem>;

export const PushRequest = z.strictObject({
	protocol: Protocol,
	deviceId: DeviceId,
	items: z.array(PushItem).check(z.minLength(1), z.maxLength(MAX_PUSH_ITEMS)),
});
export type PushRequest = z.infer<typeof PushRequest>;

/** Why one document of a push was not accepted. The app has words for each. */
export const RefusalReason = z.enum([
	'malformed',
	'tooLarge',
	'unknownType',
	'idMismatch',
	'foreignSchool',
	'notAllowed',
	'unknownReference',
	'inFuture',
	'sequenceReused',
	/** Sealed to a key the server does not have, or changed on its way. */
	'unsealable',
	/** Whatever was wrong with it: the quarantine of its author is full, so that it is on its device alone. */
	'notKept',
	/** A newer server had a reason that this app has no words for. */
	'other',
]);
export type RefusalReason = z.infer<typeof RefusalReason>;

const receiptOf = <S extends z.ZodMiniType>(result: S) =>
	z.strictObject({ id: z.string(), rev: z.string(), seq: z.int(), result });

/** One answer per item: only `stored`, `duplicate` and `erased` let an item leave the outbox. */
export const Receipt = receiptOf(
	z.discriminatedUnion('kind', [
		z.strictObject({ kind: z.literal('stored'), receivedAt: z.iso.datetime() }),
		z.strictObject({ kind: z.literal('duplicate'), receivedAt: z.iso.datetime() }),
		z.strictObject({ kind: z.literal('erased') }),
		z.strictObject({ kind: z.literal('conflict'), currentRev: z.string(), current: z.unknown() }),
		z.strictObject({
			kind: z.literal('rejected'),
			reason: z.catch(RefusalReason, 'other'),
			path: z.optional(z.string()),
		}),
	]),
);
export type Receipt = z.infer<typeof Receipt>;

export const PushResponse = z.strictObject({ protocol: Protocol, receipts: z.array(Receipt) });
export type PushResponse = z.infer<typeof PushResponse>;

/** What a device holds, said in one small number; see `digest.ts`. */
const DigestHex = z.string().check(z.regex(/^[0-9a-f]{16}$/));

/** `compare` asks "is this all?"; `reconcile` lists what the device holds in the buckets that differed. */
export const PullRequest = z.discriminatedUnion('kind', [
	z.strictObject({
		kind: z.literal('compare'),
		protocol: Protocol,
		deviceId: DeviceId,
		digest: DigestHex,
		count: z.int().check(z.gte(0)),
	}),
	z.strictObject({
		kind: z.literal('reconcile'),
		protocol: Protocol,
		deviceId: DeviceId,
		buckets: z.array(
			z.strictObject({
				bucket: z.int().check(z.gte(0), z.lte(255)),
				held: z.array(z.tuple([z.string().check(z.maxLength(64)), Revision])),
			}),
		),
	}),
]);
export type PullRequest = z.infer<typeof PullRequest>;

/** Why a device must drop a document it holds. */
export const DropReason = z.enum(['erased', 'expired', 'outOfScope']);
export type DropReason = z.infer<typeof DropReason>;

/**
 * The answers to a pull. 204: equal. `buckets`: the 256 bucket digests under today's rights. A stream of
 * newline-separated JSON (`application/x-ndjson`): a `PullHeader`, then `total` lines of `PullLine`.
 */
export const BucketsResponse = z.strictObject({
	kind: z.literal('buckets'),
	protocol: Protocol,
	buckets: z.array(DigestHex).check(z.length(256)),
});
export type BucketsResponse = z.infer<typeof BucketsResponse>;

export const PullHeader = z.strictObject({
	kind: z.literal('documents'),
	protocol: Protocol,
	total: z.int(),
});
export type PullHeader = z.infer<typeof PullHeader>;

/**
 * Since 2: a backup was restored, and the server has never heard of this revision. `current`: what stands there
 * instead, for this reader to write on; `null`: nothing does.
 */
const LostRevision = z.strictObject({ id: z.string(), lost: Revision, current: z.nullable(Revision) });
export type LostRevision = z.infer<typeof LostRevision>;

export const PullLine = z.union([
	z.strictObject({ id: z.string(), rev: Revision, doc: z.unknown() }),
	z.strictObject({ id: z.string(), drop: DropReason }),
	LostRevision,
]);
export type PullLine = z.infer<typeof PullLine>;
