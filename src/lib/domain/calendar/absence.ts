import * as z from 'zod/mini';
import { AbsenceId, PersonId, SchoolId } from '#domain/id.ts';
import { Instant, LocalDate } from '#domain/time/local-time.ts';

/** Somebody is away, both days included; what comes due meanwhile goes to the stand-in, or else to the coordinator. */
export const Absence = z.strictObject({
	type: z.literal('absence'),
	v: z.literal(1),
	id: AbsenceId,
	schoolId: SchoolId,
	personId: PersonId,
	from: LocalDate,
	until: LocalDate,
	standInId: z.optional(PersonId),
	recordedBy: PersonId,
	recordedAt: Instant,
});
export type Absence = z.infer<typeof Absence>;
