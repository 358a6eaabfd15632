import { CLOCK_TOLERANCE_MS, clockError } from '#domain/time/wrong-clock.ts';

export interface ClockWatch {
	/** Milliseconds that this device's clock is behind, below 0 ahead; 0: right, or nobody told yet. */
	readonly behindBy: number;
	/** It was compared with the server's, and nobody has set it since. */
	readonly isSure: boolean;
	/** An answer of the server said what time it is. @returns whether that is news. */
	hear(serverTime: number): boolean;
}

/**
 * The device's clock is noticed when it is wrong, and not trusted (D3). `uptime`: milliseconds of a clock that nobody
 * can set, so that setting the other one is seen; when it stood still (a phone asleep), the comparison is made anew.
 */
export function createClockWatch(now: () => number, uptime: () => number, lastKnown: number): ClockWatch {
	let behindBy = $state(lastKnown);
	let heard: { readonly now: number; readonly uptime: number } | null = null;

	return {
		get behindBy() {
			return behindBy;
		},
		get isSure() {
			if (!heard) return false;
			const drift = now() - heard.now - (uptime() - heard.uptime);
			return Math.abs(drift) < CLOCK_TOLERANCE_MS / 2;
		},
		hear(serverTime) {
			heard = { now: now(), uptime: uptime() };
			const measured = clockError(heard.now, serverTime);
			// Answers take their time: only a real difference is one.
			if (Math.abs(measured - behindBy) < CLOCK_TOLERANCE_MS && (measured === 0) === (behindBy === 0)) return false;
			behindBy = measured;
			return true;
		},
	};
}
