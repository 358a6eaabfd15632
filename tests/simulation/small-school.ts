import type { DomainDocument } from '#domain/document.ts';
import type { Person } from '#domain/school/roster.ts';
import { aCalendar } from '#tests/factories/cases.ts';
import { anId, aRoster, aSchool } from '#tests/factories/school.ts';

export const SCHOOL = aSchool();

/** Beside the roster of the tests: a teacher for the other group. */
const SECOND_TEACHER: Person = {
	type: 'person',
	v: 1,
	id: anId('person', 4),
	schoolId: SCHOOL.id,
	name: 'Fatima',
	roles: ['teacher'],
	groupIds: [anId('group', 8)],
};

/** The school each seed starts with: two groups, eight pupils, four places, four adults. Fictional children only. */
export const SMALL_SCHOOL: readonly DomainDocument[] = [...aRoster(), SECOND_TEACHER, aCalendar()];

/**
 * Two phones, two tablets and a laptop. Youssef has a phone and a tablet; the laptop has two pages open. Where an app is
 * of the protocol before, it is that of a tablet.
 */
export const DEVICES = [
	{ name: 'phone Sanne', personId: anId('person', 1), tabs: 1, mayBeOld: false },
	{ name: 'phone Youssef', personId: anId('person', 2), tabs: 1, mayBeOld: false },
	{ name: 'tablet Youssef', personId: anId('person', 2), tabs: 1, mayBeOld: true },
	{ name: 'tablet Fatima', personId: anId('person', 4), tabs: 1, mayBeOld: true },
	{ name: 'laptop Marijke', personId: anId('person', 3), tabs: 2, mayBeOld: false },
] as const;
