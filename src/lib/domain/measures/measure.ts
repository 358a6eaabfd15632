import * as z from 'zod/mini';
import { GroupId, MeasureId, PersonId, PlaceId, PupilId, SchoolId } from '#domain/id.ts';
import { Instant, LocalDate, LocalTime } from '#domain/time/local-time.ts';

/** Limits the risk of a place, the opportunity of a time, or with whom (M5-12); they may overlap. */
const MeasureKind = z.enum(['risk', 'opportunity', 'interaction']);

/** Always backed by data, without bargaining, and with an end: it is looked at again at the next round (M5-12). */
export const Measure = z.strictObject({
	type: z.literal('measure'),
	v: z.literal(1),
	id: MeasureId,
	schoolId: SchoolId,
	kinds: z.array(MeasureKind).check(z.minLength(1), z.maxLength(3)),
	/** What it is about; nothing named means everybody, everywhere, all day. */
	pupilIds: z.array(PupilId).check(z.maxLength(20)),
	groupId: z.nullable(GroupId),
	placeId: z.nullable(PlaceId),
	/** From and up to, of the day. */
	hours: z.nullable(z.strictObject({ from: LocalTime, until: LocalTime })),
	text: z.string().check(z.trim(), z.minLength(1), z.maxLength(2000)),
	/** The figures it rests on, in words. */
	because: z.string().check(z.trim(), z.minLength(1), z.maxLength(2000)),
	from: LocalDate,
	/** Last day, included: the next round. */
	until: LocalDate,
	watchedBy: PersonId,
	decidedBy: PersonId,
	decidedAt: Instant,
});
export type Measure = z.infer<typeof Measure>;
