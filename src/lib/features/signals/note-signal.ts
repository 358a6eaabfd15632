import { ulid } from 'ulid';
import { idOf, type PupilId, type SignalId } from '#domain/id.ts';
import { ok, refuse, type Result } from '#domain/result.ts';
import type { RepeatedSignals } from '#domain/signals/repeated-signals.ts';
import type { Signal, SignalKind, SignalReview, SignalSource } from '#domain/signals/signal.ts';
import type { Instant, LocalDate } from '#domain/time/local-time.ts';
import type { Device, SaveProblem } from '#lib/device/device.ts';

type Desk = Pick<Device, 'save' | 'session'>;
type Problem = SaveProblem | { readonly kind: 'signedOut' };

export interface SignalInput {
	readonly pupilId: PupilId;
	readonly kinds: readonly SignalKind[];
	readonly from: SignalSource;
	readonly on: LocalDate;
	readonly note: string;
}

/** Notes a concern about a pupil without an incident (MEL-04); gives its id. It can be taken back until it is sent. */
export async function noteSignal(
	device: Desk,
	{ pupilId, kinds, from, on, note }: SignalInput,
	now: Date,
): Promise<Result<SignalId, Problem>> {
	const { session } = device;
	if (!session) return refuse({ kind: 'signedOut' });
	const signal: Signal = {
		...{ type: 'signal', v: 1, id: idOf('signal', ulid(now.getTime())), schoolId: session.schoolId },
		...{ pupilId, kinds: [...kinds], from, on },
		...(note.trim() !== '' && { note: note.trim() }),
		...{ notedBy: session.personId, notedAt: now.toISOString() as Instant },
	};
	const saved = await device.save([signal], { undoable: true });
	return saved.ok ? ok(signal.id) : saved;
}

/** Somebody looked at what was noted about a pupil (DUK-06). */
export async function reviewSignals(
	device: Desk,
	{ pupilId, signals }: Pick<RepeatedSignals, 'pupilId' | 'signals'>,
	now: Date,
): Promise<Result<void, Problem>> {
	const { session } = device;
	if (!session) return refuse({ kind: 'signedOut' });
	const review: SignalReview = {
		...{ type: 'signalReview', v: 1, id: idOf('signalReview', ulid(now.getTime())), schoolId: session.schoolId },
		...{ pupilId, signalIds: signals.map(({ id }) => id) },
		...{ reviewedBy: session.personId, reviewedAt: now.toISOString() as Instant },
	};
	return device.save([review]);
}
