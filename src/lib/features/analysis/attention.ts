import { increaseCouldBeChance, isClearlyFewer } from '#domain/analysis/evidence.ts';
import { WINDOW_DAYS, type AnalysisResult, type Counter, type RoleCounts } from '#domain/analysis/result.ts';
import { dayNumber } from '#domain/time/local-time.ts';

export type CounterRole = keyof RoleCounts;

/** What the change of a counter says: evidence, never a status (D9, M5-11). */
export type Course =
	/** More than this child's own course explains. */
	| 'risen'
	/** New ones, as many as before would bring. */
	| 'asBefore'
	/** One or two new ones: that can be chance. */
	| 'maybeChance'
	/** New ones, and clearly fewer than before would bring. */
	| 'fewer'
	/** Often before and none since: a compliment in the next round (M5-14). */
	| 'none'
	/** Nothing to say. */
	| 'quiet';

export interface Attention {
	readonly counter: Counter;
	/** New since the chosen day; `null` without one. */
	readonly increase: number | null;
	readonly course: Course;
}

/** Fewer than this before, and "none since" is no news. */
const OFTEN_BEFORE = 3;

/** Fewer new ones than this are too few to say anything about. */
const MIN_INCREASE = 3;

/** Pupils in one role: whose count clearly rose first, then who was in it most. */
export function attentionBy(role: CounterRole, { counters, period }: AnalysisResult): Attention[] {
	const days = period.since ? dayNumber(period.until) - dayNumber(period.since) : 0;
	return counters
		.filter((counter) => counter[role] > 0)
		.map((counter) => {
			const increase = counter.change?.[role] ?? null;
			return { counter, increase, course: courseOf(counter[role], increase, days) };
		})
		.sort(
			(a, b) =>
				Number(b.course === 'risen') - Number(a.course === 'risen') ||
				b.counter[role] - a.counter[role] ||
				(b.increase ?? 0) - (a.increase ?? 0),
		);
}

function courseOf(total: number, increase: number | null, days: number): Course {
	if (increase === null || days <= 0) return 'quiet';
	const before = total - increase;
	if (increase === 0) return before >= OFTEN_BEFORE ? 'none' : 'quiet';
	if (!increaseCouldBeChance(increase, days, before, WINDOW_DAYS - days)) return 'risen';
	if (isClearlyFewer(increase, days, before, WINDOW_DAYS - days)) return 'fewer';
	return increase < MIN_INCREASE ? 'maybeChance' : 'asBefore';
}
