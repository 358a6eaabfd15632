import * as z from 'zod/mini';
import { DeviceId, PersonId, SchoolId } from '#domain/id.ts';
import { ok, refuse, type Result } from '#domain/result.ts';
import { PushItem } from './messages.ts';
import { rescueBodyOf, rescueChecksumOf, RESCUE_KIND } from './write-rescue.ts';

/** More than any outbox; a device that writes larger files has another trouble. */
const MAX_RESCUE_ITEMS = 10_000;

/**
 * What a device could not send, as one file its owner can carry by hand (D3). The items are exactly those a push
 * would send, oldest first, under the same device and sequence numbers: so taking the file in, sending them after
 * all, and taking it in again are the same thing done once.
 */
export const RescueFile = z.strictObject({
	kind: z.literal(RESCUE_KIND),
	/** 2: some of it is sealed to the school. */
	v: z.union([z.literal(1), z.literal(2)]),
	madeAt: z.iso.datetime(),
	/** Of the app that wrote it, for who has to find out what went wrong. */
	appVersion: z.string().check(z.maxLength(100)),
	schoolId: SchoolId,
	/** Whose device it was: the items are judged by what this person may do. */
	personId: PersonId,
	deviceId: DeviceId,
	items: z.array(PushItem).check(z.minLength(1), z.maxLength(MAX_RESCUE_ITEMS)),
	/** Of everything else in the file; see `rescueChecksumOf`. */
	checksum: z.string().check(z.regex(/^[0-9a-f]{16}$/)),
});
export type RescueFile = z.infer<typeof RescueFile>;

/** `otherFile`: not ours. `newerFile`: an app newer than this program wrote it. `damaged`: cut off or changed. */
export type RescueProblem =
	{ readonly kind: 'otherFile' } | { readonly kind: 'newerFile' } | { readonly kind: 'damaged' };

/** Reads what somebody offers as a rescue file; the items are judged later, one by one, like those of a push. */
export function readRescueFile(text: string): Result<RescueFile, RescueProblem> {
	const raw = parsedJson(text);
	if (!isRescue(raw)) return refuse({ kind: text.includes(`"${RESCUE_KIND}"`) ? 'damaged' : 'otherFile' });
	if (typeof raw.v === 'number' && raw.v > 2) return refuse({ kind: 'newerFile' });
	const file = RescueFile.safeParse(raw);
	return file.success && isWhole(file.data) ? ok(file.data) : refuse({ kind: 'damaged' });
}

function isWhole(file: RescueFile): boolean {
	try {
		return rescueChecksumOf(rescueBodyOf(file)) === file.checksum;
	} catch (error) {
		// Nested deeper than any device writes: it can be read as JSON, and not written.
		if (error instanceof RangeError) return false;
		throw error;
	}
}

function parsedJson(text: string): unknown {
	try {
		// A byte order mark comes with files that passed through other programs.
		return JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch {
		return undefined;
	}
}

function isRescue(raw: unknown): raw is { v?: unknown } {
	return typeof raw === 'object' && raw !== null && 'kind' in raw && raw.kind === RESCUE_KIND;
}
