import type { PupilId } from '#domain/id.ts';
import type { Incident } from '#domain/incident/incidents.ts';
import type { Participant } from '#domain/observation/observation.ts';
import { addDays, dateOf, dayNumber, type LocalDate } from '#domain/time/local-time.ts';

/** The rolling window of the counters (M5-08), today included. */
const COUNTER_DAYS = 365;

/** Weeks in the sparkline: a school term, about two rounds. */
export const COURSE_WEEKS = 12;

const DAYS_PER_WEEK = 7;

/**
 * How it went with one pupil. Who reported is not in it: that reaches the coordinator only (M5-06).
 */
export interface PupilCourse {
	readonly pupilId: PupilId;
	/** Times as instigator in the last 365 days (M5-08). */
	readonly instigator: number;
	readonly victim: number;
	/** Times something good was seen of this pupil. */
	readonly good: number;
	/** Incidents as instigator or victim in each of the last 12 weeks, the week that ends today last. */
	readonly weeks: readonly number[];
	/** The last day on which this pupil went too far; null when there is none in the window. */
	readonly lastAsInstigator: LocalDate | null;
	readonly lastAsVictim: LocalDate | null;
}

/** One for every pupil asked for, in the same order; the order of the incidents does not matter. */
export function pupilCourses(
	incidents: Iterable<Incident>,
	pupilIds: readonly PupilId[],
	today: LocalDate,
): PupilCourse[] {
	const courses = new Map(pupilIds.map((pupilId) => [pupilId, emptyCourse(pupilId)]));
	const first = addDays(today, 1 - COUNTER_DAYS);
	const firstOfCourse = addDays(today, 1 - COURSE_WEEKS * DAYS_PER_WEEK);
	const lastDay = dayNumber(today);
	for (const incident of incidents) {
		const { occurredAt, participants } = incident;
		const date = dateOf(occurredAt);
		if (date < first || date > today) continue;
		// By place, not by iterator: a group has thousands of incidents, and a page waits for this.
		for (let index = 0; index < participants.length; index++) {
			const each = participants[index];
			// Most children in the incidents of a group are of another group: their roles are not looked at.
			const course = each && 'pupilId' in each ? courses.get(each.pupilId) : undefined;
			if (!course || isNamedBefore(participants, index, course.pupilId)) continue;
			const week =
				date < firstOfCourse ? null : COURSE_WEEKS - 1 - Math.floor((lastDay - dayNumber(date)) / DAYS_PER_WEEK);
			add(course, rolesOf(course.pupilId, incident), date, week);
		}
	}
	return [...courses.values()];
}

type Draft = { -readonly [K in keyof PupilCourse]: PupilCourse[K] } & { weeks: number[] };

interface Roles {
	readonly instigator: boolean;
	readonly victim: boolean;
	readonly good: boolean;
}

function emptyCourse(pupilId: PupilId): Draft {
	return {
		pupilId,
		instigator: 0,
		victim: 0,
		good: 0,
		weeks: Array.from({ length: COURSE_WEEKS }, () => 0),
		lastAsInstigator: null,
		lastAsVictim: null,
	};
}

/** A child can stand in an incident in several roles, and is one child. */
function isNamedBefore(participants: readonly Participant[], index: number, pupilId: PupilId): boolean {
	for (let before = 0; before < index; before++) if (isPupil(participants[before], pupilId)) return true;
	return false;
}

function isPupil(each: Participant | undefined, pupilId: PupilId): boolean {
	return each !== undefined && 'pupilId' in each && each.pupilId === pupilId;
}

/** A green incident counts as good for who did it and as trouble for nobody. */
function rolesOf(pupilId: PupilId, { participants, basket }: Incident): Roles {
	const roles = { instigator: false, victim: false, good: false };
	for (const each of participants) {
		if (!isPupil(each, pupilId)) continue;
		if (basket === 'green') roles.good ||= each.role === 'contributor';
		else if (each.role === 'instigator' || each.role === 'victim') roles[each.role] = true;
	}
	return roles;
}

/** `week`: of the course, the last one highest; `null` for longer ago. */
function add(course: Draft, roles: Roles, date: LocalDate, week: number | null) {
	if (roles.good) course.good++;
	if (!roles.instigator && !roles.victim) return;
	if (roles.instigator) {
		course.instigator++;
		if (!course.lastAsInstigator || course.lastAsInstigator < date) course.lastAsInstigator = date;
	}
	if (roles.victim) {
		course.victim++;
		if (!course.lastAsVictim || course.lastAsVictim < date) course.lastAsVictim = date;
	}
	if (week !== null) course.weeks[week] = (course.weeks[week] ?? 0) + 1;
}
