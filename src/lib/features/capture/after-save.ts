import type { ObservationId } from '#domain/id.ts';
import type { ObservationDraft } from '#domain/observation/draft.ts';
import type { Observation } from '#domain/observation/observation.ts';
import { addTimeToLog, TIMES_TO_LOG_NOTE, TimesToLog } from '#domain/observation/time-to-log.ts';
import { withdrawalOf } from '#domain/observation/withdraw.ts';
import { ok, type Result } from '#domain/result.ts';
import type { Instant } from '#domain/time/local-time.ts';
import type { Device, LocalNotes, SaveProblem } from '#lib/device/device.ts';
import { RECENT_NOTE, type Recent } from './kept.ts';

/** Keeps who and where for next time, and how long it took; `took` is null where that says nothing. */
export async function rememberLogging(notes: LocalNotes, recent: Recent, took: number | null): Promise<void> {
	await notes.put(RECENT_NOTE, recent);
	if (took === null) return;
	const times = TimesToLog.safeParse(await notes.get(TIMES_TO_LOG_NOTE));
	await notes.put(TIMES_TO_LOG_NOTE, addTimeToLog(times.success ? times.data : [], took));
}

/** Undoes a saved observation and gives its draft back: as it was, or under a new id when the first had been sent. */
export async function takeBack(
	device: Device,
	saved: { readonly observation: Observation; readonly draft: ObservationDraft },
	{ newId, at }: { newId: ObservationId; at: Instant },
): Promise<Result<ObservationDraft, SaveProblem>> {
	const { observation, draft } = saved;
	if ((await device.undo(observation.id)) === 'removed') return ok(draft);
	const by = device.session?.personId ?? observation.reporterId;
	if (!by) return ok({ ...draft, id: newId });
	const outcome = await device.save([withdrawalOf(observation, by, at)]);
	return outcome.ok ? ok({ ...draft, id: newId }) : outcome;
}
