import { schoolDaysOf, type SchoolDays } from '#domain/calendar/school-days.ts';
import type { Replica } from './device.ts';

/** Which days have school, by the calendars this device holds and the holidays of the school's region. */
export function schoolDaysIn(documents: Replica): SchoolDays {
	return schoolDaysOf(documents.all('calendar'), documents.all('school')[0]?.region);
}
