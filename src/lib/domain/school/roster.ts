import * as z from 'zod/mini';
import { GroupId, PersonId, PlaceId, PupilId, SchoolId, SiteId } from '#domain/id.ts';
import { LocalDate, TimeZone } from '#domain/time/local-time.ts';

const Name = z.string().check(z.trim(), z.minLength(1), z.maxLength(80));

export const HolidayRegion = z.enum(['north', 'middle', 'south']);
export type HolidayRegion = z.infer<typeof HolidayRegion>;

export const School = z.strictObject({
	type: z.literal('school'),
	v: z.literal(1),
	id: SchoolId,
	name: Name,
	zone: TimeZone,
	region: HolidayRegion,
	/** Only a school whose fact sheet needs it keeps the sex of pupils; off by default. */
	keepsSex: z.boolean(),
	/** A school of invented children: sign-in is open to whoever sits at the machine. */
	demo: z.boolean(),
});
export type School = z.infer<typeof School>;

export const Site = z.strictObject({
	type: z.literal('site'),
	v: z.literal(1),
	id: SiteId,
	schoolId: SchoolId,
	name: Name,
});
export type Site = z.infer<typeof Site>;

export const Group = z.strictObject({
	type: z.literal('group'),
	v: z.literal(1),
	id: GroupId,
	schoolId: SchoolId,
	siteId: SiteId,
	/** As the school says it: `6A`. */
	name: z.string().check(z.trim(), z.minLength(1), z.maxLength(20)),
	/** Dutch year groups 1–8, secondary 11–16; more than one for a combined class. */
	yearGroups: z.array(z.int().check(z.gte(0), z.lte(16))).check(z.minLength(1), z.maxLength(8)),
});
export type Group = z.infer<typeof Group>;

const Sex = z.enum(['boy', 'girl', 'unknown']);
export type Sex = z.infer<typeof Sex>;

export const Pupil = z.strictObject({
	type: z.literal('pupil'),
	v: z.literal(1),
	id: PupilId,
	schoolId: SchoolId,
	groupId: GroupId,
	firstName: Name,
	/** `van der`; stands before the last name, is not sorted on. */
	prefix: z.optional(z.string().check(z.maxLength(30))),
	lastName: Name,
	sex: z.optional(Sex),
	leftOn: z.optional(LocalDate),
});
export type Pupil = z.infer<typeof Pupil>;

export const Role = z.enum([
	'supervisor',
	'teacher',
	'coordinator',
	'generalCoordinator',
	'principal',
	'counsellor',
	'confidant',
	'administrator',
	'board',
]);
export type Role = z.infer<typeof Role>;

/** An adult who works with Pleinwacht. Roles are rights and come from the server only. */
export const Person = z.strictObject({
	type: z.literal('person'),
	v: z.literal(1),
	id: PersonId,
	schoolId: SchoolId,
	name: Name,
	roles: z.array(Role).check(z.minLength(1), z.maxLength(9)),
	/** The groups this person teaches. */
	groupIds: z.array(GroupId).check(z.maxLength(60)),
	/** The sites this person works at (MEL-01). Left out: every site the school has. */
	siteIds: z.optional(z.array(SiteId).check(z.minLength(1), z.maxLength(60))),
	/** Works here no more: cannot sign in; the name stays with what was written. */
	hasLeft: z.optional(z.literal(true)),
});
export type Person = z.infer<typeof Person>;

/** What kind of place: decides the pictogram, the word before it and what counts as the playground. */
export const PlaceKind = z.enum([
	'climbingFrame',
	'footballField',
	'playground',
	'sandpit',
	'bicycleShed',
	'corridor',
	'classroom',
	'toilets',
	'cloakroom',
	'gym',
	'canteen',
	'route',
	'online',
	'other',
]);
export type PlaceKind = z.infer<typeof PlaceKind>;

export const Place = z.strictObject({
	type: z.literal('place'),
	v: z.literal(1),
	id: PlaceId,
	schoolId: SchoolId,
	siteId: SiteId,
	name: Name,
	kind: PlaceKind,
	/** Order on the capture screen, the busiest first. */
	rank: z.int().check(z.gte(0), z.lte(999)),
	/** Minutes of a school day in which an adult watches there, where the school knows it: for incidents per hour. */
	supervisedMinutes: z.optional(z.int().check(z.gte(1), z.lte(1440))),
});
export type Place = z.infer<typeof Place>;

const PLAYGROUND_KINDS: ReadonlySet<PlaceKind> = new Set([
	'climbingFrame',
	'footballField',
	'playground',
	'sandpit',
	'bicycleShed',
]);

/** Outside, on the school's own ground: about 40 % of reports come from here (domain figures). */
export function isPlayground(place: Pick<Place, 'kind'>): boolean {
	return PLAYGROUND_KINDS.has(place.kind);
}
