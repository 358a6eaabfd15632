import * as z from 'zod/mini';

/** What a person wants to hear outside the app. No text that leaves it names a child or says what was told. */

export const Language = z.enum(['nl', 'en']);
export type Language = z.infer<typeof Language>;

/** As the browser's push manager gives it (Push API). */
export const PushSubscription = z.strictObject({
	endpoint: z.url().check(z.maxLength(1000)),
	keys: z.strictObject({
		p256dh: z.string().check(z.regex(/^[A-Za-z0-9_-]{80,120}={0,2}$/)),
		auth: z.string().check(z.regex(/^[A-Za-z0-9_-]{16,40}={0,2}$/)),
	}),
});
export type PushSubscription = z.infer<typeof PushSubscription>;

/** Null stops it. */
export const MailWish = z.strictObject({
	address: z.nullable(z.email().check(z.maxLength(200))),
	language: Language,
});
export const PushWish = z.strictObject({ subscription: PushSubscription, language: Language });
export const CalendarWish = z.strictObject({ language: Language });

/** What a person may know of their own wishes, and what this server can do. Times in milliseconds since 1970. */
export const OutsideView = z.strictObject({
	/** Null: this server sends no mail, or people of this school leave no address here. */
	mail: z.nullable(z.strictObject({ address: z.nullable(z.string()) })),
	push: z.strictObject({
		/** The server's own key, which a browser subscribes with. */
		key: z.string(),
		devices: z.array(z.strictObject({ id: z.string(), label: z.string(), addedAt: z.int() })),
	}),
	hasCalendar: z.boolean(),
});
export type OutsideView = z.infer<typeof OutsideView>;

/** The private address of a calendar feed; shown once, for only its hash is kept. */
export const CalendarAddress = z.strictObject({ path: z.string() });
export type CalendarAddress = z.infer<typeof CalendarAddress>;

/** Which device's push to stop. */
export const PushedDevice = z.strictObject({ id: z.string() });
export type PushedDevice = z.infer<typeof PushedDevice>;
