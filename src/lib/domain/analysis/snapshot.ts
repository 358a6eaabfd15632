import * as z from 'zod/mini';
import { AnalysisId, PupilId, SchoolId } from '#domain/id.ts';
import { LocalDate } from '#domain/time/local-time.ts';

const Count = z.int().check(z.gte(0));

/** The headline of a school's analysis as the server's worker last computed it; devices can compare their own with it. */
export const AnalysisSnapshot = z.strictObject({
	type: z.literal('analysis'),
	v: z.literal(1),
	id: AnalysisId,
	schoolId: SchoolId,
	/** Last day of the rolling 365 days, included. */
	until: LocalDate,
	observations: Count,
	incidents: Count,
	unprocessed: Count,
	/** How few pupils stand at 80 % of the incidents that have a named instigator. */
	pupilsAt80: Count,
	/** Reporter / instigator / victim per pupil (M5-08), pupils with only zeros left out. Missing for the board. */
	counters: z.optional(
		z.array(z.strictObject({ pupilId: PupilId, reporter: Count, instigator: Count, victim: Count })),
	),
});
export type AnalysisSnapshot = z.infer<typeof AnalysisSnapshot>;
