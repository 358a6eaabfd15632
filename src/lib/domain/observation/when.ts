import * as z from 'zod/mini';
import type { Calendar, DayPart } from '#domain/calendar/calendar.ts';
import { addDays, dateOf, dayNumber, isoWeekday, LocalDateTime } from '#domain/time/local-time.ts';
import type { LocalDate, LocalTime } from '#domain/time/local-time.ts';

/** How people say when it was (M5-01); `exact` is a date and time they filled in. */
export const WhenKind = z.enum(['now', 'tenMinutesAgo', 'halfHourAgo', 'morningBreak', 'lastLunch', 'exact']);
export type WhenKind = z.infer<typeof WhenKind>;

/** What was said and the moment it meant when it was said: "now" must not creep on while a draft waits. */
export const When = z.strictObject({
	kind: WhenKind,
	at: LocalDateTime,
	precision: z.enum(['exact', 'about']),
	saidAt: LocalDateTime,
});
export type When = z.infer<typeof When>;

const MINUTES_BACK = { now: 0, tenMinutesAgo: 10, halfHourAgo: 30 } as const;

/** Where the school's calendar names no break: the middle of what is usual. */
const USUAL_MORNING_BREAK = '10:15' as LocalTime;
const USUAL_LUNCH = '12:15' as LocalTime;

const FRIDAY = 5;

/** After this "now" or "ten minutes ago" would mislead, and the sentence names the time. */
const SPOKEN_FOR_MINUTES = 10;

type Parts = Pick<Calendar, 'dayParts'> | undefined;

export function whenFor(kind: Exclude<WhenKind, 'exact'>, now: LocalDateTime, calendar?: Parts): When {
	return { kind, at: momentFor(kind, now, calendar), precision: kind === 'now' ? 'exact' : 'about', saidAt: now };
}

export function whenAt(at: LocalDateTime, now: LocalDateTime, precision: When['precision'] = 'exact'): When {
	return { kind: 'exact', at, precision, saidAt: now };
}

/** This morning's break is offered once it has begun. */
export function whenChoices(now: LocalDateTime, calendar?: Parts): Exclude<WhenKind, 'exact'>[] {
	return (['now', 'tenMinutesAgo', 'halfHourAgo', 'morningBreak', 'lastLunch'] as const).filter(
		(kind) => momentFor(kind, now, calendar) <= now,
	);
}

/** How the sentence may say it at `now`: the words that were chosen while they are true, the time after that. */
export function spokenKind(when: When, now: LocalDateTime): WhenKind {
	if (when.kind in MINUTES_BACK) return minutesBetween(when.saidAt, now) <= SPOKEN_FOR_MINUTES ? when.kind : 'exact';
	return dateOf(when.saidAt) === dateOf(now) ? when.kind : 'exact';
}

export function minutesBetween(from: LocalDateTime, to: LocalDateTime): number {
	return minuteNumber(to) - minuteNumber(from);
}

function momentFor(kind: Exclude<WhenKind, 'exact'>, now: LocalDateTime, calendar: Parts): LocalDateTime {
	if (kind === 'morningBreak') return atTime(dateOf(now), startOf('break', calendar) ?? USUAL_MORNING_BREAK);
	if (kind === 'lastLunch') return atTime(lastWeekdayBefore(dateOf(now)), startOf('lunch', calendar) ?? USUAL_LUNCH);
	return fromMinuteNumber(minuteNumber(now) - MINUTES_BACK[kind]);
}

function startOf(kind: DayPart['kind'], calendar: Parts): LocalTime | undefined {
	return calendar?.dayParts
		.filter((part) => part.kind === kind)
		.map((part) => part.from)
		.sort()[0];
}

/** On a Monday people mean Friday's lunch. */
function lastWeekdayBefore(date: LocalDate): LocalDate {
	const yesterday = addDays(date, -1);
	return addDays(yesterday, -Math.max(0, isoWeekday(yesterday) - FRIDAY));
}

function atTime(date: LocalDate, time: LocalTime): LocalDateTime {
	return `${date}T${time}` as LocalDateTime;
}

function minuteNumber(moment: LocalDateTime): number {
	return dayNumber(moment) * 1440 + Number(moment.slice(11, 13)) * 60 + Number(moment.slice(14, 16));
}

function fromMinuteNumber(minutes: number): LocalDateTime {
	return new Date(minutes * 60_000).toISOString().slice(0, 16) as LocalDateTime;
}
