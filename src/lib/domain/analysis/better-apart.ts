import type { PupilId } from '#domain/id.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import type { PairFigure } from './pairs.ts';

/** Two children who had something with each other again and again; who began is left out on purpose. */
export interface BetterApart {
	/** In the order of their ids. */
	readonly pupilIds: readonly [PupilId, PupilId];
	/** Both ways added up. */
	readonly incidents: number;
	readonly lastOn: LocalDate;
}

/**
 * Who is better not placed together, for whoever makes next year's groups (MEL-08): from so many incidents on. Most first,
 * equal ones by who had the last of them, then by id. The order of the pairs does not matter.
 */
export function betterApart(pairs: Iterable<PairFigure>, atLeast: number): BetterApart[] {
	const byTwo = new Map<string, BetterApart>();
	for (const { instigatorId, victimId, incidents, lastOn } of pairs) {
		const pupilIds: BetterApart['pupilIds'] =
			instigatorId < victimId ? [instigatorId, victimId] : [victimId, instigatorId];
		const key = pupilIds.join(' ');
		const other = byTwo.get(key);
		byTwo.set(key, {
			pupilIds,
			incidents: incidents + (other?.incidents ?? 0),
			lastOn: other && other.lastOn > lastOn ? other.lastOn : lastOn,
		});
	}
	return [...byTwo]
		.filter(([, { incidents }]) => incidents >= atLeast)
		.sort(([a, one], [b, two]) => two.incidents - one.incidents || compare(two.lastOn, one.lastOn) || compare(a, b))
		.map(([, each]) => each);
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
