/** Ids are sorted, so a search by halves finds the code; -1 for an id that is not there. */
export function codeIn(sortedIds: readonly string[], id: string): number {
	let low = 0;
	let high = sortedIds.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((sortedIds[middle] ?? '') < id) low = middle + 1;
		else high = middle;
	}
	return sortedIds[low] === id ? low + 1 : -1;
}
