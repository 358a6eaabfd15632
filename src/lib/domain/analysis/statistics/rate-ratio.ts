import { binomialAtLeast, shareInterval } from './binomial.ts';

/** Incidents and how long there was to have them, such as in school days. */
export interface Stretch {
	readonly incidents: number;
	readonly exposure: number;
}

export interface RateRatio {
	/** Rate afterwards over rate before; `null` when before there was none. */
	readonly ratio: number | null;
	/** Exact 95 % interval; `high` is `null` when it has no end. */
	readonly low: number;
	readonly high: number | null;
	/** Two-sided: the chance of a difference at least as large where nothing changed, at most 1. */
	readonly p: number;
}

/**
 * Two rates of counts compared exactly: given both together, how many fall after is binomial (Przyborowski and Wilenski).
 * `null` when a side had no time or nothing happened on either.
 */
export function rateRatio(before: Stretch, after: Stretch): RateRatio | null {
	const total = before.incidents + after.incidents;
	if (before.exposure <= 0 || after.exposure <= 0 || total === 0) return null;
	const { low, high } = shareInterval(after.incidents, total);
	const ratioOf = (share: number) => (share / (1 - share)) * (before.exposure / after.exposure);
	const expected = after.exposure / (before.exposure + after.exposure);
	const more = binomialAtLeast(after.incidents, total, expected);
	const fewer = 1 - binomialAtLeast(after.incidents + 1, total, expected);
	return {
		ratio: before.incidents === 0 ? null : after.incidents / after.exposure / (before.incidents / before.exposure),
		low: ratioOf(low),
		high: high >= 1 ? null : ratioOf(high),
		p: Math.min(1, 2 * Math.min(more, fewer)),
	};
}

/** The chance of at least so many afterwards where nothing changed. */
export function chanceOfSoMany(before: Stretch, after: Stretch): number {
	const expected = after.exposure / (before.exposure + after.exposure);
	return binomialAtLeast(after.incidents, before.incidents + after.incidents, expected);
}
