import type { FollowUp } from '#domain/cases/case.ts';
import type { GroupId } from '#domain/id.ts';
import { dueReminders } from '#domain/reminders/due.ts';
import { planReminders } from '#domain/reminders/plan-reminders.ts';
import { reminderFacts } from '#domain/reminders/reminder-facts.ts';
import type { Reminder } from '#domain/reminders/reminder.ts';
import { addDays, type LocalDate } from '#domain/time/local-time.ts';
import type { Replica } from '#lib/device/device.ts';
import { schoolToday } from '#lib/device/school-time.ts';

export interface DueInGroup {
	readonly reminder: Reminder;
	readonly followUp: FollowUp;
	/** The day the case was opened. */
	readonly since: LocalDate;
}

/** Days ahead that a group's page already tells what comes: the coming school week. */
const AHEAD_DAYS = 7;

/** Look backs with a child of this group that are due, or will be within a week. */
export function dueInGroup(documents: Replica, groupId: GroupId, today: LocalDate): DueInGroup[] {
	const reminders = planReminders(reminderFacts(documents, today));
	return dueReminders(reminders, today).flatMap(({ reminder, state }) => {
		if (state === 'upcoming' && reminder.from > addDays(today, AHEAD_DAYS)) return [];
		const followUp = documents.get('followUp', reminder.followUpId);
		const subject = documents.get('case', reminder.caseId);
		if (!followUp || !subject) return [];
		if (documents.get('pupil', followUp.about.pupilId)?.groupId !== groupId) return [];
		return [{ reminder, followUp, since: schoolToday(documents, new Date(subject.openedAt)) }];
	});
}
