import * as z from 'zod/mini';
import { DeviceId, PersonId, QuarantineDecisionId, QuarantineEntryId, SchoolId } from '#domain/id.ts';
import { RefusalReason } from '#domain/sync/messages.ts';
import { Instant } from '#domain/time/local-time.ts';

/** Characters of one refused item that are kept: as much as a document may have. A longer one is cut, and says so. */
export const MAX_QUARANTINED_CHARS = 32_000;

/**
 * Open entries of one person. A device sends what it made, not thousands of things nobody takes; whoever does fills
 * this and no more. By person and not by device, for a device makes up its own id.
 */
export const MAX_OPEN_PER_PERSON = 300;

export const QuarantineReason = z.enum([...RefusalReason.options, 'conflict']);
export type QuarantineReason = z.infer<typeof QuarantineReason>;

/**
 * One item the server did not take, kept as it came, once however often it is sent (D3). Written by the server only.
 * `item` is whatever a device sent: text to show or to read with care, never trusted.
 */
export const QuarantineEntry = z.strictObject({
	type: z.literal('quarantineEntry'),
	v: z.literal(1),
	id: QuarantineEntryId,
	schoolId: SchoolId,
	/** Who was signed in, as the server knows it. */
	authorId: PersonId,
	deviceId: DeviceId,
	/** What the item says it is; cut to this length when it is longer. */
	itemId: z.string().check(z.maxLength(64)),
	itemRev: z.string().check(z.maxLength(64)),
	seq: z.int(),
	/** The document as JSON. */
	item: z.string().check(z.maxLength(MAX_QUARANTINED_CHARS)),
	/** Only the beginning is here. */
	isCut: z.boolean(),
	reason: QuarantineReason,
	/** Where in the document, when the reason is about one place. */
	path: z.optional(z.string().check(z.maxLength(200))),
	receivedAt: Instant,
	/**
	 * `arrived`: its author sent it again and it was taken. `replaced`: a newer one of the same was refused too. `handedIn`:
	 * nothing was refused; somebody else brought what its author wrote, see `handIn`.
	 */
	closed: z.optional(z.strictObject({ as: z.enum(['arrived', 'replaced', 'handedIn']), at: Instant })),
	/** Anybody can write a rescue file: who brought one, and how much of it was taken under the author's name. */
	handIn: z.optional(z.strictObject({ by: PersonId, taken: z.int().check(z.gte(1)) })),
});
export type QuarantineEntry = z.infer<typeof QuarantineEntry>;

/**
 * What the coordinator does with an entry. `accepted`: `document` (as it came, or put right) is stored with the
 * entry's author as its writer, in the same breath. `answered`: a short text its author sees.
 */
export const QuarantineDecision = z.strictObject({
	type: z.literal('quarantineDecision'),
	v: z.literal(1),
	id: QuarantineDecisionId,
	schoolId: SchoolId,
	entryId: QuarantineEntryId,
	/** The entry's author, who may read this. */
	authorId: PersonId,
	decision: z.discriminatedUnion('kind', [
		z.strictObject({ kind: z.literal('accepted'), document: z.unknown() }),
		z.strictObject({
			kind: z.literal('answered'),
			text: z.string().check(z.trim(), z.minLength(1), z.maxLength(500)),
		}),
	]),
	decidedBy: PersonId,
	decidedAt: Instant,
});
export type QuarantineDecision = z.infer<typeof QuarantineDecision>;

export type QuarantineState = 'open' | 'arrived' | 'replaced' | 'handedIn' | 'answered' | 'accepted';

/** Where an entry stands. A decision says more than that the author tried again. */
export function quarantineStateOf(entry: QuarantineEntry, decision: QuarantineDecision | undefined): QuarantineState {
	return decision?.decision.kind ?? entry.closed?.as ?? 'open';
}
