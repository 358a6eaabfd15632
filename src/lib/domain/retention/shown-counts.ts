/** Fewer than this might lead to a child after all. */
export const SMALLEST_SHOWN = 5;

export interface ShownCounts<K> {
	/** Largest first. */
	readonly cells: readonly { readonly key: K; readonly count: number }[];
	/** The small ones together; `null` when even they are too few to say. */
	readonly rest: number | null;
}

/**
 * A table of counts as it may be shown: small cells only together, and never so that one of them follows by
 * subtraction. When the small ones together are too few, the smallest of the large ones joins them.
 */
export function shownCounts<K>(counts: readonly { readonly key: K; readonly count: number }[]): ShownCounts<K> {
	const sorted = counts.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
	let shown = sorted.filter(({ count }) => count >= SMALLEST_SHOWN).length;
	const restFrom = (at: number) => sorted.slice(at).reduce((sum, { count }) => sum + count, 0);
	while (shown > 0 && restFrom(shown) > 0 && restFrom(shown) < SMALLEST_SHOWN) shown--;
	const rest = restFrom(shown);
	return { cells: sorted.slice(0, shown), rest: rest > 0 && rest < SMALLEST_SHOWN ? null : rest };
}
