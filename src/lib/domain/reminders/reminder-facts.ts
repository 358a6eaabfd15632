import type { DocumentOf, DocumentType } from '#domain/document.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import type { ReminderFacts } from './plan-reminders.ts';
import type { Recipients } from './recipient.ts';

/** A device's replica, the server's, or a file that was read. */
export interface DocumentsByType {
	all<T extends DocumentType>(type: T): readonly DocumentOf<T>[];
}

/** All that reminders follow from, of one school. */
export function reminderFacts(documents: DocumentsByType, today?: LocalDate): ReminderFacts {
	const [school] = documents.all('school');
	return {
		cases: documents.all('case'),
		entries: documents.all('caseEntry'),
		followUps: documents.all('followUp'),
		outcomes: documents.all('followUpOutcome'),
		verdicts: documents.all('caseVerdict'),
		records: documents.all('stepRecord'),
		consents: documents.all('consent'),
		protocols: documents.all('protocol'),
		calendars: documents.all('calendar'),
		people: documents.all('person'),
		pupils: documents.all('pupil'),
		...(school && { zone: school.zone, region: school.region }),
		...(today !== undefined && { today }),
	};
}

/** All that whom a reminder goes to follows from. */
export function recipientFacts(documents: DocumentsByType): Recipients {
	return {
		people: documents.all('person'),
		absences: documents.all('absence'),
		cases: documents.all('case'),
		pupils: documents.all('pupil'),
		groups: documents.all('group'),
	};
}
