import * as z from 'zod/mini';
import { GroupId, PersonId, SiteId } from '#domain/id.ts';
import { Person } from '#domain/school/roster.ts';

/** Length is what makes a password strong; the upper end bounds the work of hashing it. */
export const PASSWORD_CHARS = { least: 12, most: 200 } as const;

const SignInName = z.string().check(z.trim(), z.toLowerCase(), z.minLength(3), z.maxLength(120));
const Password = z.string().check(z.minLength(1), z.maxLength(PASSWORD_CHARS.most));
const Code = z.string().check(z.minLength(1), z.maxLength(64));

/** What a browser's authenticator answered; the server's library reads it further. */
const AuthenticatorAnswer = z.looseObject({
	id: z.string().check(z.maxLength(1400)),
	type: z.literal('public-key'),
});

/** What still stands between a first factor and the school. */
export const Due = z.enum(['verify', 'enrol']);
export type Due = z.infer<typeof Due>;

/** The first factor was right. `verify`: show a second; `enrol`: make one first, because the role asks for it. */
export const SignInDue = z.strictObject({
	kind: z.literal('due'),
	due: Due,
	name: z.string(),
	methods: z.array(z.enum(['passkey', 'totp', 'recovery'])),
});
export type SignInDue = z.infer<typeof SignInDue>;

export const PasswordSignIn = z.strictObject({ signInName: SignInName, password: Password });
export const SecondFactor = z.union([z.strictObject({ totp: Code }), z.strictObject({ recovery: Code })]);
export const CodeRequest = z.strictObject({ code: Code });
export const PasskeyAnswer = z.strictObject({
	answer: AuthenticatorAnswer,
	label: z.optional(z.string().check(z.trim(), z.maxLength(60))),
});
export const PasswordChange = z.strictObject({
	signInName: z.optional(SignInName),
	current: z.optional(Password),
	next: Password,
});
export const ItemRequest = z.strictObject({ id: z.string().check(z.minLength(1), z.maxLength(1400)) });

/** Whom an invitation is for, before it is taken up. */
export const Invitation = z.strictObject({
	name: z.string(),
	schoolName: z.string(),
	/** Scanned from a screen: it lets somebody in on this very phone, and asks for no password. */
	forDevice: z.optional(z.boolean()),
	/** That phone is shared from then on. */
	forPhone: z.optional(z.boolean()),
});
export type Invitation = z.infer<typeof Invitation>;

const Moment = z.int().check(z.gte(0));

/** What a person may know of their own account. Times in milliseconds since 1970. */
export const AccountView = z.strictObject({
	name: z.string(),
	signInName: z.nullable(z.string()),
	hasPassword: z.boolean(),
	hasTotp: z.boolean(),
	needsSecondFactor: z.boolean(),
	recoveryCodesLeft: z.int(),
	/** The school's own account is linked. */
	hasSchoolAccount: z.boolean(),
	passkeys: z.array(z.strictObject({ id: z.string(), label: z.string(), addedAt: Moment })),
	devices: z.array(
		z.strictObject({ id: z.string(), label: z.string(), startedAt: Moment, seenAt: Moment, isThis: z.boolean() }),
	),
});
export type AccountView = z.infer<typeof AccountView>;

/** A fresh TOTP secret, to be confirmed with one of its codes before it counts. */
export const TotpOffer = z.strictObject({ secret: z.string(), uri: z.string() });
export type TotpOffer = z.infer<typeof TotpOffer>;

export const RecoveryCodes = z.strictObject({ recoveryCodes: z.array(z.string()) });
export type RecoveryCodes = z.infer<typeof RecoveryCodes>;

/** Why an account was not changed or a sign-in not taken; the app has words for each. */
export const AccountRefusal = z.enum([
	'refused',
	'wait',
	'tooShort',
	'common',
	'nameTaken',
	'wrongCurrent',
	'signInAgain',
	'lastFactor',
	'notAllowed',
]);
export type AccountRefusal = z.infer<typeof AccountRefusal>;

const PersonFields = {
	name: Person.shape.name,
	roles: Person.shape.roles,
	groupIds: z.array(GroupId).check(z.maxLength(60)),
	siteIds: z.optional(z.array(SiteId).check(z.minLength(1), z.maxLength(60))),
};
/** What an administrator says of a person. A strict object: rights that are not named here cannot be written. */
export const NewPerson = z.strictObject(PersonFields);
export type NewPerson = z.infer<typeof NewPerson>;
export const RevisedPerson = z.strictObject({ personId: PersonId, ...PersonFields });
export type RevisedPerson = z.infer<typeof RevisedPerson>;
export const PersonRequest = z.strictObject({ personId: PersonId });
/** `POST /api/devices/enrol`. */
export const EnrolRequest = z.strictObject({
	personId: PersonId,
	/** Several people will sign in on that phone. */
	isShared: z.optional(z.boolean()),
});

/** How people stand with their accounts, for the administrator. */
export const PeopleView = z.strictObject({
	people: z.array(
		z.strictObject({
			personId: PersonId,
			hasAccount: z.boolean(),
			invitedUntil: z.nullable(Moment),
			seenAt: z.nullable(Moment),
		}),
	),
});
export type PeopleView = z.infer<typeof PeopleView>;

/** The code of an invitation link; shown once. */
export const IssuedInvitation = z.strictObject({ personId: PersonId, code: z.string(), expiresAt: Moment });
export type IssuedInvitation = z.infer<typeof IssuedInvitation>;
