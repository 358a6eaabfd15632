import type { LocalDate } from '#domain/time/local-time.ts';
import type { Reminder } from './reminder.ts';

/** `now`: today lies in the window. `overdue`: the window has passed, which is said calmly and not counted twice. */
export type DueState = 'overdue' | 'now' | 'upcoming';

export interface DueReminder {
	readonly reminder: Reminder;
	readonly state: DueState;
}

const ORDER: readonly DueState[] = ['overdue', 'now', 'upcoming'];

/** What is open, what waits longest first: each state in turn, then by the end of its window, then by id. */
export function dueReminders(reminders: Iterable<Reminder>, today: LocalDate): DueReminder[] {
	return [...reminders]
		.filter((reminder) => !reminder.resolved)
		.map((reminder) => ({ reminder, state: dueStateOf(reminder, today) }))
		.sort(
			(a, b) =>
				ORDER.indexOf(a.state) - ORDER.indexOf(b.state) ||
				compare(a.reminder.until, b.reminder.until) ||
				compare(a.reminder.id, b.reminder.id),
		);
}

export function dueStateOf(window: Pick<Reminder, 'from' | 'until'>, today: LocalDate): DueState {
	if (window.until < today) return 'overdue';
	return window.from <= today ? 'now' : 'upcoming';
}

function compare(a: string, b: string): number {
	if (a === b) return 0;
	return a < b ? -1 : 1;
}
