import { summariseTimesToLog, TIMES_TO_LOG_NOTE, TimesToLog } from '#domain/observation/time-to-log.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent }) => {
	const { device } = await parent();
	const times = TimesToLog.safeParse(await device.notes.get(TIMES_TO_LOG_NOTE));
	return { timeToLog: times.success ? summariseTimesToLog(times.data) : null };
};
