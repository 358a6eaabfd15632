/** How unequally incidents fall on pupils; pupils without any count too. */
export interface Concentration {
	/** 0: all the same; towards 1: a single pupil. 0 without pairs. */
	readonly gini: number;
	/** The share of the pairs that falls on the 0, 10, … 100 % of pupils with the fewest. */
	readonly lorenz: readonly number[];
}

const LORENZ_PARTS = 10;

/** `counts`: pairs per pupil, most first, zeros may be left out; `pupils`: all of them. */
export function concentrationOf(counts: readonly number[], pupils: number): Concentration {
	const pairs = counts.reduce((sum, count) => sum + count, 0);
	const ascending = counts.toReversed();
	const zeros = pupils - ascending.length;
	let weighted = 0;
	const below = [0];
	ascending.forEach((count, index) => {
		weighted += count * (zeros + index + 1);
		below.push((below[index] ?? 0) + count);
	});
	const lowest = (part: number) => below[Math.max(0, Math.floor((part * pupils) / LORENZ_PARTS) - zeros)] ?? 0;
	return {
		gini: giniOf(weighted, pairs, pupils),
		lorenz: Array.from({ length: LORENZ_PARTS + 1 }, (_, part) => (pairs === 0 ? 0 : lowest(part) / pairs)),
	};
}

/** `weighted`: the sum of rank × count, the pupil with the fewest at rank 1. */
export function giniOf(weighted: number, pairs: number, pupils: number): number {
	return pairs === 0 ? 0 : (2 * weighted - (pupils + 1) * pairs) / (pupils * pairs);
}
