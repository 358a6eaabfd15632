import type { Delays } from '#server/accounts/delays.ts';
import { Problem } from './problem.ts';

/**
 * Refuses a try that comes too soon, and counts every other one before anything is waited for: a hundred at once are a
 * hundred tries. Who turns out to be right says so with `succeeded`.
 */
export function countTry(delays: Delays, name: string): void {
	const waitMs = delays.waitMs(name);
	if (waitMs > 0) throw new Problem('wait', Math.ceil(waitMs / 1000));
	delays.failed(name);
}
