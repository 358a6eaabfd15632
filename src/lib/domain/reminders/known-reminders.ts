import type { Reminder } from './reminder.ts';
import { planReminders, type ReminderFacts } from './plan-reminders.ts';

/**
 * What a device knows to be due (5B-08): reminders it computes from the follow-ups it holds, its own unsent ones
 * included, and beside them the server's for follow-ups it does not hold. Both have the same ids, so each stands
 * there once; what this device computed is at least as fresh.
 */
export function knownReminders(facts: ReminderFacts, fromServer: Iterable<Reminder>): Reminder[] {
	const known = new Map([...fromServer].map((each) => [each.id, each]));
	for (const each of planReminders(facts)) known.set(each.id, each);
	return [...known.values()];
}
