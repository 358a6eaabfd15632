import type { GroupId, PupilId } from '#domain/id.ts';
import type { Columns } from './columns.ts';
import type { Folded, FoldQuestion, RoleTallies } from './fold.ts';
import { at } from './lists.ts';
import type { Counter, RoleCounts } from './result.ts';
import { isPupilOf } from './scope.ts';

/** Reporter, instigator and victim per pupil, with what is new (M5-08); pupils with only zeros left out. */
export function countersOf(columns: Columns, { counters, change }: Folded, { scope }: FoldQuestion): Counter[] {
	const found: Counter[] = [];
	for (let code = 1; code < counters.instigator.length; code++) {
		if (at(counters.instigator, code) + at(counters.victim, code) + at(counters.reporter, code) === 0) continue;
		const groupCode = at(columns.groupOfPupil, code);
		if (!isPupilOf(columns, scope, code)) continue;
		found.push({
			pupilId: (columns.pupilIds[code - 1] ?? '') as PupilId,
			groupId: (columns.groupIds[groupCode - 1] ?? null) as GroupId | null,
			...roleCounts(counters, code),
			change: change && roleCounts(change, code),
		});
	}
	// Stable, and codes lie in the order of their ids.
	return found.sort((a, b) => b.instigator - a.instigator);
}

function roleCounts({ reporter, instigator, victim }: RoleTallies, code: number): RoleCounts {
	return { reporter: at(reporter, code), instigator: at(instigator, code), victim: at(victim, code) };
}
