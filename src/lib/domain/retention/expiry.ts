import type { Observation } from '#domain/observation/observation.ts';
import type { QuarantineEntry } from '#domain/quarantine/quarantine.ts';
import { dayNumber, MS_PER_DAY, type LocalDate } from '#domain/time/local-time.ts';

/** What happened longer ago can no longer be traced to persons (M5-18); the same year the analysis looks at. */
export const KEPT_DAYS = 365;

/** A refused item whose story is over is kept as long as somebody may still ask about it. */
const CLOSED_KEPT_DAYS = 30;

export function isExpired({ occurredAt }: Pick<Observation, 'occurredAt'>, today: LocalDate): boolean {
	return dayNumber(today) - dayNumber(occurredAt) >= KEPT_DAYS;
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
