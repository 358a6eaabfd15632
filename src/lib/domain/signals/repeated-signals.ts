import type { PupilId } from '#domain/id.ts';
import { KEPT_DAYS } from '#domain/retention/expiry.ts';
import { dayNumber, type LocalDate } from '#domain/time/local-time.ts';
import type { Signal, SignalReview } from './signal.ts';

/** One signal is noted; more than one is told (DUK-06). */
export const REPEATED_FROM = 2;

/** A pupil about whom more than one signal was noted in the last 365 days. */
export interface RepeatedSignals {
	readonly pupilId: PupilId;
	/** The latest first. */
	readonly signals: readonly Signal[];
	/** The last one of those who looked; null: nobody did yet. */
	readonly review: SignalReview | null;
	/** Somebody has still to look: one of them was not seen in any review that counts. */
	readonly waits: boolean;
}

/** As long as anything is kept that can be traced to a child (M5-18). */
export function isSignalExpired({ on }: Pick<Signal, 'on'>, today: LocalDate): boolean {
	return dayNumber(today) - dayNumber(on) >= KEPT_DAYS;
}

/**
 * Who was noted about more than once (DUK-06), those that wait first, then by the latest signal. The order of what was
 * noted and reviewed does not matter, so every device and the server say the same.
 */
export function repeatedSignals(
	signals: Iterable<Signal>,
	reviews: Iterable<SignalReview>,
	today: LocalDate,
): RepeatedSignals[] {
	const distinct = new Map([...signals].map((each) => [each.id, each]));
	const kept = [...distinct.values()].filter((each) => !isSignalExpired(each, today));
	const reviewsOf = Map.groupBy(reviews, (each) => each.pupilId);
	const repeated: RepeatedSignals[] = [];
	for (const [pupilId, own] of Map.groupBy(kept, (each) => each.pupilId)) {
		if (own.length < REPEATED_FROM) continue;
		const looked = [...(reviewsOf.get(pupilId) ?? [])].sort(
			(a, b) => Date.parse(b.reviewedAt) - Date.parse(a.reviewedAt) || (a.id < b.id ? 1 : -1),
		);
		const seen = new Set(looked.flatMap(({ signalIds }) => signalIds));
		repeated.push({
			pupilId,
			signals: latestFirst(own),
			review: looked[0] ?? null,
			waits: own.some(({ id }) => !seen.has(id)),
		});
	}
	return repeated.sort(
		(a, b) =>
			Number(b.waits) - Number(a.waits) ||
			laterFirst(a.signals[0]?.on ?? '', b.signals[0]?.on ?? '') ||
			(a.pupilId < b.pupilId ? -1 : 1),
	);
}

export function latestFirst(signals: Iterable<Signal>): Signal[] {
	return [...signals].sort((a, b) => laterFirst(a.on, b.on) || (a.id < b.id ? 1 : -1));
}

function laterFirst(a: string, b: string): number {
	if (a === b) return 0;
	return a < b ? 1 : -1;
}
