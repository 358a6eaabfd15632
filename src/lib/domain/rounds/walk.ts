import type { GroupId, PupilId } from '#domain/id.ts';
import type { Pupil } from '#domain/school/roster.ts';
import { standingsOn, type Standing } from '#domain/status/standing.ts';
import type { StatusDecision } from '#domain/status/status-decision.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import { PARENTS, type ParentsTask } from './parents.ts';
import type { RoundState } from './round-state.ts';

/** Spoken to by name: everybody else is addressed in general or not at all (M5-11). */
type ByName = keyof typeof PARENTS;

export interface WalkTalk {
	readonly pupilId: PupilId;
	readonly status: ByName;
	readonly parents: ParentsTask;
}

/** What the principal does at one group. Pupils at A0 are a number in it, never a name. */
export interface WalkStop {
	readonly groupId: GroupId;
	readonly talks: readonly WalkTalk[];
	/** Spoken to by name at the round before, and stopped since (M5-14). */
	readonly compliments: readonly PupilId[];
}

export interface Walk {
	readonly stops: readonly WalkStop[];
	/** Pupils of the whole walk who are addressed without a name. */
	readonly inGeneral: number;
}

export interface WalkFacts {
	readonly pupils: readonly Pupil[];
	readonly decisions: readonly StatusDecision[];
	/** Last day of the round before; `null` without one. */
	readonly previous: LocalDate | null;
	/** Whether this pupil went too far after the round before. */
	readonly wentOn: (pupilId: PupilId) => boolean;
}

/** The walk past these groups, in their order (M5-13). Statuses are those that hold on its last day. */
export function walkOf(
	groupIds: readonly GroupId[],
	{ until }: Pick<RoundState, 'until'>,
	{ pupils, decisions, previous, wentOn }: WalkFacts,
): Walk {
	const now = standingsOn(decisions, until);
	const before = previous === null ? new Map<PupilId, Standing>() : standingsOn(decisions, previous);
	const here = pupils.filter(({ leftOn }) => leftOn === undefined || leftOn >= until);
	const byGroup = Map.groupBy(here, ({ groupId }) => groupId);
	let inGeneral = 0;
	const stops = groupIds.map((groupId): WalkStop => {
		const talks: WalkTalk[] = [];
		const compliments: PupilId[] = [];
		for (const { id } of byGroup.get(groupId) ?? []) {
			const status = now.get(id)?.instigator?.status;
			if (status === 'A0') inGeneral++;
			if (wasNamed(before.get(id)) && status !== 'A0' && !wentOn(id)) compliments.push(id);
			else if (status === 'A1' || status === 'A2') talks.push({ pupilId: id, status, parents: PARENTS[status] });
		}
		return { groupId, talks, compliments };
	});
	return { stops, inGeneral };
}

function wasNamed(standing: Standing | undefined): boolean {
	const status = standing?.instigator?.status;
	return status === 'A1' || status === 'A2';
}

export type StopProgress = { readonly done: number; readonly of: number };

/** How much of a stop is behind one: its talks, calls, compliments and the visit itself. */
export function progressOf(
	{ groupId, talks, compliments }: WalkStop,
	{ done }: Pick<RoundState, 'done'>,
): StopProgress {
	const keys = [
		...talks.flatMap(({ pupilId, parents }) => [`talked ${pupilId}`, `${parents} ${pupilId}`]),
		...compliments.map((pupilId) => `complimented ${pupilId}`),
		`visited ${groupId}`,
	];
	return { done: keys.filter((key) => done.has(key)).length, of: keys.length };
}
