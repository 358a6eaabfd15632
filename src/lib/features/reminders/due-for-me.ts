import type { Case, FollowUp } from '#domain/cases/case.ts';
import { foldFollowUp } from '#domain/cases/fold-follow-up.ts';
import { dueReminders, type DueReminder } from '#domain/reminders/due.ts';
import { knownReminders } from '#domain/reminders/known-reminders.ts';
import { recipientFacts, reminderFacts } from '#domain/reminders/reminder-facts.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import type { Device, Replica } from '#lib/device/device.ts';

export interface DueItem extends DueReminder {
	/** Missing when this device knows the reminder only: then it can be seen, not recorded. */
	readonly followUp: FollowUp | undefined;
	readonly case: Case | undefined;
}

/**
 * Everything that is asked of this person, what waits longest first: as its owner, standing in for somebody, or told because
 * it is overdue. Works offline, from what this device holds.
 */
export function dueForMe(device: Pick<Device, 'documents' | 'session'>, today: LocalDate): DueItem[] {
	const me = device.session?.personId;
	return openReminders(device.documents, today).filter(({ forId, escalatedTo }) => forId === me || escalatedTo === me);
}

/** Everything open that this device knows of. */
function openReminders(documents: Replica, today: LocalDate): DueItem[] {
	const known = knownReminders(reminderFacts(documents, today), documents.all('reminder'));
	return dueReminders(known, today, recipientFacts(documents)).map((due) => ({
		...due,
		followUp: documents.get('followUp', due.reminder.followUpId),
		case: documents.get('case', due.reminder.caseId),
	}));
}

/** For the menu: what can or should be done now. */
export function dueCount(device: Pick<Device, 'documents' | 'session'>, today: LocalDate): number {
	return dueForMe(device, today).filter(({ state }) => state !== 'upcoming').length;
}

/** As it stands after moves and hand-overs. */
export function followUpState(documents: Replica, followUp: FollowUp) {
	return foldFollowUp(
		followUp,
		documents.all('followUpOutcome').filter((each) => each.followUpId === followUp.id),
	);
}
