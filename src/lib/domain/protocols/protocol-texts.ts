import * as z from 'zod/mini';

const Words = z.string().check(z.trim(), z.minLength(1), z.maxLength(1000));

/** Dutch first; both are complete, which the schema sees to. */
const Bilingual = z.strictObject({ nl: Words, en: Words });
export type Bilingual = z.infer<typeof Bilingual>;

const Named = z.record(z.string(), Bilingual);

const FieldTexts = z.strictObject({
	label: Bilingual,
	hint: z.optional(Bilingual),
	options: z.optional(Named),
});

const StepTexts = z.strictObject({
	title: Bilingual,
	/** What it is for, in a sentence or two. */
	why: z.optional(Bilingual),
	fields: z.optional(z.record(z.string(), FieldTexts)),
	checks: z.optional(Named),
	outcomes: z.optional(Named),
	documents: z.optional(Named),
});
export type StepTexts = z.infer<typeof StepTexts>;

/** The words of a protocol, by the keys of its steps. */
export const ProtocolTexts = z.strictObject({
	title: Bilingual,
	summary: Bilingual,
	consents: Named,
	steps: z.record(z.string(), StepTexts),
});
export type ProtocolTexts = z.infer<typeof ProtocolTexts>;
