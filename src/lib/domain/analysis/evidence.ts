import { SURE } from './evidence-limits.ts';

/** Fewer than this say nothing about a spread (D9). */
const MIN_FOR_SPREAD = 20;

/** Fewer new ones than this are shown, and called what they are: few. */
const MIN_INCREASE = 3;

/**
 * The place of the count that stands out above an even spread, or `null` when chance explains the largest. Each
 * place is asked the same question, so the bar is put higher the more places there are (Bonferroni).
 */
export function standsOut(counts: readonly number[]): number | null {
	const total = counts.reduce((sum, each) => sum + each, 0);
	if (counts.length < 2 || total < MIN_FOR_SPREAD) return null;
	const largest = Math.max(...counts);
	const tail = poissonAtLeast(largest, total / counts.length);
	return tail * counts.length < SURE ? counts.indexOf(largest) : null;
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
