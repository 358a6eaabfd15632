import * as z from 'zod/mini';

const Count = z.int().check(z.gte(0));

/** What came of a rescue file: every item is one of these. Taking the file in again only makes more of it known. */
export const RescueOutcome = z.strictObject({
	/** Whose device it was; `null` when this person is not at the school any more. */
	name: z.nullable(z.string()),
	stored: Count,
	/** Had arrived already. */
	known: Count,
	/** Was erased from the school since. */
	erased: Count,
	/** Not taken, and now among what the coordinator decides about. */
	refused: Count,
});
export type RescueOutcome = z.infer<typeof RescueOutcome>;
