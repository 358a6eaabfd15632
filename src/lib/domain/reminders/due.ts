import type { LocalDate } from '#domain/time/local-time.ts';
import { rankOfId, type PersonId } from '#domain/id.ts';
import type { Reminder } from './reminder.ts';
import { recipientOf, type Recipients } from './recipient.ts';

/** `now`: today lies in the window. `overdue`: the window has passed, which is said calmly and not counted twice. */
export type DueState = 'overdue' | 'now' | 'upcoming';

export interface DueReminder {
	readonly reminder: Reminder;
	readonly state: DueState;
	/** Who is asked today: the owner, or while the owner is away who stands in. */
	readonly forId: PersonId;
	/** The coordinator who is told as well, once the window has passed; null when that is who is asked already. */
	readonly escalatedTo: PersonId | null;
}

/** What is open, what waits longest first: each state in turn, then by the end of its window, then by id. */
export function dueReminders(
	reminders: Iterable<Reminder>,
	today: LocalDate,
	recipients: Recipients = {},
): DueReminder[] {
	const recipient = recipientOf(recipients, today);
	const due: Record<DueState, DueReminder[]> = { overdue: [], now: [], upcoming: [] };
	for (const reminder of reminders) {
		if (reminder.resolved) continue;
		const state = dueStateOf(reminder, today);
		const forId = state === 'upcoming' ? reminder.ownerId : recipient.askedFor(reminder);
		const above = state === 'overdue' ? recipient.coordinatorOf(reminder) : null;
		due[state].push({ reminder, state, forId, escalatedTo: above === forId ? null : above });
	}
	return [...byUntil(due.overdue), ...byUntil(due.now), ...byUntil(due.upcoming)];
}

/** By the end of the window, then by id. Windows end on few days, so that sorting a day at a time compares far less. */
function byUntil(due: readonly DueReminder[]): DueReminder[] {
	const byDay = Map.groupBy(due, ({ reminder }) => reminder.until);
	return [...byDay.keys()].sort().flatMap((day) => byId(byDay.get(day) ?? []));
}

/**
 * Numbers compare several times as fast as ids do; only where those are alike are the ids themselves compared. Of a
 * reminder and its follow-up they differ in the prefix only.
 */
function byId(due: readonly DueReminder[]): DueReminder[] {
	return due
		.map((each) => ({ each, id: each.reminder.followUpId, rank: rankOfId(each.reminder.followUpId) }))
		.sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))
		.map(({ each }) => each);
}

export function dueStateOf(window: Pick<Reminder, 'from' | 'until'>, today: LocalDate): DueState {
	if (window.until < today) return 'overdue';
	return window.from <= today ? 'now' : 'upcoming';
}
