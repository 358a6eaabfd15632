import { toLocalDateTime } from '#domain/time/local-time.ts';
import { getDevice } from '#lib/device/context.ts';
import { currentMinute } from '#lib/device/current-minute.ts';
import { schoolToday, schoolZone } from '#lib/device/school-time.ts';
import { formatWhen } from '#lib/i18n/when.ts';

/** How this school says a moment, given in milliseconds since 1970: `vandaag 12:14`. Call while a component is made. */
export function momentText(): (at: number) => string {
	const { documents } = getDevice();
	return (at) =>
		formatWhen(toLocalDateTime(new Date(at), schoolZone(documents)), {
			today: schoolToday(documents, currentMinute()),
		});
}
