import { describe, expect, test } from 'vitest';
import type { Absence } from '#domain/calendar/absence.ts';
import { schoolDaysOf } from '#domain/calendar/school-days.ts';
import type { Case } from '#domain/cases/case.ts';
import type { Person } from '#domain/school/roster.ts';
import type { Instant, LocalDate } from '#domain/time/local-time.ts';
import { aCalendar, aCase, aFollowUp, anOutcome } from '#tests/factories/cases.ts';
import { aGroup, anId, aPupil } from '#tests/factories/school.ts';
import { dueReminders } from './due.ts';
import { newNotices } from './notices.ts';
import { planReminders } from './plan-reminders.ts';
import type { Recipients } from './recipient.ts';

const [TEACHER, COORDINATOR, COLLEAGUE, SECOND] = [2, 3, 4, 5].map((n) => anId('person', n)) as [
	Person['id'],
	Person['id'],
	Person['id'],
	Person['id'],
];
const date = (text: string) => text as LocalDate;

function person(id: Person['id'], ...roles: Person['roles']): Person {
	return { type: 'person', v: 1, id, schoolId: anId('school', 1), name: 'Iemand', roles, groupIds: [] };
}

const people = [person(TEACHER, 'teacher'), person(COORDINATOR, 'coordinator'), person(COLLEAGUE, 'teacher')];

function away(personId: Person['id'], over: Partial<Absence> = {}): Absence {
	return {
		...{ type: 'absence', v: 1, id: anId('absence', 1), schoolId: anId('school', 1), personId },
		...{ from: date('2026-11-23'), until: date('2026-11-27'), recordedBy: personId },
		recordedAt: '2026-11-20T08:00:00.000Z' as Instant,
		...over,
	};
}

function due(today: string, recipients: Recipients = { people, cases: [aCase(1)] }, cases: Case[] = [aCase(1)]) {
	const reminders = planReminders({ cases, followUps: [aFollowUp(1, '2026-11-23')], calendars: [aCalendar()] });
	return dueReminders(reminders, date(today), recipients)[0];
}

test('it goes to its owner, before, in and after its window', () => {
	expect(due('2026-11-20')).toMatchObject({ state: 'upcoming', forId: TEACHER, escalatedTo: null });
	expect(due('2026-11-23')).toMatchObject({ state: 'now', forId: TEACHER, escalatedTo: null });
	expect(due('2026-11-30')).toMatchObject({ state: 'overdue', forId: TEACHER, escalatedTo: COORDINATOR });
});

describe('the owner is away', () => {
	const shared = aCase(1, { memberIds: [TEACHER, COLLEAGUE] });
	const asked = (absences: Absence[], subject = shared, staff = people) =>
		due('2026-11-24', { people: staff, absences, cases: [subject] }, [subject])?.forId;

	test('to the stand-in who works on the case, else to the coordinator', () => {
		expect(asked([away(TEACHER, { standInId: COLLEAGUE })])).toBe(COLLEAGUE);
		expect(asked([away(TEACHER)])).toBe(COORDINATOR);
		expect(asked([away(TEACHER, { standInId: COLLEAGUE })], aCase(1))).toBe(COORDINATOR);
	});

	test('the stand-in is away as well: the coordinator; everybody is: the owner after all', () => {
		const both = [away(TEACHER, { standInId: COLLEAGUE }), away(COLLEAGUE, { id: anId('absence', 2) })];
		expect(asked(both)).toBe(COORDINATOR);
		expect(asked([...both, away(COORDINATOR, { id: anId('absence', 3) })])).toBe(TEACHER);
	});

	test('a coordinator who works on the case goes before another', () => {
		const staff = [...people, person(SECOND, 'coordinator')];
		expect(asked([away(TEACHER)], aCase(1, { memberIds: [TEACHER, SECOND] }), staff)).toBe(SECOND);
	});

	test('a coordinator of another site cannot read it; one of this site, or over all, can', () => {
		const [here, elsewhere] = [anId('site', 1), anId('site', 2)];
		const sited = (siteId: typeof here) => [people[0], { ...person(COORDINATOR, 'coordinator'), siteIds: [siteId] }];
		const overAll = person(SECOND, 'generalCoordinator');
		const to = (...staff: (Person | undefined)[]) =>
			due('2026-11-24', {
				...{ people: staff.flatMap((each) => each ?? []), absences: [away(TEACHER)], cases: [shared] },
				...{ pupils: [aPupil(2, 'Noor')], groups: [aGroup(6)] },
			})?.forId;
		expect(to(...sited(here), overAll)).toBe(COORDINATOR);
		expect(to(...sited(elsewhere), overAll)).toBe(SECOND);
		expect(to(...sited(elsewhere))).toBe(TEACHER);
	});

	test('a child whose site nobody knows is read by every coordinator, as the access table has it', () => {
		const sited = { ...person(COORDINATOR, 'coordinator'), siteIds: [anId('site', 2)] };
		expect(asked([away(TEACHER)], shared, [people[0] as Person, sited])).toBe(COORDINATOR);
	});

	test('who works on the case in a role that reads none of it does not stand in', () => {
		const staff = [...people.filter(({ id }) => id !== COLLEAGUE), person(COLLEAGUE, 'board')];
		expect(asked([away(TEACHER, { standInId: COLLEAGUE })], shared, staff)).toBe(COORDINATOR);
	});

	test('left the school: the coordinator', () => {
		expect(asked([], shared, people.slice(1))).toBe(COORDINATOR);
	});

	test('a restricted case stays with those who may read it', () => {
		const restricted = aCase(1, { protocol: 'reportingCode', memberIds: [TEACHER] });
		expect(asked([away(TEACHER)], restricted)).toBe(TEACHER);
		expect(due('2026-11-30', { people, cases: [restricted] }, [restricted])?.escalatedTo).toBeNull();
	});

	test('back again, or not away yet: the owner', () => {
		expect(asked([away(TEACHER, { until: date('2026-11-23') })])).toBe(TEACHER);
		expect(asked([away(TEACHER, { from: date('2026-11-25') })])).toBe(TEACHER);
	});

	test('of two notes about the same days the later counts', () => {
		const later = { id: anId('absence', 2), recordedAt: '2026-11-21T08:00:00.000Z' as Instant };
		expect(asked([away(TEACHER, { ...later, standInId: COLLEAGUE }), away(TEACHER)])).toBe(COLLEAGUE);
	});
});

