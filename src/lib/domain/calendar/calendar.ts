import * as z from 'zod/mini';
import { CalendarId, SchoolId } from '#domain/id.ts';
import { LocalDate, LocalTime } from '#domain/time/local-time.ts';

/** Days without school, both ends included. */
export const Closure = z.strictObject({
	name: z.string().check(z.minLength(1), z.maxLength(80)),
	from: LocalDate,
	until: LocalDate,
	kind: z.enum(['holiday', 'studyDay']),
});
export type Closure = z.infer<typeof Closure>;

/** A named part of the school day, such as the morning break. */
export const DayPart = z.strictObject({
	name: z.string().check(z.minLength(1), z.maxLength(40)),
	kind: z.enum(['before', 'lesson', 'break', 'lunch', 'after']),
	from: LocalTime,
	until: LocalTime,
});
export type DayPart = z.infer<typeof DayPart>;

/** One school year's calendar of one school. */
export const Calendar = z.strictObject({
	type: z.literal('calendar'),
	v: z.literal(1),
	id: CalendarId,
	schoolId: SchoolId,
	from: LocalDate,
	until: LocalDate,
	closures: z.array(Closure).check(z.maxLength(100)),
	dayParts: z.array(DayPart).check(z.maxLength(20)),
	/** Class rounds (M5-13): dates on which change is measured. */
	rounds: z.array(LocalDate).check(z.maxLength(20)),
});
export type Calendar = z.infer<typeof Calendar>;
