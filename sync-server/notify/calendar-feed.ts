import ical, { ICalCalendarMethod, ICalEventBusyStatus, ICalEventTransparency } from 'ical-generator';
import type { Language } from '#domain/accounts/outside.ts';
import type { DueReminder } from '#domain/reminders/due.ts';
import { addDays, LocalDate } from '#domain/time/local-time.ts';
import { timeOutOfReach } from '#domain/time/within-reach.ts';
import { WORDS } from './words.ts';

/** A calendar asks again after so long. */
const REFRESH_S = 60 * 60;

/** A person's tasks as whole-day events over their windows (RFC 5545). A calendar lies on a screen that others see: no names. */
export function calendarFeed(due: readonly DueReminder[], language: Language, origin: string, stamp: Date): string {
	const words = WORDS[language];
	const calendar = ical({
		name: words.calendarName,
		prodId: { company: 'Pleinwacht', product: 'Pleinwacht', language: language.toUpperCase() },
		method: ICalCalendarMethod.PUBLISH,
		ttl: REFRESH_S,
	});
	for (const { reminder, state } of due) {
		// Kept from before such dates were refused: one that no calendar knows must not take the others along.
		if (![reminder.from, reminder.until].every((day) => LocalDate.safeParse(day).success)) continue;
		if (timeOutOfReach(reminder)) continue;
		calendar.createEvent({
			id: reminder.id,
			summary: state === 'overdue' ? words.lateTask : words.task,
			// Days, not moments: the same in every zone. The end is the day after the last one.
			start: `${reminder.from}T00:00:00Z`,
			end: `${addDays(reminder.until, 1)}T00:00:00Z`,
			allDay: true,
			stamp,
			url: new URL('/reminders', origin).href,
			busystatus: ICalEventBusyStatus.FREE,
			transparency: ICalEventTransparency.TRANSPARENT,
		});
	}
	return calendar.toString();
}
