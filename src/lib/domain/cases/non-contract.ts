import * as z from 'zod/mini';
import { CaseId, NonContractId, PersonId, PupilId, SchoolId } from '#domain/id.ts';
import { Instant, LocalDate } from '#domain/time/local-time.ts';

const Text = z.string().check(z.trim(), z.minLength(1), z.maxLength(600));

/** What a non-contract asks, in order (MEL-09); the child answers, with help. */
export const NON_CONTRACT_QUESTIONS = ['behaviour', 'problems', 'need', 'instead', 'help', 'repair'] as const;
export type NonContractQuestion = (typeof NON_CONTRACT_QUESTIONS)[number];

/** Without these it says nothing: what to stop, and what to do instead. */
export const NON_CONTRACT_NEEDS = ['behaviour', 'instead'] as const satisfies readonly NonContractQuestion[];

export const Signer = z.enum(['pupil', 'parent', 'school']);
export type Signer = z.infer<typeof Signer>;

/**
 * A child's own agreement to stop with one behaviour (MEL-09): the behaviour is turned down, the child is not. Signed on
 * paper; that it was signed is ticked here. What was agreed does not change any more.
 */
export const NonContract = z.strictObject({
	type: z.literal('nonContract'),
	v: z.literal(1),
	id: NonContractId,
	schoolId: SchoolId,
	caseId: CaseId,
	turn: z.int().check(z.gte(1), z.lte(99)),
	pupilId: PupilId,
	behaviour: Text,
	problems: z.optional(Text),
	need: z.optional(Text),
	instead: Text,
	help: z.optional(Text),
	repair: z.optional(Text),
	/** The day they look at it together; a look back is planned on it. */
	evaluateOn: LocalDate,
	/** Who signed on paper, and when. */
	signed: z.array(z.strictObject({ who: Signer, on: LocalDate })).check(z.maxLength(Signer.options.length)),
	writtenBy: PersonId,
	writtenAt: Instant,
});
export type NonContract = z.infer<typeof NonContract>;

/** Only who signed was added to it. */
export function isSameAgreement(next: NonContract, current: NonContract): boolean {
	const words = ({ signed: _, ...agreed }: NonContract) => JSON.stringify(Object.entries(agreed).sort());
	return words(next) === words(current);
}

/** With this person's signature on that day, or without it; each signs once. */
export function withSignature(contract: NonContract, who: Signer, on: LocalDate | null): NonContract {
	const others = contract.signed.filter((each) => each.who !== who);
	return { ...contract, signed: on === null ? others : [...others, { who, on }] };
}
