import type { GroupId, PupilId } from '#domain/id.ts';
import { dateOfDayNumber, type LocalDate } from '#domain/time/local-time.ts';
import type { Columns } from './columns.ts';
import type { Details } from './fold-details.ts';
import { at } from './lists.ts';

/** Who to whom: a line in the network, a cell of the matrix. */
export interface PairFigure {
	readonly instigatorId: PupilId;
	readonly victimId: PupilId;
	readonly incidents: number;
	readonly lastOn: LocalDate;
}

/** The same by group; `null`: the roster does not know the pupil. */
export interface GroupPairFigure {
	readonly from: GroupId | null;
	readonly to: GroupId | null;
	/** Incidents of its pairs of pupils, added up. */
	readonly pairs: number;
}

/** Most first, equal ones by instigator, then by victim. */
export function pairFigures(columns: Columns, { pairs }: Details): PairFigure[] {
	const { instigator, victim, incidents, lastDay } = pairs;
	const order = Array.from({ length: pairs.length }, (_, index) => index).sort(
		(a, b) =>
			at(incidents, b) - at(incidents, a) || at(instigator, a) - at(instigator, b) || at(victim, a) - at(victim, b),
	);
	// A year has far more pairs than days.
	const dates = new Map<number, LocalDate>();
	const dateOf = (day: number) => {
		const date = dates.get(day) ?? dateOfDayNumber(day);
		dates.set(day, date);
		return date;
	};
	return order.map((index) => ({
		instigatorId: (columns.pupilIds[at(instigator, index) - 1] ?? '') as PupilId,
		victimId: (columns.pupilIds[at(victim, index) - 1] ?? '') as PupilId,
		incidents: at(incidents, index),
		lastOn: dateOf(at(lastDay, index)),
	}));
}

/** Most first, equal ones by `from`, then by `to`, `null` last. */
export function groupPairFigures(columns: Columns, { pairs }: Details): GroupPairFigure[] {
	const codes = columns.groupIds.length + 1;
	const counts = new Map<number, number>();
	for (let index = 0; index < pairs.length; index++) {
		const from = at(columns.groupOfPupil, at(pairs.instigator, index));
		const to = at(columns.groupOfPupil, at(pairs.victim, index));
		counts.set(from * codes + to, (counts.get(from * codes + to) ?? 0) + at(pairs.incidents, index));
	}
	const last = (code: number) => (code === 0 ? codes : code);
	const groupId = (code: number) => (columns.groupIds[code - 1] ?? null) as GroupId | null;
	return [...counts]
		.map(([key, count]) => ({ from: Math.floor(key / codes), to: key % codes, pairs: count }))
		.sort((a, b) => b.pairs - a.pairs || last(a.from) - last(b.from) || last(a.to) - last(b.to))
		.map(({ from, to, pairs: count }) => ({ from: groupId(from), to: groupId(to), pairs: count }));
}
