import { SURE } from './evidence-limits.ts';

/** Fewer than this say nothing about a spread (D9). */
const MIN_FOR_SPREAD = 20;

/** Fewer new ones than this are shown, and called what they are: few. */
const MIN_INCREASE = 3;

/**
 * The place of the count that stands out above an even spread, or `null` when chance explains the largest. Where places
 * had different time (months have more and fewer school days), `times` says how much, and the highest rate is sought; a
 * place without time is left out. Each place is asked the same question, so the bar is put higher the more places there
 * are (Bonferroni).
 */
export function standsOut(counts: readonly number[], times: readonly number[] = counts.map(() => 1)): number | null {
	const places = counts
		.map((count, place) => ({ place, count, time: times[place] ?? 0 }))
		.filter(({ time }) => time > 0)
		.sort((a, b) => b.count / b.time - a.count / a.time);
	const total = places.reduce((sum, { count }) => sum + count, 0);
	const allTime = places.reduce((sum, { time }) => sum + time, 0);
	if (places.length < 2 || total < MIN_FOR_SPREAD) return null;
	let longest = 0;
	for (const { place, count, time } of places) {
		// With a lower rate and no more time than one that chance explains, chance explains it as well.
		if (time <= longest) continue;
		longest = time;
		if (poissonAtLeast(count, (total * time) / allTime) * places.length < SURE) return place;
	}
	return null;
}

/**
 * Whether an increase could be chance: `increase` came in `days` days, after `before` in the `daysBefore` days up
 * to then (M5-08). Half an incident is added to what was before: none seen is not none ever.
 */
export function increaseCouldBeChance(increase: number, days: number, before: number, daysBefore: number): boolean {
	if (increase < MIN_INCREASE) return true;
	const expected = ((before + 0.5) / Math.max(1, daysBefore)) * days;
	return poissonAtLeast(increase, expected) >= SURE;
}

/** Whether there came so few that chance alone hardly explains it: the child's own course would have brought more. */
export function isClearlyFewer(increase: number, days: number, before: number, daysBefore: number): boolean {
	const expected = (before / Math.max(1, daysBefore)) * days;
	return 1 - poissonAtLeast(increase + 1, expected) < SURE;
}

/** The chance of `count` or more where `mean` is expected. */
export function poissonAtLeast(count: number, mean: number): number {
	let below = 0;
	// In logarithms: e⁻ᵐᵉᵃⁿ is 0 to a computer long before a large school's counts are.
	let term = -mean;
	for (let k = 0; k < count; k++) {
		below += Math.exp(term);
		term += Math.log(mean) - Math.log(k + 1);
	}
	return Math.min(1, Math.max(0, 1 - below));
}
