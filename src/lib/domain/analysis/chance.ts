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
 * engine gives the same figures; `docs/analysis.md` has the few lines it takes to recompute it.
 */
export function shareByChance(pairs: number, pupils: number, top: number): Chance | null {
	if (pairs === 0 || pupils < 2) return null;
	const rounds = pairs <= MANY_ROUNDS_UP_TO_PAIRS ? MANY_ROUNDS : FEW_ROUNDS;
	const sums = new Float64Array(rounds);
	const counts = new Uint32Array(pupils);
	let state = SEED;
	let total = 0;
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
		const sum = sumOfLargest(counts, top);
		sums[round] = sum;
		total += sum;
	}
	sums.sort();
	const outside = (rounds + 1) * OUTSIDE_EACH_SIDE;
	return {
		share: total / rounds / pairs,
		low: (sums[outside - 1] ?? 0) / pairs,
		high: (sums[rounds - outside] ?? 0) / pairs,
		rounds,
	};
}

function sumOfLargest(counts: Uint32Array, howMany: number): number {
	let most = 0;
	for (const count of counts) if (count > most) most = count;
	const pupilsWith = new Uint32Array(most + 1);
	for (const count of counts) pupilsWith[count] = (pupilsWith[count] ?? 0) + 1;
	let sum = 0;
	for (let count = most, left = howMany; count > 0 && left > 0; count--) {
		const taken = Math.min(left, pupilsWith[count] ?? 0);
		sum += taken * count;
		left -= taken;
	}
	return sum;
}
