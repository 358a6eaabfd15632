import type { Signal, SignalReview } from '#domain/signals/signal.ts';
import type { Instant, LocalDate } from '#domain/time/local-time.ts';
import { anId } from './school.ts';

/** About pupil 2, noted by person 1 on Friday 20 November 2026. */
export function aSignal(n: number, over: Partial<Signal> = {}): Signal {
	return {
		type: 'signal',
		v: 1,
		id: anId('signal', n),
		schoolId: anId('school', 1),
		pupilId: anId('pupil', 2),
		kinds: ['withdrawn'],
		from: 'seen',
		on: '2026-11-20' as LocalDate,
		notedBy: anId('person', 1),
		notedAt: '2026-11-20T10:00:00.000Z' as Instant,
		...over,
	};
}

/** Looked at by person 4. */
export function aSignalReview(n: number, seen: readonly Signal[], over: Partial<SignalReview> = {}): SignalReview {
	return {
		type: 'signalReview',
		v: 1,
		id: anId('signalReview', n),
		schoolId: anId('school', 1),
		pupilId: seen[0]?.pupilId ?? anId('pupil', 2),
		signalIds: seen.map(({ id }) => id),
		reviewedBy: anId('person', 4),
		reviewedAt: '2026-11-20T11:00:00.000Z' as Instant,
		...over,
	};
}
