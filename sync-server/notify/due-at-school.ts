import { schoolDaysOf, type SchoolDays } from '#domain/calendar/school-days.ts';
import { can } from '#domain/access/access.ts';
import { openInvitations, type StepInvitation } from '#domain/cases/step-invitation.ts';
import type { DocumentOf, DocumentType } from '#domain/document.ts';
import type { PersonId } from '#domain/id.ts';
import { dueReminders, type DueReminder } from '#domain/reminders/due.ts';
import { newNotices } from '#domain/reminders/notices.ts';
import { openReminders } from '#domain/reminders/plan-reminders.ts';
import { recipientFacts, reminderFacts } from '#domain/reminders/reminder-facts.ts';
import type { RepeatedSignals } from '#domain/signals/repeated-signals.ts';
import { signalsFor } from '#domain/signals/signals-for.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import type { SchoolReplica } from '#server/replica/school-replica.ts';

/** Everything open at a school today, as the app reckons it. */
export interface DueAtSchool {
	readonly days: SchoolDays;
	readonly due: readonly DueReminder[];
	/** What this person is asked to look at because a child was noted about more than once (DUK-06). */
	signalsFor(personId: PersonId): readonly RepeatedSignals[];
	/** Steps of cases this person was asked for and has not answered (D7). */
	invitationsFor(personId: PersonId): readonly StepInvitation[];
}

export function schoolDaysAt({ all, school }: SchoolReplica): SchoolDays {
	return schoolDaysOf(all('calendar'), school.region);
}

export function dueAtSchool(replica: SchoolReplica, today: LocalDate): DueAtSchool {
	const open = openReminders(reminderFacts(replica, today));
	return {
		days: schoolDaysAt(replica),
		due: dueReminders(open, today, recipientFacts(replica)),
		invitationsFor: (personId) => openInvitations(personId, replica.all('stepInvitation'), replica.all('stepRecord')),
		signalsFor: (personId) =>
			signalsFor(personId, { get: replica.find, all: (type) => readableBy(personId, type, replica) }, today),
	};
}

/** Nobody is asked to look at a signal that they may not read; everything else is looked up as it stands. */
function readableBy<T extends DocumentType>(
	personId: PersonId,
	type: T,
	{ all, find, facts }: SchoolReplica,
): DocumentOf<T>[] {
	if (type !== 'signal') return all(type);
	const person = find('person', personId);
	return person ? all(type).filter((doc) => can({ ...person, personId }, 'read', { doc, facts })) : [];
}

/** What is asked of one person: as owner, standing in, or told because it is overdue. */
export function dueFor(personId: PersonId, { due }: DueAtSchool): DueReminder[] {
	return due.filter(({ forId, escalatedTo }) => forId === personId || escalatedTo === personId);
}

/** What names each thing a person is told of today; the same until its window or the person changes. */
export function noticeKeys(personId: PersonId, school: DueAtSchool, today: LocalDate): string[] {
	const { due, days } = school;
	const notices = newNotices(due, { today, days, told: new Set() }).filter((notice) => notice.personId === personId);
	// Told again when another one came.
	const invitations = school.invitationsFor(personId).map(({ id }) => id);
	const signals = school.signalsFor(personId).map(({ signals }) => `signals ${signals[0]?.id ?? ''} ${signals.length}`);
	return [...notices.map(({ key }) => key), ...signals, ...invitations];
}
