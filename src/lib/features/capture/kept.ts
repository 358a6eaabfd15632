import * as z from 'zod/mini';
import { GroupId, PlaceId, PupilId } from '#domain/id.ts';
import { ObservationDraft } from '#domain/observation/draft.ts';
import type { Observation } from '#domain/observation/observation.ts';
import type { Device, LocalNotes } from '#lib/device/device.ts';

export const Step = z.enum(['who', 'victim', 'what', 'place']);
export type Step = z.infer<typeof Step>;

/** What a reload or a lock must not lose. */
const KeptDraft = z.strictObject({
	draft: ObservationDraft,
	step: Step,
	groupId: z.nullable(GroupId),
	/** When the first tap was, to measure the time to log; null before it. */
	firstTapAt: z.nullable(z.number()),
});
export type KeptDraft = z.infer<typeof KeptDraft>;

/** What stands in front next time, last used first. */
const Recent = z.strictObject({
	pupilIds: z.array(PupilId),
	groupIds: z.array(GroupId),
	placeId: z.nullable(PlaceId),
});
export type Recent = z.infer<typeof Recent>;

const KEPT_PUPILS = 24;
const KEPT_GROUPS = 6;
const NOBODY_RECENT: Recent = { pupilIds: [], groupIds: [], placeId: null };

export const RECENT_NOTE = 'capture.recent';

/** A correction never takes the place of a new one that was under way. */
export function draftNote(corrects: boolean): string {
	return corrects ? 'capture.correction' : 'capture.draft';
}

/** What the capture screen opens with. */
export interface CaptureStart {
	readonly kept: KeptDraft | null;
	readonly recent: Recent;
	readonly correct: Observation | null;
	readonly again: Observation | null;
}

/** `correct` and `again` are ids from the address; unknown ones open a new draft. */
export async function loadCaptureStart(
	device: Pick<Device, 'notes' | 'documents'>,
	{ correct, again }: { correct: string | null; again: string | null },
): Promise<CaptureStart> {
	const find = (id: string | null) => (id ? (device.documents.get('observation', id) ?? null) : null);
	const corrected = find(correct);
	const kept = await read(device.notes, draftNote(corrected !== null), KeptDraft);
	return {
		kept: kept && isStillOpen(kept, corrected, device) ? kept : null,
		recent: (await read(device.notes, RECENT_NOTE, Recent)) ?? NOBODY_RECENT,
		correct: corrected,
		again: corrected ? null : find(again),
	};
}

/** The app may have been closed between saving an observation and forgetting its draft. */
function isStillOpen({ draft }: KeptDraft, corrected: Observation | null, device: Pick<Device, 'documents'>): boolean {
	if (corrected) return draft.id === corrected.id;
	return device.documents.get('observation', draft.id) === undefined;
}

/** What another version of the app left behind is not guessed at. */
async function read<S extends z.ZodMiniType>(notes: LocalNotes, name: string, schema: S): Promise<z.infer<S> | null> {
	const parsed = schema.safeParse(await notes.get(name));
	return parsed.success ? parsed.data : null;
}

export function rememberUse(recent: Recent, used: Recent): Recent {
	return {
		pupilIds: [...new Set([...used.pupilIds, ...recent.pupilIds])].slice(0, KEPT_PUPILS),
		groupIds: [...new Set([...used.groupIds, ...recent.groupIds])].slice(0, KEPT_GROUPS),
		placeId: used.placeId ?? recent.placeId,
	};
}
