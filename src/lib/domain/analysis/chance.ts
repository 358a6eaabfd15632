import { giniOf } from './concentration.ts';
import type { Chance } from './result.ts';

/** Rounds of which the outermost on either side leave 95 % between: the 5th of 199, and of 39 the last. */
const MANY_ROUNDS = 199;
const FEW_ROUNDS = 39;
/** Above this, rounds scatter less and cost more, so few will do. */
const MANY_ROUNDS_UP_TO_PAIRS = 5000;
const OUTSIDE_EACH_SIDE = 0.025;

/** Any number will do, as long as it stays: the same figures on every device and at every look. */
const SEED = 20_260_309;

/**
 * How large the share of the `top` pupils would be if every pair of incident and instigator fell on any of
 * `pupils` by equal chance: without this, chance looks like concentration. Whole numbers only, so that every
 * engine gives the same figures; `docs/analysis.md` has the few lines it takes to recompute it. `observed`: pairs of the
 * top as they are, for how often chance gives as many.
 */
export function shareByChance(pairs: number, pupils: number, top: number, observed = 0): Chance | null {
	if (pairs === 0 || pupils < 2) return null;
	const rounds = pairs <= MANY_ROUNDS_UP_TO_PAIRS ? MANY_ROUNDS : FEW_ROUNDS;
	const sums = new Float64Array(rounds);
	const ginis = new Float64Array(rounds);
	const counts = new Uint32Array(pupils);
	let state = SEED;
	let total = 0;
	let totalGini = 0;
	let atLeast = 0;
	for (let round = 0; round < rounds; round++) {
		counts.fill(0);
		for (let pair = 0; pair < pairs; pair++) {
			// mulberry32 (public domain, Tommy Ettinger).
			state = (state + 0x6d2b79f5) | 0;
			let t = Math.imul(state ^ (state >>> 15), state | 1);
			t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
			const pupil = Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * pupils);
			counts[pupil] = (counts[pupil] ?? 0) + 1;
		}
		const pupilsWith = pupilsPerCount(counts);
		const sum = sumOfLargest(pupilsWith, top);
		if (sum >= observed) atLeast++;
		sums[round] = sum;
		total += sum;
		const gini = giniOf(sumOfRanks(pupilsWith), pairs, pupils);
		ginis[round] = gini;
		totalGini += gini;
	}
	sums.sort();
	ginis.sort();
	const outside = (rounds + 1) * OUTSIDE_EACH_SIDE;
	return {
		share: total / rounds / pairs,
		low: (sums[outside - 1] ?? 0) / pairs,
		high: (sums[rounds - outside] ?? 0) / pairs,
		rounds,
		p: (atLeast + 1) / (rounds + 1),
		gini: {
			mean: totalGini / rounds,
			low: ginis[outside - 1] ?? 0,
			high: ginis[rounds - outside] ?? 0,
		},
	};
}

function pupilsPerCount(counts: Uint32Array): Uint32Array {
	let most = 0;
	for (const count of counts) if (count > most) most = count;
	const pupilsWith = new Uint32Array(most + 1);
	for (const count of counts) pupilsWith[count] = (pupilsWith[count] ?? 0) + 1;
	return pupilsWith;
}

function sumOfLargest(pupilsWith: Uint32Array, howMany: number): number {
	let sum = 0;
	for (let count = pupilsWith.length - 1, left = howMany; count > 0 && left > 0; count--) {
		const taken = Math.min(left, pupilsWith[count] ?? 0);
		sum += taken * count;
		left -= taken;
	}
	return sum;
}

/** Rank × count over all pupils, the one with the fewest at rank 1. */
function sumOfRanks(pupilsWith: Uint32Array): number {
	let sum = 0;
	let ranked = 0;
	for (let count = 0; count < pupilsWith.length; count++) {
		const pupils = pupilsWith[count] ?? 0;
		sum += count * (pupils * ranked + (pupils * (pupils + 1)) / 2);
		ranked += pupils;
	}
	return sum;
}
