import { CLOCK_TOLERANCE_MS, clockError } from '#domain/time/wrong-clock.ts';
import { openPersonDisk, type StoreSurroundings } from './person-disk.ts';
import { pushAll } from './push.ts';
import type { Tabs } from './tabs.ts';
import type { Transport } from './transport.ts';

export interface SendSurroundings extends StoreSurroundings {
	readonly transport: Transport;
	readonly tabs: Tabs;
	/** Somebody looks at the app and could still take back what was just saved. */
	readonly isWatched: boolean;
}

/**
 * Sends what waits without a page, as one more tab would: for Background Sync, where the browser has it. It never does
 * what a person must hear of first. A wrong clock, a session that is over, an app that is too old: all that waits, and
 * the app says so when it is opened.
 * @returns whether trying again later may help.
 */
export async function sendUnsent(around: SendSurroundings): Promise<'done' | 'tryLater'> {
	const { transport, tabs, now, isWatched } = around;
	return tabs.alone(async () => {
		const disk = openPersonDisk(around);
		await disk.setAsideUnreadable();
		const clock = await askClock();
		if (clock !== 'right') return clock === 'unknown' ? 'tryLater' : 'done';
		const problem = await pushAll(disk, transport, { now: now(), releaseHolds: !isWatched });
		tabs.announce('changed');
		return problem === 'unreachable' || problem === 'serverFault' ? 'tryLater' : 'done';

		/** What goes out for the first time has its times compared with the server's clock, here as in the app. */
		async function askClock(): Promise<'right' | 'wrong' | 'unknown'> {
			const rows = await disk.timesToSettle();
			if (rows.length === 0 || !transport.askTime) return 'right';
			const serverTime = await transport.askTime();
			if (serverTime === null) return 'unknown';
			const isShifted = rows.some(({ shiftedBy = 0 }) => Math.abs(shiftedBy) > CLOCK_TOLERANCE_MS);
			return isShifted || clockError(now(), serverTime) !== 0 ? 'wrong' : 'right';
		}
	});
}
