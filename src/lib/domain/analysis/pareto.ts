import type { PupilId } from '#domain/id.ts';
import type { Columns } from './columns.ts';
import { countWhere } from './count-where.ts';
import type { Folded } from './fold.ts';
import { at } from './lists.ts';
import type { Pareto, ParetoBar } from './result.ts';
import { hasMark } from './traits.ts';

/** One in ten pupils: about as few as stand behind 80 % of incidents (domain figures). */
const TOP_PART = 10;

/** Who went too far, most first, and how few stand behind most of it (M5-09); what chance would give is left open. */
export function paretoOf(columns: Columns, { instigators, instigatorOrder, pupils, traits }: Folded): Pareto {
	let pairs = 0;
	for (const code of instigatorOrder) pairs += at(instigators, code);
	const topPupils = Math.ceil(pupils / TOP_PART);
	let cumulative = 0;
	let topPairs = 0;
	let pupilsAt80 = 0;
	const bars: ParetoBar[] = [];
	for (const code of instigatorOrder) {
		// Compared in whole numbers: 0.8 has no exact place among the fractions.
		if (cumulative * 5 < pairs * 4) pupilsAt80++;
		const incidents = at(instigators, code);
		cumulative += incidents;
		if (bars.length < topPupils) topPairs = cumulative;
		const pupilId = (columns.pupilIds[code - 1] ?? '') as PupilId;
		bars.push({ pupilId, incidents, cumulative, cumulativeShare: cumulative / pairs });
	}
	return {
		pairs,
		incidentsWithoutInstigator: countWhere(traits, (combination) => hasMark(combination, 'noInstigator')),
		instigators: bars,
		pupilsAt80,
		pupils,
		top10: { pupils: topPupils, pairs: topPairs, share: pairs === 0 ? 0 : topPairs / pairs },
		chance: null,
	};
}
