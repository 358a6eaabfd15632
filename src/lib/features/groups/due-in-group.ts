import type { Case } from '#domain/cases/case.ts';
import type { GroupId } from '#domain/id.ts';
import { dueReminders } from '#domain/reminders/due.ts';
import { openReminders } from '#domain/reminders/plan-reminders.ts';
import { reminderFacts } from '#domain/reminders/reminder-facts.ts';
import type { Reminder } from '#domain/reminders/reminder.ts';
import { addDays, type LocalDate } from '#domain/time/local-time.ts';
import type { Replica } from '#lib/device/device.ts';
import { schoolToday } from '#lib/device/school-time.ts';

export interface DueInGroup {
	readonly case: Case;
	/** The day the case was opened. */
	readonly since: LocalDate;
	/** What waits longest first; at least one. */
	readonly reminders: readonly Reminder[];
}

/** Days ahead that a group's page already tells what comes: the coming school week. */
const AHEAD_DAYS = 7;

/** Look backs and steps that are due for a child of this group, or will be within a week; a case at a time. */
export function dueInGroup(documents: Replica, groupId: GroupId, today: LocalDate): DueInGroup[] {
	const isOfGroup = (pupilId: string) => documents.get('pupil', pupilId)?.groupId === groupId;
	const soon = dueReminders(openReminders(reminderFacts(documents, today)), today)
		.filter(({ reminder, state }) => state !== 'upcoming' || reminder.from <= addDays(today, AHEAD_DAYS))
		.map(({ reminder }) => reminder);
	return [...Map.groupBy(soon, ({ caseId }) => caseId)].flatMap(([caseId, all]) => {
		const subject = documents.get('case', caseId);
		if (!subject) return [];
		const ofCase = subject.pupils.some(({ pupilId }) => isOfGroup(pupilId));
		const reminders = all.filter(({ about }) => (about ? isOfGroup(about.pupilId) : ofCase));
		if (reminders.length === 0) return [];
		return [{ case: subject, since: schoolToday(documents, new Date(subject.openedAt)), reminders }];
	});
}
