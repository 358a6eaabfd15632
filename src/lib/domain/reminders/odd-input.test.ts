import { expect, test } from 'vitest';
import type { StepRecord } from '#domain/cases/step-record.ts';
import type { Instant, LocalDate } from '#domain/time/local-time.ts';
import { aCalendar, aCase, aFollowUp } from '#tests/factories/cases.ts';
import { aCircle, aSchoolProtocol } from '#tests/factories/protocols.ts';
import { anId, aPupil } from '#tests/factories/school.ts';
import { dueStateOf } from './due.ts';
import { planReminders, type ReminderFacts } from './plan-reminders.ts';

const plan = (facts: Partial<ReminderFacts>) =>
	planReminders({ cases: [aCase(1, { protocol: 'sixSteps' })], calendars: [aCalendar()], ...facts });

function taken(n: number, step: string, on: string, written = on): StepRecord {
	return {
		...{ type: 'stepRecord', v: 1, id: anId('stepRecord', n), schoolId: anId('school', 1), caseId: anId('case', 1) },
		...{ turn: 1, step, result: 'done', on: on as LocalDate, recordedBy: anId('person', 2) },
		recordedAt: `${written}T12:00:00.000Z` as Instant,
	};
}

test('an own version that lies in a store and cannot be run gives way to the shipped one', () => {
	const circle = aSchoolProtocol(1, 'sixSteps', { protocol: aCircle('sixSteps') });
	const cases = [aCase(1, { protocol: 'sixSteps', protocolId: circle.id })];
	expect(plan({ cases, protocols: [circle] })).toEqual(plan({}));
	expect(plan({}).length).toBeGreaterThan(0);
});

test('a step that nobody knows changes nothing', () => {
	expect(plan({ records: [taken(1, 'dance', '2026-11-10')] })).toEqual(plan({}));
});

test('done before the case began, what follows counts from its start', () => {
	const early = plan({ records: [taken(1, 'gather', '2026-09-01', '2026-11-09')] });
	const onTime = plan({ records: [taken(1, 'gather', '2026-11-09')] });
	expect(early).toEqual(onTime);
});

test('a look back that was planned before the case began is overdue at once', () => {
	const [reminder] = plan({ followUps: [aFollowUp(1, '2026-09-01')] }).filter(({ reason }) => reason === 'followUp');
	expect(reminder).toMatchObject({ from: '2026-09-01', until: '2026-09-07', resolved: false });
	expect(reminder && dueStateOf(reminder, '2026-11-09' as LocalDate)).toBe('overdue');
});

test('one child left: what is asked about that child ends, what is asked for the case and the other goes on', () => {
	const pupils = [aPupil(1, 'Daan'), { ...aPupil(2, 'Noor'), leftOn: '2026-11-11' as LocalDate }];
	const due = (today: string) =>
		plan({ pupils, records: [taken(1, 'agreements', '2026-11-12')], today: today as LocalDate }).map(
			({ step, about, because }) => `${step} ${about?.role ?? 'case'} ${because ?? 'open'}`,
		);
	const later = due('2026-11-12');
	expect(later).toContain('parentsVictim victim pupilLeft');
	expect(later).toContain('parentsInstigator instigator open');
	expect(later).toContain('informHead case open');
});
