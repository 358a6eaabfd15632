import { planReminders } from '#domain/reminders/plan-reminders.ts';
import type { Worker } from './runner.ts';

/** Reminders of follow-ups go to the right person, also when that person's phone was offline (5B-08). */
export const reminders: Worker = {
	name: 'reminders',
	watches: new Set(['case', 'followUp', 'followUpOutcome', 'caseVerdict', 'calendar']),
	plan: (replica) =>
		planReminders({
			cases: replica.all('case'),
			followUps: replica.all('followUp'),
			outcomes: replica.all('followUpOutcome'),
			verdicts: replica.all('caseVerdict'),
			calendars: replica.all('calendar'),
			zone: replica.school.zone,
		}),
};
