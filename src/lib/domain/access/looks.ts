import * as z from 'zod/mini';
import { GroupId, PersonId, PupilId, SchoolId } from '#domain/id.ts';
import type { Pupil } from '#domain/school/roster.ts';
import { Instant } from '#domain/time/local-time.ts';

/** A page that is about one child or about a case was opened; or many children's data were taken along. */
export const LookKind = z.enum(['page', 'case', 'export', 'print']);
export type LookKind = z.infer<typeof LookKind>;

/** A ULID made by the device that looked, so that telling twice is telling once. */
const LookId = z.string().check(z.regex(/^[0-9A-HJKMNP-TV-Z]{26}$/));

/** Somebody looked at what is known about a child, or about all children of a group or a school (D10, M5-18). */
export const Look = z.strictObject({
	id: LookId,
	/** By the clock of the device, which may be wrong; the server keeps its own beside it. */
	at: Instant,
	kind: LookKind,
	about: z.union([PupilId, GroupId, SchoolId]),
});
export type Look = z.infer<typeof Look>;

/** What one request may tell. */
export const LOOKS_PER_REQUEST = 50;

export const LooksTold = z.strictObject({
	looks: z.array(Look).check(z.minLength(1), z.maxLength(LOOKS_PER_REQUEST)),
});

export const WhoLookedRequest = z.strictObject({ pupilId: PupilId });

/** Newest first. */
export const WhoLooked = z.strictObject({
	looks: z.array(z.strictObject({ personId: PersonId, at: Instant, kind: LookKind })),
});
export type WhoLooked = z.infer<typeof WhoLooked>;
export type LookedAt = WhoLooked['looks'][number];

/** Who looked, how often and when last; whoever looked last stands first. */
export interface Looker {
	readonly personId: LookedAt['personId'];
	readonly times: number;
	readonly lastAt: LookedAt['at'];
	/** Took data along: an export or a print. */
	readonly tookAlong: boolean;
}

export function lookersIn(looks: readonly LookedAt[]): Looker[] {
	return [...Map.groupBy(looks, ({ personId }) => personId)]
		.map(([personId, own]) => ({
			personId,
			times: own.length,
			lastAt: own.map(({ at }) => at).reduce((last, at) => (at > last ? at : last)),
			tookAlong: own.some(({ kind }) => kind === 'export' || kind === 'print'),
		}))
		.sort((a, b) => (a.lastAt < b.lastAt ? 1 : -1));
}

/** Whether looking at `about` was looking at this child too. */
export function isAbout(about: Look['about'], { id, groupId, schoolId }: Pick<Pupil, 'id' | 'groupId' | 'schoolId'>) {
	return about === id || about === groupId || about === schoolId;
}
