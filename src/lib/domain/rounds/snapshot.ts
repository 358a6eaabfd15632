import type { AnalysisResult } from '#domain/analysis/result.ts';
import type { PupilId, SiteId } from '#domain/id.ts';
import { standingsOn } from '#domain/status/standing.ts';
import { PupilStatus, type StatusDecision } from '#domain/status/status-decision.ts';
import type { PupilAtRound, RoundSnapshot } from './round.ts';
import type { RoundState } from './round-state.ts';

type Counted = Omit<RoundSnapshot, 'type' | 'v' | 'id' | 'schoolId' | 'madeBy' | 'madeAt'>;

/**
 * How a site stands at a round: the analysis of that site until the round's first day, with change since the round before,
 * and the statuses that hold on its last day.
 */
export function snapshotOf(
	round: Pick<RoundState, 'id' | 'on' | 'until'>,
	siteId: SiteId,
	result: Pick<AnalysisResult, 'counts' | 'counters' | 'sinceRound' | 'structural' | 'period'>,
	decisions: readonly StatusDecision[],
	isOfSite: (pupilId: PupilId) => boolean,
): Counted {
	const statuses = Object.fromEntries(PupilStatus.options.map((status) => [status, 0])) as Record<PupilStatus, number>;
	for (const [pupilId, { instigator, victim }] of standingsOn(decisions, round.until)) {
		if (!isOfSite(pupilId)) continue;
		for (const decision of [instigator, victim]) if (decision) statuses[decision.status]++;
	}
	const pupils = result.counters
		.filter(({ instigator, victim }) => instigator + victim > 0)
		.map(({ pupilId, instigator, victim, change }): PupilAtRound => ({
			...{ pupilId, instigator, victim },
			...{ instigatorIncrease: change?.instigator ?? null, victimIncrease: change?.victim ?? null },
		}));
	const after = result.sinceRound?.after;
	return {
		...{ roundId: round.id, siteId, on: round.on, since: result.period.since },
		incidents: result.counts.incidents,
		incidentsSince: after?.incidents ?? null,
		schoolDaysSince: after?.schoolDays ?? null,
		structural: result.structural.pupils.length,
		statuses,
		pupils,
	};
}

/** The first one made of each round and site counts: what was compared once stays as it was. */
export function standingSnapshots(snapshots: Iterable<RoundSnapshot>): RoundSnapshot[] {
	const first = new Map<string, RoundSnapshot>();
	for (const each of snapshots) {
		const key = `${each.roundId} ${each.siteId}`;
		const known = first.get(key);
		if (!known || isEarlier(each, known)) first.set(key, each);
	}
	return [...first.values()].sort((a, b) => (a.on === b.on ? (a.siteId < b.siteId ? -1 : 1) : a.on < b.on ? -1 : 1));
}

function isEarlier(a: RoundSnapshot, b: RoundSnapshot): boolean {
	const [first, second] = [Date.parse(a.madeAt), Date.parse(b.madeAt)];
	return first === second ? a.id < b.id : first < second;
}

/** A round of all sites of a school, as figures. */
export interface RoundFigures {
	readonly on: RoundSnapshot['on'];
	readonly since: RoundSnapshot['since'];
	readonly incidents: number;
	/** `null` when there was no round before. */
	readonly incidentsSince: number | null;
	/** Per school day since the round before; `null` without one, or without school days. */
	readonly perSchoolDay: number | null;
	readonly structural: number;
	readonly statuses: Readonly<Record<PupilStatus, number>>;
}

/**
 * Per round its sites together, the earliest first. Sites share the days of the round, so their school days are the same and
 * their incidents add up; one between two sites is counted at both.
 */
export function roundFigures(snapshots: Iterable<RoundSnapshot>): RoundFigures[] {
	const byRound = Map.groupBy(standingSnapshots(snapshots), ({ roundId }) => roundId);
	return [...byRound.values()].flatMap((sites) => {
		const [one] = sites;
		if (!one) return [];
		const sum = (of: (site: RoundSnapshot) => number) => sites.reduce((total, site) => total + of(site), 0);
		const incidentsSince = one.incidentsSince === null ? null : sum((site) => site.incidentsSince ?? 0);
		const statuses = Object.fromEntries(
			PupilStatus.options.map((status) => [status, sum((site) => site.statuses[status])]),
		) as Record<PupilStatus, number>;
		return {
			...{ on: one.on, since: one.since, incidents: sum((site) => site.incidents), incidentsSince },
			perSchoolDay: incidentsSince !== null && one.schoolDaysSince ? incidentsSince / one.schoolDaysSince : null,
			...{ structural: sum((site) => site.structural), statuses },
		};
	});
}
