import type { DomainDocument } from '#domain/document.ts';
import { toLocalDateTime, type Instant, type LocalDateTime, type TimeZone } from './local-time.ts';

/** Clocks of phones wander by minutes; more than this is a wrong clock. The gateway refuses times further ahead. */
export const CLOCK_TOLERANCE_MS = 10 * 60_000;

/** A moment this near to the saving was read from the clock at the saving; others were picked by a person. */
const STAMP_MS = 5 * 60_000;

/** "Now", "ten minutes ago", "yesterday at lunch" are said relative to the clock; an older date is picked by hand. */
const RELATIVE_MS = 48 * 60 * 60_000;

/** By how much a device's clock is behind (above 0) or ahead (below 0); 0 while it is near enough. */
export function clockError(deviceNow: number, serverNow: number): number {
	const behindBy = serverNow - deviceNow;
	return Math.abs(behindBy) > CLOCK_TOLERANCE_MS ? behindBy : 0;
}

/**
 * A document as a right clock would have made it: the moments it took from the clock moved by `shiftMs`.
 * @param savedAt milliseconds of the device's clock, wrong as it was, when the document was saved.
 */
export function withRightTimes<T extends DomainDocument>(doc: T, shiftMs: number, savedAt: number): T {
	if (shiftMs === 0) return doc;
	const stamps = Object.entries(doc).filter(([, value]) => isStamp(value, savedAt));
	const moved = stamps.map(([field, value]) => [field, shifted(value as string, shiftMs)]);
	const corrected = { ...doc, ...Object.fromEntries(moved) } as T;
	if (corrected.type !== 'observation' || doc.type !== 'observation') return corrected;
	const occurredAt = occurredInstead(doc, corrected.notedAt);
	return { ...corrected, occurredAt };
}

function isStamp(value: unknown, savedAt: number): boolean {
	return typeof value === 'string' && value.endsWith('Z') && Math.abs(Date.parse(value) - savedAt) < STAMP_MS;
}

function shifted(instant: string, byMs: number): Instant {
	return new Date(Date.parse(instant) + byMs).toISOString() as Instant;
}

/** As long before it was noted as the reporter meant, on the wall clock. */
function occurredInstead(
	{ occurredAt, notedAt, zone }: { occurredAt: LocalDateTime; notedAt: Instant; zone: TimeZone },
	notedInstead: Instant,
): LocalDateTime {
	const before = wallMs(toLocalDateTime(new Date(notedAt), zone)) - wallMs(occurredAt);
	if (before < 0 || before > RELATIVE_MS) return occurredAt;
	const noted = wallMs(toLocalDateTime(new Date(notedInstead), zone));
	return new Date(noted - before).toISOString().slice(0, 16) as LocalDateTime;
}

function wallMs(local: LocalDateTime): number {
	return Date.parse(`${local}Z`);
}
