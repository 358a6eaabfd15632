import type { Observation } from '#domain/observation/observation.ts';
import type { QuarantineEntry } from '#domain/quarantine/quarantine.ts';
import type { RoundEntry, RoundSnapshot } from '#domain/rounds/round.ts';
import type { GroupSession } from '#domain/school/group-session.ts';
import type { SignalReview } from '#domain/signals/signal.ts';
import { dayNumber, MS_PER_DAY, type LocalDate } from '#domain/time/local-time.ts';

/** What happened longer ago can no longer be traced to persons (M5-18); the same year the analysis looks at. */
export const KEPT_DAYS = 365;

/** A refused item whose story is over is kept as long as somebody may still ask about it. */
const CLOSED_KEPT_DAYS = 30;

export function isExpired({ occurredAt }: Pick<Observation, 'occurredAt'>, today: LocalDate): boolean {
	return dayNumber(today) - dayNumber(occurredAt) >= KEPT_DAYS;
}

/** What was noted or ticked in a round names children, and lives no longer than what it was about. */
export function isRoundEntryExpired({ what, writtenAt }: RoundEntry, now: Date): boolean {
	const namesNobody = what.kind === 'moved' || what.kind === 'cancelled' || what.kind === 'closed';
	return !namesNobody && (now.getTime() - Date.parse(writtenAt)) / MS_PER_DAY >= KEPT_DAYS;
}

/** What was said about a group names children too. */
export function isGroupSessionExpired({ writtenAt }: Pick<GroupSession, 'writtenAt'>, now: Date): boolean {
	return (now.getTime() - Date.parse(writtenAt)) / MS_PER_DAY >= KEPT_DAYS;
}

/** That somebody looked at signals about a child is forgotten with them. */
export function isReviewExpired({ reviewedAt }: Pick<SignalReview, 'reviewedAt'>, now: Date): boolean {
	return (now.getTime() - Date.parse(reviewedAt)) / MS_PER_DAY >= KEPT_DAYS;
}

/** A snapshot goes on as figures: who was in it is forgotten. The same object while there is nothing to forget. */
export function withoutExpiredPupils(snapshot: RoundSnapshot, today: LocalDate): RoundSnapshot {
	if (snapshot.pupils === undefined || dayNumber(today) - dayNumber(snapshot.on) < KEPT_DAYS) return snapshot;
	const { pupils: _, ...figures } = snapshot;
	return figures;
}

/** By when the server received it: what the item itself says is not trusted. `decidedAt`: of the decision, if any. */
export function isQuarantineExpired(
	{ receivedAt, closed }: QuarantineEntry,
	decidedAt: string | undefined,
	now: Date,
): boolean {
	const daysSince = (moment: string) => (now.getTime() - Date.parse(moment)) / MS_PER_DAY;
	const endedAt = decidedAt ?? closed?.at;
	if (endedAt !== undefined && daysSince(endedAt) >= CLOSED_KEPT_DAYS) return true;
	return daysSince(receivedAt) >= KEPT_DAYS;
}
