import { dateOf, toLocalDateTime, type LocalDate, type TimeZone } from '#domain/time/local-time.ts';
import type { Replica } from './device.ts';

export function schoolZone(documents: Replica): TimeZone {
	return documents.all('school')[0]?.zone ?? 'Europe/Amsterdam';
}

/** Which day it is at school, wherever the device is. */
export function schoolToday(documents: Replica, now: Date): LocalDate {
	return dateOf(toLocalDateTime(now, schoolZone(documents)));
}
