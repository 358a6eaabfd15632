import * as z from 'zod/mini';
import { HeldOnDevice } from '#domain/accounts/devices.ts';
import { PersonId } from '#domain/id.ts';
import { MS_PER_HOUR } from '#domain/time/local-time.ts';

/** Within this long after it was noticed the supervisory authority hears of a breach that can harm (GDPR, article 33). */
const REPORT_WITHIN_MS = 72 * MS_PER_HOUR;

const Moment = z.int().check(z.gte(0));
const Text = z.string().check(z.trim(), z.minLength(1), z.maxLength(2000));

export const BreachOutcome = z.enum(['reported', 'notReported']);
export type BreachOutcome = z.infer<typeof BreachOutcome>;

/** Data that went where they should not be: a lost phone, a letter to the wrong parent. */
export const NewBreach = z.strictObject({
	what: Text,
	noticedAt: Moment,
	/** The device it is about, as the list of devices knows it. */
	deviceId: z.nullable(z.string().check(z.minLength(1), z.maxLength(64))),
});
export type NewBreach = z.infer<typeof NewBreach>;

/** What the board decided, and why. */
export const BreachDecision = z.strictObject({
	id: z.string().check(z.minLength(1), z.maxLength(64)),
	outcome: BreachOutcome,
	reason: Text,
});
export type BreachDecision = z.infer<typeof BreachDecision>;

/** One line of the register (GDPR, article 33, 5). Moments in milliseconds since 1970. */
export const Breach = z.strictObject({
	id: z.string(),
	what: z.string(),
	noticedAt: Moment,
	writtenAt: Moment,
	writtenBy: PersonId,
	/** Of whom the device was, and what it could hold when this was written down. */
	device: z.nullable(z.strictObject({ personId: PersonId, label: z.string(), held: HeldOnDevice.shape.held })),
	decision: z.nullable(
		z.strictObject({ outcome: BreachOutcome, reason: z.string(), decidedAt: Moment, decidedBy: PersonId }),
	),
});
export type Breach = z.infer<typeof Breach>;

export const BreachRegister = z.strictObject({ breaches: z.array(Breach) });
export type BreachRegister = z.infer<typeof BreachRegister>;

/** How much time there is to tell the authority, in whole hours: enough to act by, and calmer than minutes. */
export type BreachClock =
	| { readonly kind: 'decided' }
	| { readonly kind: 'running'; readonly hours: number; readonly until: number }
	/** Telling it still has to be done, with the reason why it is late. */
	| { readonly kind: 'late'; readonly until: number };

export function breachClock({ noticedAt, decision }: Pick<Breach, 'noticedAt' | 'decision'>, now: number): BreachClock {
	if (decision) return { kind: 'decided' };
	const until = noticedAt + REPORT_WITHIN_MS;
	if (now >= until) return { kind: 'late', until };
	return { kind: 'running', hours: Math.floor((until - Math.max(now, noticedAt)) / MS_PER_HOUR), until };
}
