import { seesEveryGroup } from '#domain/school/roles.ts';
import type { GroupId, PupilId } from '#domain/id.ts';
import { foldIncidents, type Incident } from '#domain/incident/incidents.ts';
import { deservesCompliment, sinceLastRound } from '#domain/pupil/compliment.ts';
import { COURSE_WEEKS, pupilCourses, type PupilCourse } from '#domain/pupil/pupil-course.ts';
import type { RosterIndex } from '#domain/school/roster-index.ts';
import type { Group, Pupil } from '#domain/school/roster.ts';
import type { Session } from '#domain/session.ts';
import { dateOf, dayNumber, type LocalDate } from '#domain/time/local-time.ts';
import type { Replica } from '#lib/device/device.ts';
import { roundFactsOf } from '#lib/device/round-facts.ts';

export interface GroupView {
	readonly group: Group;
	readonly pupils: readonly Pupil[];
	/** Those with something in the last 365 days, most as instigator and victim together first. */
	readonly involved: readonly PupilCourse[];
	/** Nothing unpleasant in the last 365 days. */
	readonly calm: readonly PupilId[];
	readonly compliments: readonly PupilId[];
	/** With a child of this group in it, or aimed at the whole group; the latest first. */
	readonly incidents: readonly Incident[];
	/** The day of the last round, or about six weeks ago. */
	readonly since: LocalDate;
	readonly observationsSince: number;
	/** Incidents that were not okay per week, 12 weeks, this week last. */
	readonly weeks: readonly number[];
}

/** Own groups for a teacher, every group for a coordinator. */
export function visibleGroups(session: Session | null, roster: RosterIndex): readonly Group[] {
	if (!session) return [];
	if (seesEveryGroup(session)) return roster.groups;
	return roster.groups.filter(({ id }) => session.groupIds.includes(id));
}

export function incidentsOf(documents: Replica): Incident[] {
	return foldIncidents({
		observations: documents.all('observation'),
		withdrawals: documents.all('withdrawal'),
		processings: documents.all('processing'),
	});
}

export function groupView(
	group: Group,
	{
		documents,
		roster,
		all,
		today,
	}: { documents: Replica; roster: RosterIndex; all: readonly Incident[]; today: LocalDate },
): GroupView {
	const pupils = roster.pupilsOf(group.id);
	const incidents = all.filter((each) => concernsGroup(each, group.id, roster)).reverse();
	const courses = pupilCourses(
		incidents,
		pupils.map(({ id }) => id),
		today,
	);
	const since = sinceLastRound(roundFactsOf(documents), today);
	const weeks = Array.from({ length: COURSE_WEEKS }, () => 0);
	for (const { occurredAt, basket } of incidents) {
		const week = COURSE_WEEKS - 1 - Math.floor((dayNumber(today) - dayNumber(occurredAt)) / 7);
		if (basket !== 'green' && week in weeks) weeks[week] = (weeks[week] ?? 0) + 1;
	}
	return {
		group,
		pupils,
		// Pupils come sorted by name, and sorting keeps that among equals.
		involved: courses
			.filter(({ instigator, victim }) => instigator + victim > 0)
			.sort((a, b) => b.instigator + b.victim - (a.instigator + a.victim)),
		calm: courses.flatMap(({ instigator, victim, pupilId }) => (instigator + victim === 0 ? pupilId : [])),
		compliments: courses.flatMap((course) => (deservesCompliment(course, since) ? course.pupilId : [])),
		incidents,
		since,
		observationsSince: incidents
			.filter(({ occurredAt }) => dateOf(occurredAt) >= since)
			.reduce((sum, { observationIds }) => sum + observationIds.length, 0),
		weeks,
	};
}

function concernsGroup(incident: Incident, groupId: GroupId, roster: RosterIndex): boolean {
	if (incident.victimGroupId === groupId) return true;
	return incident.participants.some((each) => 'pupilId' in each && roster.pupil(each.pupilId)?.groupId === groupId);
}
