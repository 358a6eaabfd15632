import * as z from 'zod/mini';

/**
 * A school's way of acting as data: which steps there are, who takes them, what is asked, when each is due, what follows
 * from what. The words stand beside it (`ProtocolTexts`), so that a device which only reckons dates need not load them.
 * One engine runs them all (`cases/run-case.ts`); `checkProtocol` says what is wrong with one.
 */

/** The procedures that come with Pleinwacht. */
export const ProtocolName = z.enum([
	'fiveB',
	'sixSteps',
	'tenSteps',
	'supportGroup',
	'connectiveAuthority',
	'homeSchool',
	'reportingCode',
	'roundTalks',
]);
export type ProtocolName = z.infer<typeof ProtocolName>;

/** Who takes a step. A task in a case, not a right: rights are `Role`s of a person. */
export const TaskRole = z.enum([
	'teacher',
	'coordinator',
	'confidant',
	'principal',
	'headOfDepartment',
	'counsellor',
	'supportTeacher',
	'socialWorker',
]);
export type TaskRole = z.infer<typeof TaskRole>;

/** Names a step, a question, a line of a checklist, a way on: stable, never shown. */
export const Key = z.string().check(z.regex(/^[a-z][A-Za-z0-9]{0,39}$/));

/** Whom a plan's action is for: five levels (5B-04), which are the five tracks as well (MEL-06). */
const Level = z.enum(['victim', 'instigators', 'group', 'school', 'parents']);
export type Level = z.infer<typeof Level>;

/** With whom a step is taken: once for the case, or once with every child meant. */
const About = z.enum(['case', 'victims', 'instigators', 'pupils', 'chosen']);
export type About = z.infer<typeof About>;

const Field = z.strictObject({
	key: Key,
	/** `plan`: who does what by when; `people`: who was reached; `pupils`: children picked. */
	kind: z.enum(['text', 'choice', 'choices', 'yesNo', 'day', 'pupils', 'people', 'plan']),
	options: z.optional(z.array(Key).check(z.minLength(2), z.maxLength(20))),
	/** How many may be picked. */
	min: z.optional(z.int().check(z.gte(0), z.lte(40))),
	max: z.optional(z.int().check(z.gte(1), z.lte(40))),
	level: z.optional(Level),
});
export type Field = z.infer<typeof Field>;

/**
 * When a step is due, counted from the day its condition was met: `from` and `until`, both included, in calendar days or
 * school days.
 */
export const Clock = z.strictObject({
	unit: z.enum(['days', 'schoolDays']),
	from: z.int().check(z.gte(0), z.lte(400)),
	until: z.int().check(z.gte(0), z.lte(400)),
});
export type Clock = z.infer<typeof Clock>;

/** A step that was taken, with this way on if one is named. */
const Condition = z.strictObject({ step: Key, outcome: z.optional(Key) });

/** A way on from a step in which something is decided. */
export const Outcome = z.strictObject({
	key: Key,
	/** Left out: on to the steps whose condition names this outcome. */
	then: z.optional(
		z.discriminatedUnion('kind', [
			z.strictObject({ kind: z.literal('close'), as: z.enum(['stopped', 'notStopped', 'settled']) }),
			/** The next turn begins at these steps; after so many turns the case closes instead, as not stopped. */
			z.strictObject({
				kind: z.literal('restart'),
				at: z.array(Key).check(z.minLength(1), z.maxLength(40)),
				mostTurns: z.optional(z.int().check(z.gte(2), z.lte(99))),
			}),
		]),
	),
});
export type Outcome = z.infer<typeof Outcome>;

export const Step = z.strictObject({
	key: Key,
	/** The step this one belongs to on the screen. */
	within: z.optional(Key),
	by: TaskRole,
	about: About,
	/** For `about: chosen`: where the children were picked. */
	chosenIn: z.optional(z.strictObject({ step: Key, field: Key })),
	/**
	 * Alternatives, of each of which all conditions hold. None: from the start of the case; a step that a restart names
	 * begins there too.
	 */
	after: z.array(z.array(Condition).check(z.minLength(1), z.maxLength(10))).check(z.maxLength(10)),
	clock: z.optional(Clock),
	/** Comes back: `times` in all, `every` so many units of its clock, until that step is done. */
	again: z.optional(
		z.strictObject({
			every: z.int().check(z.gte(1), z.lte(60)),
			times: z.int().check(z.gte(2), z.lte(40)),
			until: Key,
		}),
	),
	/** A look back: asks whether it stopped, and one that is due after the case closed stays (5B-07). */
	lookBack: z.optional(z.literal(true)),
	/**
	 * A look back that a person planned takes the place of this one, if it is planned at least so many days after the
	 * day this clock counts from (5B-04).
	 */
	unlessPlannedAfter: z.optional(z.int().check(z.gte(0), z.lte(400))),
	/** Not needed to go on. */
	optional: z.optional(z.literal(true)),
	/** Can be taken again and again; what follows it follows each time. */
	repeats: z.optional(z.literal(true)),
	/** Must be given before the step is taken (MEL-10). Refused means it is not taken, and only an optional step lets on. */
	consents: z.optional(z.array(Key).check(z.minLength(1), z.maxLength(5))),
	fields: z.optional(z.array(Field).check(z.minLength(1), z.maxLength(30))),
	checks: z.optional(z.array(Key).check(z.minLength(1), z.maxLength(60))),
	outcomes: z.optional(z.array(Outcome).check(z.minLength(2), z.maxLength(10))),
	/** What comes out, to print or to sign. */
	documents: z.optional(z.array(Key).check(z.minLength(1), z.maxLength(5))),
	/** What Connective Authority leans on in this step (DUK-04). */
	pillars: z.optional(
		z.array(z.enum(['selfControl', 'presence', 'relation', 'network', 'resistance'])).check(z.minLength(1)),
	),
	/** A conversation guide that helps with it (MEL-09). */
	guide: z.optional(Key),
	/** At most so long, in minutes. */
	mostMinutes: z.optional(z.int().check(z.gte(1), z.lte(480))),
	/** Requirements it comes from: `5B-07`. */
	sources: z.array(z.string().check(z.regex(/^[A-Z0-9]{2,4}-\d{2}$/))).check(z.maxLength(10)),
});
export type Step = z.infer<typeof Step>;

export const Protocol = z.strictObject({
	name: ProtocolName,
	version: z.int().check(z.gte(1), z.lte(9999)),
	/** Only who works on the case may read it, not every coordinator (DUK-07). */
	restricted: z.optional(z.literal(true)),
	consents: z.array(z.strictObject({ key: Key, of: z.enum(['victims', 'instigators', 'parents']) })),
	steps: z.array(Step).check(z.minLength(1), z.maxLength(60)),
});
export type Protocol = z.infer<typeof Protocol>;
