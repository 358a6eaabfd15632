import type { Calendar } from '#domain/calendar/calendar.ts';
import { addSchoolDays, schoolDayFrom, schoolDaysOf, type SchoolDays } from '#domain/calendar/school-days.ts';
import type { Case, CaseVerdict, FollowUp, FollowUpOutcome } from '#domain/cases/case.ts';
import { isAnswered } from '#domain/cases/answered.ts';
import { foldFollowUp } from '#domain/cases/fold-follow-up.ts';
import { courseOf } from '#domain/cases/verdicts.ts';
import { idOf, ulidOf, type FollowUpId, type ReminderId } from '#domain/id.ts';
import type { LocalDate, TimeZone } from '#domain/time/local-time.ts';
import type { Reminder } from './reminder.ts';

/** One school week: a talk with a child need not be on the very day, and a window of a week can be kept. */
const WINDOW_SCHOOL_DAYS = 5;

export interface ReminderFacts {
	readonly cases: Iterable<Case>;
	readonly followUps: Iterable<FollowUp>;
	readonly outcomes: Iterable<FollowUpOutcome>;
	readonly verdicts: Iterable<CaseVerdict>;
	readonly calendars: readonly Calendar[];
	/** Where the school is; decides on which day a judgement was made. */
	readonly zone?: TimeZone;
}

export function reminderIdFor(followUp: FollowUpId): ReminderId {
	return idOf('reminder', ulidOf(followUp));
}

/**
 * One reminder for every follow-up (5B-07, 5B-08), under an id derived from it, so that a second run, another device
 * or another order of the facts gives the same. The window is a school week: from the planned day, moved onto a school
 * day, until four school days later. Moving and handing over change the same reminder. It is resolved when the
 * follow-up was done or a judgement answered it (`isAnswered`). A follow-up whose case has not arrived is reminded of all the same.
 */
export function planReminders(facts: ReminderFacts): Reminder[] {
	const schoolIdOf = new Map([...facts.cases].map((each) => [each.id, each.schoolId]));
	const followUps = new Map<FollowUpId, FollowUp>();
	for (const each of facts.followUps) {
		const other = followUps.get(each.id);
		if (!other || Date.parse(other.setAt) <= Date.parse(each.setAt)) followUps.set(each.id, each);
	}
	const outcomesOf = Map.groupBy(facts.outcomes, (each) => each.followUpId);
	const verdictsOf = Map.groupBy(facts.verdicts, (each) => each.caseId);
	const days = schoolDaysOf(facts.calendars);
	const zone = facts.zone ?? 'Europe/Amsterdam';
	return [...followUps.values()]
		.map((followUp) => {
			const state = foldFollowUp(followUp, outcomesOf.get(followUp.id) ?? []);
			const course = courseOf(verdictsOf.get(followUp.caseId) ?? []);
			return {
				type: 'reminder' as const,
				v: 1 as const,
				id: reminderIdFor(followUp.id),
				schoolId: schoolIdOf.get(followUp.caseId) ?? followUp.schoolId,
				reason: 'followUp' as const,
				caseId: followUp.caseId,
				followUpId: followUp.id,
				ownerId: state.ownerId,
				...windowFor(state.plannedOn, days),
				resolved: isAnswered(state, course, zone),
			};
		})
		.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** First and last day of the window, both school days. */
export function windowFor(plannedOn: LocalDate, days: SchoolDays): { from: LocalDate; until: LocalDate } {
	const from = schoolDayFrom(days, plannedOn);
	return { from, until: addSchoolDays(days, from, WINDOW_SCHOOL_DAYS - 1) };
}
