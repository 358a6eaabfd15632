import * as z from 'zod/mini';
import { GroupId, PersonId, SchoolId, SiteId } from '#domain/id.ts';
import { Role } from '#domain/school/roster.ts';

/** Who is signed in, as the server says it. Scope comes from here, never from a field a client can write (D7). */
export const Session = z.strictObject({
	personId: PersonId,
	schoolId: SchoolId,
	schoolName: z.string(),
	name: z.string(),
	roles: z.array(Role).check(z.minLength(1)),
	groupIds: z.array(GroupId),
	/** Left out: every site. */
	siteIds: z.optional(z.array(SiteId)),
});
export type Session = z.infer<typeof Session>;

/** A person the demo's sign-in page offers. */
export const DemoPerson = z.strictObject({ personId: PersonId, name: z.string(), role: Role, detail: z.string() });
export type DemoPerson = z.infer<typeof DemoPerson>;

/** `GET /api/sign-in`: how one can sign in here. */
export const SignInOptions = z.strictObject({
	schoolName: z.string(),
	demoPeople: z.array(DemoPerson),
	/** What the school's own sign-in is called; left out: there is none. */
	schoolAccount: z.optional(z.string()),
});
export type SignInOptions = z.infer<typeof SignInOptions>;

/** `POST /api/sign-in`: a demo person (only in a demo), or a one-time code from the server's command line. */
export const SignInRequest = z.union([
	z.strictObject({ demoPersonId: PersonId }),
	z.strictObject({ code: z.string().check(z.maxLength(64)) }),
]);
export type SignInRequest = z.infer<typeof SignInRequest>;
