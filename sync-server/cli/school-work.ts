import { ulid } from 'ulid';
import type { Calendar } from '#domain/calendar/calendar.ts';
import { dutchClosures } from '#domain/calendar/dutch-holidays.ts';
import { USUAL_DAY } from '#domain/calendar/usual-day.ts';
import { DomainDocument } from '#domain/document.ts';
import { idOf } from '#domain/id.ts';
import type { HolidayRegion } from '#domain/school/roster.ts';
import { USUAL_PLACES } from '#domain/school/usual-places.ts';
import type { Instant, LocalDate, TimeZone } from '#domain/time/local-time.ts';
import type { HostWork } from '#server/control/host-work.ts';
import { StartUpProblem } from '#server/start-up-problem.ts';
import { envelopeOf } from '#server/store/envelope.ts';
import { contentRevision } from '#server/store/revision.ts';
import { addPerson, printCode } from './user-work.ts';

export interface NewSchool {
	readonly name: string;
	readonly region: HolidayRegion;
	readonly zone: TimeZone;
	readonly site: string;
	readonly group: readonly string[];
	readonly secondary?: true;
	readonly coordinator: string;
}

/** Secondary school counts on: its first year is 11. */
const SECONDARY_FROM = 10;

/** A school year runs from August to July; this one and the next. */
const FIRST_MONTH = 8;

/** A school of its own: site, groups, the places most schools have, this year's holidays, and its first coordinator. */
export const foundSchool: HostWork<NewSchool> = async (schools, input, print) => {
	const now = new Date();
	const arrival = { receivedAt: now.toISOString() as Instant, authorId: null, deviceId: null, seq: null };
	const documents = documentsOf(input, now).map((draft) => {
		const doc = DomainDocument.safeParse(draft);
		if (doc.success) return doc.data;
		throw new StartUpProblem(`A name has 1 to 80 characters, a group's 1 to 20 and its year in front, such as 6A.`);
	});
	const envelopes = documents.map((doc) => envelopeOf(doc, { ...arrival, rev: contentRevision(doc) }));
	const school = await schools.found(envelopes);
	await print(
		`${input.name} is there (${school.id}), with ${input.group.length} groups and ${USUAL_PLACES.length} places.\n`,
	);
	const coordinator = await addPerson(school, { name: input.coordinator, role: ['coordinator'], group: [] });
	await printCode(schools, school, coordinator, print);
};

function documentsOf({ name, region, zone, site, group, secondary }: NewSchool, now: Date): object[] {
	const schoolId = idOf('school', ulid());
	const siteId = idOf('site', ulid());
	const year = now.getUTCMonth() + 1 >= FIRST_MONTH ? now.getUTCFullYear() : now.getUTCFullYear() - 1;
	return [
		{ type: 'school', v: 1, id: schoolId, name, zone, region, keepsSex: false, demo: false },
		{ type: 'site', v: 1, id: siteId, schoolId, name: site },
		...group.map((each) => {
			const yearGroups = yearsIn(each).map((n) => (secondary ? n + SECONDARY_FROM : n));
			return { type: 'group', v: 1, id: idOf('group', ulid()), schoolId, siteId, name: each, yearGroups };
		}),
		...USUAL_PLACES.map(([place, kind], rank) => {
			return { type: 'place', v: 1, id: idOf('place', ulid()), schoolId, siteId, name: place, kind, rank };
		}),
		...[year, year + 1].map((from): Calendar => ({
			type: 'calendar',
			v: 1,
			id: idOf('calendar', ulid()),
			schoolId,
			from: `${from}-08-01` as LocalDate,
			until: `${from + 1}-07-31` as LocalDate,
			closures: dutchClosures(region, `${from}-${from + 1}`),
			dayParts: [...USUAL_DAY],
			rounds: [],
		})),
	];
}

/** `6A` is year 6; `5/6B` is years 5 and 6. */
function yearsIn(group: string): number[] {
	return (/^\d+(\/\d+)*/.exec(group)?.[0] ?? '').split('/').filter(Boolean).map(Number);
}
