import { incompleteBeta, logGamma } from './incomplete-beta.ts';

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

const MAX_STEPS = 200;
const PRECISE = 1e-13;
/** A step so small is noise of the continued fraction. */
const PRECISE_STEP = 1e-11;

/** Where the beta distribution with parameters `a` and `b` has `p` below it: Newton's steps, by halves where they leave the road. */
function betaQuantile(p: number, a: number, b: number): number {
	const logBeta = logGamma(a) + logGamma(b) - logGamma(a + b);
	let low = 0;
	let high = 1;
	let x = a / (a + b);
	for (let step = 0; step < MAX_STEPS && high - low > PRECISE; step++) {
		const below = incompleteBeta(x, a, b) - p;
		if (below === 0) return x;
		if (below < 0) low = x;
		else high = x;
		const density = Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - logBeta);
		const next = x - below / density;
		const inside = next > low && next < high ? next : (low + high) / 2;
		if (Math.abs(inside - x) < PRECISE_STEP * x) return inside;
		x = inside;
	}
	return x;
}
