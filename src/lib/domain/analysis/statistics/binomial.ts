import { incompleteBeta } from './incomplete-beta.ts';

/** Two-sided: 2.5 % lies on either side. */
const OUTSIDE = 0.025;

export interface Interval {
	readonly low: number;
	readonly high: number;
}

/** The exact 95 % interval of Clopper and Pearson for a share of `count` in `total`; from 0 to 1 when there is nothing. */
export function shareInterval(count: number, total: number): Interval {
	return {
		low: count === 0 ? 0 : betaQuantile(OUTSIDE, count, total - count + 1),
		high: count >= total ? 1 : betaQuantile(1 - OUTSIDE, count + 1, total - count),
	};
}

/** The chance of `count` or more in `total` tries that each succeed with chance `p`. */
export function binomialAtLeast(count: number, total: number, p: number): number {
	if (count <= 0) return 1;
	return count > total ? 0 : incompleteBeta(p, count, total - count + 1);
}

/** Where the beta distribution with parameters `a` and `b` has `p` below it: by halves, until a double says no more. */
function betaQuantile(p: number, a: number, b: number): number {
	let low = 0;
	let high = 1;
	for (let middle = 0.5; low < middle && middle < high; middle = (low + high) / 2) {
		if (high - low < 1e-13) break;
		if (incompleteBeta(middle, a, b) < p) low = middle;
		else high = middle;
	}
	return (low + high) / 2;
}
