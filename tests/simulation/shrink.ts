/**
 * Leaves out steps while it still fails: halves first, then ever smaller pieces, down to single ones.
 * @param budget runs at most; what is left then is reported as it is.
 */
export async function shrink<T>(
	steps: readonly T[],
	stillFails: (steps: readonly T[]) => Promise<boolean>,
	budget: number,
): Promise<readonly T[]> {
	let kept = steps;
	let left = budget;
	for (let size = Math.ceil(kept.length / 2); size >= 1 && left > 0; size = size === 1 ? 0 : Math.ceil(size / 2)) {
		for (let at = kept.length - size; at > -size && left > 0; at -= size) {
			const shorter = kept.toSpliced(Math.max(0, at), size + Math.min(0, at));
			if (shorter.length === kept.length) continue;
			left--;
			if (await stillFails(shorter)) kept = shorter;
		}
	}
	return kept;
}
