import type { GroupId, SiteId } from '#domain/id.ts';
import { foldRounds, type RoundState } from '#domain/rounds/round-state.ts';
import type { Session } from '#domain/session.ts';
import { dayNumber, type LocalDate } from '#domain/time/local-time.ts';
import type { Replica } from '#lib/device/device.ts';
import { rosterOf } from '#lib/device/roster.ts';
import { roundFactsOf } from '#lib/device/round-facts.ts';

/** Those that were held or will be, the earliest first. */
export function roundsIn(documents: Replica): RoundState[] {
	return foldRounds(roundFactsOf(documents)).filter(({ isCancelled }) => !isCancelled);
}

export function personName(documents: Replica, id: string): string {
	return documents.get('person', id)?.name ?? '?';
}

/** The sites one walks: those of the round at which this person works. */
export function walkedSites(round: RoundState, session: Session | null, documents: Replica): SiteId[] {
	return documents
		.all('site')
		.map(({ id }) => id)
		.filter((id) => round.siteId === null || round.siteId === id)
		.filter((id) => session?.siteIds === undefined || session.siteIds.includes(id));
}

export function walkedGroups(round: RoundState, session: Session | null, documents: Replica): GroupId[] {
	const sites = walkedSites(round, session, documents);
	return rosterOf(documents).groups.flatMap(({ id, siteId }) => (sites.includes(siteId) ? id : []));
}

export interface RoundsView {
	/** Runs today, or is the next one, or the last one that nobody closed. */
	readonly current: RoundState | null;
	readonly later: readonly RoundState[];
	/** The last one first. */
	readonly past: readonly RoundState[];
}

/** A round that is over by more than this and was never worked on was not held in the app. */
const OPEN_AFTER_DAYS = 21;

export function roundsView(rounds: readonly RoundState[], today: LocalDate): RoundsView {
	const daysSince = (day: LocalDate) => dayNumber(today) - dayNumber(day);
	const isOver = (round: RoundState) => round.closed !== null || daysSince(round.until) > OPEN_AFTER_DAYS;
	const open = rounds.filter((round) => !isOver(round));
	return { current: open[0] ?? null, later: open.slice(1), past: rounds.filter(isOver).reverse() };
}

/** The round before this one; `null` for the first. */
export function roundBefore(rounds: readonly RoundState[], round: RoundState): RoundState | null {
	return rounds.filter(({ on }) => on < round.on).at(-1) ?? null;
}