describe('a pupil who is gone', () => {
	const plan = (pupils: ReturnType<typeof aPupil>[], today = '2026-11-24') =>
		planReminders({
			cases: [aCase(1)],
			followUps: [aFollowUp(1, '2026-11-23')],
			calendars: [aCalendar()],
			pupils,
			today: date(today),
		})[0];

	test('left before the window, or by now: nothing is asked any more', () => {
		expect(plan([{ ...aPupil(2, 'Noor'), leftOn: date('2026-11-20') }])).toMatchObject({ because: 'pupilLeft' });
		const leaves = { ...aPupil(2, 'Noor'), leftOn: date('2026-11-25') };
		expect(plan([leaves])?.resolved).toBe(false);
		expect(plan([leaves], '2026-11-26')).toMatchObject({ resolved: true, because: 'pupilLeft' });
	});

	test('erased: nothing is asked any more', () => {
		expect(plan([aPupil(9, 'Daan')])).toMatchObject({ because: 'pupilErased' });
	});

	test('moved to another group: it goes on with the same owner', () => {
		expect(plan([aPupil(2, 'Noor', 8)])).toMatchObject({ resolved: false, ownerId: TEACHER });
	});
});

test('cancelled, nothing is asked; moved after that, it is asked again', () => {
	const plan = (...outcomes: ReturnType<typeof anOutcome>[]) =>
		planReminders({
			cases: [aCase(1)],
			followUps: [aFollowUp(1, '2026-11-23')],
			outcomes,
			calendars: [aCalendar()],
		})[0];
	const cancelled = anOutcome(1, { kind: 'cancelled' });
	const moved = anOutcome(2, { kind: 'moved', plannedOn: date('2026-12-07') });
	expect(plan(cancelled)).toMatchObject({ resolved: true, because: 'cancelled' });
	expect(plan(cancelled, { ...moved, recordedAt: '2026-11-24T10:00:00.000Z' as Instant })).toMatchObject({
		resolved: false,
		from: '2026-12-07',
	});
});

describe('what is told', () => {
	const days = schoolDaysOf([aCalendar()]);
	const notices = (today: string, told: string[] = []) => {
		const each = due(today);
		return newNotices(each ? [each] : [], { today: date(today), days, told: new Set(told) });
	};

	test('once, on a school day, to its owner; and once to the coordinator when the window has passed', () => {
		const [first] = notices('2026-11-23');
		expect(first).toMatchObject({ kind: 'due', personId: TEACHER });
		expect(notices('2026-11-24', [first?.key ?? ''])).toEqual([]);
		const [escalated, ...more] = notices('2026-11-30', [first?.key ?? '']);
		expect([escalated?.kind, escalated?.personId, more]).toEqual(['escalated', COORDINATOR, []]);
		expect(notices('2026-12-01', [first?.key ?? '', escalated?.key ?? ''])).toEqual([]);
	});

	test('nothing before its window, and nothing on a day without school', () => {
		expect([notices('2026-11-20'), notices('2026-11-28')]).toEqual([[], []]);
	});
});
