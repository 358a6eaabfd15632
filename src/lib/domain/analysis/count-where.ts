import { at } from './lists.ts';

/** `counts`: incidents per combination of traits or extras; how many have a combination that `is` so. */
export function countWhere(counts: Uint32Array, is: (combination: number) => boolean): number {
	let count = 0;
	for (let combination = 0; combination < counts.length; combination++) {
		const incidents = at(counts, combination);
		if (incidents > 0 && is(combination)) count += incidents;
	}
	return count;
}
