import { roundDaysBefore } from '#domain/rounds/round-state.ts';
import { seesEveryGroup } from '#domain/school/roles.ts';
import { analystOf } from '#lib/device/analyst/analyst.svelte.ts';
import type { Device } from '#lib/device/device.ts';
import { incidentBookOf } from '#lib/device/incident-book.ts';
import { roundFactsOf } from '#lib/device/round-facts.ts';
import { schoolToday } from '#lib/device/school-time.ts';

/**
 * Makes the figures of who steers, and folds the incidents, before they are asked for: reading a year takes seconds on a slow laptop, and nobody
 * should wait for that at the first look. The question most pages begin with is answered along. To be called inside an
 * effect: what comes later is read along too. Before the first sync is through, half a year would be read twice.
 */
export function makeFiguresAhead(device: Device, now: Date): void {
	const { session, sync, documents } = device;
	if (!session || !seesEveryGroup(session) || sync.progress !== null || sync.lastEqualAt === null) return;
	const analyst = analystOf(documents);
	analyst.follow();
	void incidentBookOf(documents).read();
	if (analyst.learned === 0) return;
	const until = schoolToday(documents, now);
	const since = roundDaysBefore(roundFactsOf(documents), until).at(-1);
	void analyst.analyse({ until, ...(since && { since }) });
}
