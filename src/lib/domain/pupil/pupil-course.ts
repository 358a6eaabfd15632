import type { PupilId } from '#domain/id.ts';
import type { Incident } from '#domain/incident/incidents.ts';
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
	for (const incident of incidents) {
		const date = dateOf(incident.occurredAt);
		if (date < first || date > today) continue;
		const roles = rolesByPupil(incident);
		for (const [pupilId, role] of roles) {
			const course = courses.get(pupilId);
			if (course) add(course, role, date, today);
		}
	}
	return [...courses.values()];
}

type Draft = { -readonly [K in keyof PupilCourse]: PupilCourse[K] } & { weeks: number[] };

interface Roles {
	instigator: boolean;
	victim: boolean;
	good: boolean;
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

/** A green incident counts as good for who did it and as trouble for nobody. */
function rolesByPupil(incident: Incident): Map<PupilId, Roles> {
	const roles = new Map<PupilId, Roles>();
	for (const participant of incident.participants) {
		if (!('pupilId' in participant)) continue;
		const own = roles.get(participant.pupilId) ?? { instigator: false, victim: false, good: false };
		if (incident.basket === 'green') own.good ||= participant.role === 'contributor';
		else if (participant.role === 'instigator') own.instigator = true;
		else if (participant.role === 'victim') own.victim = true;
		roles.set(participant.pupilId, own);
	}
	return roles;
}

function add(course: Draft, roles: Roles, date: LocalDate, today: LocalDate) {
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
	const week = COURSE_WEEKS - 1 - Math.floor((dayNumber(today) - dayNumber(date)) / DAYS_PER_WEEK);
	if (week >= 0) course.weeks[week] = (course.weeks[week] ?? 0) + 1;
}
