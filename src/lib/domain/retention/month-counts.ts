import * as z from 'zod/mini';
import { MonthCountsId, ObservationId, PlaceId, SchoolId, idOf, ulidOf } from '#domain/id.ts';
import { Form } from '#domain/observation/behaviour.ts';

/** Children of about one age: the finest that counts without names still say. */
export const GroupBand = z.enum(['lower', 'upper', 'secondary', 'unknown']);
export type GroupBand = z.infer<typeof GroupBand>;

/** A calendar month at school, `2026-03`. */
const Month = z.string().check(z.regex(/^\d{4}-(0[1-9]|1[0-2])$/));

const Count = z.int().check(z.gte(0));

/** Observations rolled up in one go; so many ids at most are both counted and still there. */
export const MAX_ROLLED_UP = 500;

/**
 * What is left of a month's observations once their 365 days are over (D10, M5-18): counts apart by place, form and
 * age, which no longer lead to anybody. An observation with two forms counts in both; good behaviour has its own count.
 */
export const MonthCounts = z.strictObject({
	type: z.literal('monthCounts'),
	v: z.literal(1),
	id: MonthCountsId,
	schoolId: SchoolId,
	month: Month,
	observations: Count,
	good: Count,
	byPlace: z.array(z.strictObject({ placeId: z.nullable(PlaceId), count: Count })),
	byForm: z.array(z.strictObject({ form: Form, count: Count })),
	byBand: z.array(z.strictObject({ band: GroupBand, count: Count })),
	/** Counted in here, and about to be erased: so that a kill in between counts nothing twice. Empty otherwise. */
	counted: z.array(ObservationId).check(z.maxLength(MAX_ROLLED_UP)),
});
export type MonthCounts = z.infer<typeof MonthCounts>;

const SCHOOL_CHARS = 20;

/** One document per school and month: the school's own letters, and the month's six digits. */
export function monthCountsIdFor(school: SchoolId, month: string): MonthCountsId {
	return idOf('monthCounts', ulidOf(school).slice(-SCHOOL_CHARS) + month.replace('-', ''));
}

export function noCounts(schoolId: SchoolId, month: string): MonthCounts {
	const id = monthCountsIdFor(schoolId, month);
	return {
		...{ type: 'monthCounts', v: 1, id, schoolId, month, observations: 0, good: 0 },
		...{ byPlace: [], byForm: [], byBand: [], counted: [] },
	};
}
