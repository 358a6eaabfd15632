import { planReminders } from '#domain/reminders/plan-reminders.ts';
import { reminderFacts } from '#domain/reminders/reminder-facts.ts';
import type { Worker } from './runner.ts';

/** Reminders of follow-ups go to the right person, also when that person's phone was offline (5B-08). */
export const reminders: Worker = {
	name: 'reminders',
	watches: new Set([
		...(['case', 'caseEntry', 'followUp', 'followUpOutcome', 'caseVerdict', 'stepRecord', 'consent'] as const),
		...(['protocol', 'calendar', 'person', 'pupil'] as const),
	]),
	plan(replica, today) {
		const planned = planReminders(reminderFacts(replica, today));
		// A later word can take away what a clock counted from; what was said before must not stay due for ever.
		const ids = new Set(planned.map(({ id }) => id));
		const withdrawn = replica
			.all('reminder')
			.filter(({ id }) => !ids.has(id))
			.map((each) => ({ ...each, resolved: true, because: 'withdrawn' as const }));
		return [...planned, ...withdrawn];
	},
};
