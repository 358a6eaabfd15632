import type { Reminder } from './reminder.ts';
import { planReminders, type ReminderFacts } from './plan-reminders.ts';

/**
 * What a device knows to be due (5B-08): reminders it computes from the cases it holds, its own unsent facts included, and
 * beside them the server's for cases it does not hold. Both have the same ids, so each stands there once. Of a case it
 * holds, what it computes is at least as fresh: a reminder of the server's that no longer follows is not shown.
 */
export function knownReminders(facts: ReminderFacts, fromServer: Iterable<Reminder>): Reminder[] {
	const held = new Set([...facts.cases].map(({ id }) => id));
	const known = new Map([...fromServer].filter(({ caseId }) => !held.has(caseId)).map((each) => [each.id, each]));
	for (const each of planReminders(facts)) known.set(each.id, each);
	return [...known.values()];
}
