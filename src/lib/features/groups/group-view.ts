import { seesEveryGroup } from '#domain/school/roles.ts';
import type { GroupId, PupilId } from '#domain/id.ts';
import type { Incident } from '#domain/incident/incidents.ts';
import { deservesCompliment, sinceLastRound } from '#domain/pupil/compliment.ts';
import { COURSE_WEEKS, pupilCourses, type PupilCourse } from '#domain/pupil/pupil-course.ts';
import type { RosterIndex } from '#domain/school/roster-index.ts';
import type { Group, Pupil } from '#domain/school/roster.ts';
import type { Session } from '#domain/session.ts';
import { addDays, dateOf, dayNumber, type LocalDate } from '#domain/time/local-time.ts';
import type { Replica } from '#lib/device/device.ts';
import { incidentsOf, incidentsSince } from '#lib/device/incident-book.ts';
import { roundFactsOf } from '#lib/device/round-facts.ts';

const DAYS_PER_WEEK = 7;

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
}

/** A group among others: how it goes lately. */
export interface GroupGlance {
	readonly group: Group;
	readonly pupils: number;
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

export function groupView(
	group: Group,
	{ documents, roster, today }: { documents: Replica; roster: RosterIndex; today: LocalDate },
): GroupView {
	const pupils = roster.pupilsOf(group.id);
	// Also those who left: what happened with them happened in this group.
	const ever = documents.all('pupil').filter(({ groupId }) => groupId === group.id);
	const incidents = incidentsOf(documents, new Set([group.id, ...ever.map(({ id }) => id)])).reverse();
	const courses = pupilCourses(
		incidents,
		pupils.map(({ id }) => id),
		today,
	);
	const since = sinceLastRound(roundFactsOf(documents), today);
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
	};
}

/** Only what happened lately is looked at: of a whole school that is a lot already. */
export function groupGlances(
	groups: readonly Group[],
	{ documents, roster, today }: { documents: Replica; roster: RosterIndex; today: LocalDate },
): GroupGlance[] {
	const since = sinceLastRound(roundFactsOf(documents), today);
	const firstWeek = addDays(today, 1 - COURSE_WEEKS * DAYS_PER_WEEK);
	const from = since < firstWeek ? since : firstWeek;
	const glances = new Map(
		groups.map((group) => [group.id, { group, observationsSince: 0, weeks: new Array<number>(COURSE_WEEKS).fill(0) }]),
	);
	for (const incident of incidentsSince(documents, from)) {
		const week = COURSE_WEEKS - 1 - Math.floor((dayNumber(today) - dayNumber(incident.occurredAt)) / DAYS_PER_WEEK);
		for (const id of groupsOf(incident, roster)) {
			const glance = glances.get(id);
			if (!glance) continue;
			if (dateOf(incident.occurredAt) >= since) glance.observationsSince += incident.observationIds.length;
			if (incident.basket !== 'green' && week in glance.weeks) glance.weeks[week] = (glance.weeks[week] ?? 0) + 1;
		}
	}
	return [...glances.values()].map((glance) => ({ ...glance, pupils: roster.pupilsOf(glance.group.id).length }));
}

function groupsOf({ participants, victimGroupId }: Incident, roster: RosterIndex): Set<GroupId> {
	const groups = new Set(victimGroupId === null ? [] : [victimGroupId]);
	for (const each of participants) {
		const pupil = 'pupilId' in each ? roster.pupil(each.pupilId) : undefined;
		if (pupil) groups.add(pupil.groupId);
	}
	return groups;
}
