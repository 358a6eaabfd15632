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
	for (const incident of incidents) {
		const date = dateOf(incident.occurredAt);
		if (date < first || date > today) continue;
		// Most children in the incidents of a group are of another group: their roles are not looked at.
		for (const [index, each] of incident.participants.entries()) {
			const course = 'pupilId' in each ? courses.get(each.pupilId) : undefined;
			if (!course || isNamedBefore(incident, index)) continue;
			const week =
				date < firstOfCourse
					? null
					: COURSE_WEEKS - 1 - Math.floor((dayNumber(today) - dayNumber(date)) / DAYS_PER_WEEK);
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
function isNamedBefore({ participants }: Incident, index: number): boolean {
	const here = participants[index];
	return (
		here !== undefined &&
		'pupilId' in here &&
		participants.findIndex((each) => 'pupilId' in each && each.pupilId === here.pupilId) < index
	);
}

/** A green incident counts as good for who did it and as trouble for nobody. */
function rolesOf(pupilId: PupilId, { participants, basket }: Incident): Roles {
	const has = (role: Participant['role']) =>
		participants.some((each) => each.role === role && 'pupilId' in each && each.pupilId === pupilId);
	if (basket === 'green') return { instigator: false, victim: false, good: has('contributor') };
	return { instigator: has('instigator'), victim: has('victim'), good: false };
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
