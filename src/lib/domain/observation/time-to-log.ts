import * as z from 'zod/mini';

/** How long logging took this person here, in milliseconds, oldest first. Kept on the device only. */
export const TimesToLog = z.array(z.number().check(z.gte(0)));
export type TimesToLog = z.infer<typeof TimesToLog>;

/** The name it is kept under among the device's notes. */
export const TIMES_TO_LOG_NOTE = 'capture.timesToLog';

/** Enough for a steady 90th percentile, and old habits fade. */
const KEPT = 200;

/** Who put the phone away half-way was not logging all that time. */
const LONGEST_MS = 10 * 60_000;

export function addTimeToLog(times: TimesToLog, milliseconds: number): TimesToLog {
	if (!(milliseconds >= 0 && milliseconds <= LONGEST_MS)) return times;
	return [...times, milliseconds].slice(-KEPT);
}

export interface TimeToLogSummary {
	readonly count: number;
	readonly medianMs: number;
	readonly p90Ms: number;
}

/** Nearest rank, so every figure shown is a time that really happened; null without any. */
export function summariseTimesToLog(times: TimesToLog): TimeToLogSummary | null {
	const sorted = [...times].sort((a, b) => a - b);
	const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
	const medianMs = rank(0.5);
	const p90Ms = rank(0.9);
	return medianMs === undefined || p90Ms === undefined ? null : { count: sorted.length, medianMs, p90Ms };
}
