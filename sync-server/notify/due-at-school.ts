import { schoolDaysOf, type SchoolDays } from '#domain/calendar/school-days.ts';
import type { PersonId } from '#domain/id.ts';
import { dueReminders, type DueReminder } from '#domain/reminders/due.ts';
import { newNotices } from '#domain/reminders/notices.ts';
import { openReminders } from '#domain/reminders/plan-reminders.ts';
import { recipientFacts, reminderFacts } from '#domain/reminders/reminder-facts.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import type { SchoolReplica } from '#server/replica/school-replica.ts';

/** Everything open at a school today, as the app reckons it. */
export interface DueAtSchool {
	readonly days: SchoolDays;
	readonly due: readonly DueReminder[];
}

export function schoolDaysAt({ all, school }: SchoolReplica): SchoolDays {
	return schoolDaysOf(all('calendar'), school.region);
}

export function dueAtSchool(replica: SchoolReplica, today: LocalDate): DueAtSchool {
	const open = openReminders(reminderFacts(replica, today));
	return {
		days: schoolDaysAt(replica),
		due: dueReminders(open, today, recipientFacts(replica)),
	};
}

/** What is asked of one person: as owner, standing in, or told because it is overdue. */
export function dueFor(personId: PersonId, { due }: DueAtSchool): DueReminder[] {
	return due.filter(({ forId, escalatedTo }) => forId === personId || escalatedTo === personId);
}

/** What names each thing a person is told of today; the same until its window or the person changes. */
export function noticeKeys(personId: PersonId, { due, days }: DueAtSchool, today: LocalDate): string[] {
	return newNotices(due, { today, days, told: new Set() })
		.filter((notice) => notice.personId === personId)
		.map(({ key }) => key);
}
