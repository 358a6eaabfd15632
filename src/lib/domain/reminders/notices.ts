import { isSchoolDay, type SchoolDays } from '#domain/calendar/school-days.ts';
import type { PersonId } from '#domain/id.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import type { DueReminder } from './due.ts';

/** Something a person is told once. Nothing is told again until something changed: another day, another person. */
export interface Notice {
	/** Follows from reminder, window, kind and person, so that a second run tells nothing twice. */
	readonly key: string;
	readonly kind: 'due' | 'escalated';
	readonly personId: PersonId;
	readonly due: DueReminder;
}

/**
 * What is to be told today, less what was told already. On days without school nothing is. Due is told from the first day
 * of the window on, normally on that very day; when the window has passed, the coordinator is told, once.
 */
export function newNotices(
	due: Iterable<DueReminder>,
	{ today, days, told }: { readonly today: LocalDate; readonly days: SchoolDays; readonly told: ReadonlySet<string> },
): Notice[] {
	if (!isSchoolDay(days, today)) return [];
	const notices: Notice[] = [];
	const add = (kind: Notice['kind'], personId: PersonId, each: DueReminder) => {
		const key = `${each.reminder.id} ${each.reminder.from} ${kind} ${personId}`;
		if (!told.has(key)) notices.push({ key, kind, personId, due: each });
	};
	for (const each of due) {
		if (each.state === 'upcoming') continue;
		add('due', each.forId, each);
		if (each.escalatedTo !== null) add('escalated', each.escalatedTo, each);
	}
	return notices;
}
