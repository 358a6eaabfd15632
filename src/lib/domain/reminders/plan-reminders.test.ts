import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Calendar } from '#domain/calendar/calendar.ts';
import { dutchClosures } from '#domain/calendar/dutch-holidays.ts';
import { isSchoolDay, schoolDaysBetween, schoolDaysOf } from '#domain/calendar/school-days.ts';
import type { Case, CaseVerdict, FollowUp, FollowUpOutcome } from '#domain/cases/case.ts';
import type { StepRecord } from '#domain/cases/step-record.ts';
import { idOf } from '#domain/id.ts';
import { dateOfDayNumber, Instant, LocalDate } from '#domain/time/local-time.ts';
import { dueReminders } from './due.ts';
import { planReminders } from './plan-reminders.ts';
import { Reminder } from './reminder.ts';

const ulid = (number: number) => String(number).padStart(26, '0');
const date = (text: string) => LocalDate.parse(text);
const at = (text: string) => Instant.parse(`${text}Z`);
const schoolId = idOf('school', ulid(1));
const caseId = idOf('case', ulid(1));
const owner = idOf('person', ulid(1));
const other = idOf('person', ulid(2));

const calendars: Calendar[] = ['2025-2026', '2026-2027'].map((year, index) => ({
	type: 'calendar',
	v: 1,
	id: idOf('calendar', ulid(index)),
	schoolId,
	from: date(`${year.slice(0, 4)}-08-01`),
	until: date(`${year.slice(5)}-07-31`),
	closures: dutchClosures('middle', year),
	dayParts: [],
	rounds: [],
}));

const theCase: Case = {
	type: 'case',
	v: 1,
	id: caseId,
	schoolId,
	protocol: 'fiveB',
	pupils: [{ pupilId: idOf('pupil', ulid(1)), role: 'victim' }],
	incidentIds: [],
	openedBy: owner,
	openedAt: at('2026-11-09T10:00:00'),
	memberIds: [owner],
};

function followUp(number: number, plannedOn: string, turn = 1): FollowUp {
	return {
		type: 'followUp',
		v: 1,
		id: idOf('followUp', ulid(number)),
		schoolId,
		caseId,
		turn,
		about: { pupilId: idOf('pupil', ulid(1)), role: 'victim' },
		plannedOn: date(plannedOn),
		ownerId: owner,
		setBy: owner,
		setAt: at('2026-11-09T10:00:00'),
	};
}

function outcome(number: number, of: FollowUp, result: FollowUpOutcome['outcome'], when: string): FollowUpOutcome {
	return {
		type: 'followUpOutcome',
		v: 1,
		id: idOf('followUpOutcome', ulid(number)),
		schoolId,
		caseId,
		followUpId: of.id,
		outcome: result,
		recordedBy: owner,
		recordedAt: at(when),
	};
}

function verdict(number: number, turn: number, word: CaseVerdict['verdict'], when: string): CaseVerdict {
	return {
		type: 'caseVerdict',
		v: 1,
		id: idOf('caseVerdict', ulid(number)),
		schoolId,
		caseId,
		turn,
		verdict: word,
		text: 'zo is het',
		judgedBy: owner,
		judgedAt: at(when),
	};
}

function plan(followUps: FollowUp[], outcomes: FollowUpOutcome[] = [], verdicts: CaseVerdict[] = []): Reminder[] {
	return planReminders({ cases: [theCase], followUps, outcomes, verdicts, calendars });
}

test('a follow-up on a Monday gets that school week', () => {
	expect(plan([followUp(7, '2026-11-23')])).toEqual([
		Reminder.parse({
			type: 'reminder',
			v: 1,
			id: `rem_${ulid(7)}`,
			schoolId,
			reason: 'followUp',
			caseId,
			followUpId: `fup_${ulid(7)}`,
			turn: 1,
			about: { pupilId: `pup_${ulid(1)}`, role: 'victim' },
			ownerId: owner,
			from: '2026-11-23',
			until: '2026-11-27',
			resolved: false,
		}),
	]);
});

test('a follow-up in the Christmas or summer holidays waits for school to start again', () => {
	expect(plan([followUp(1, '2026-12-23')])[0]).toMatchObject({ from: '2027-01-04', until: '2027-01-08' });
	expect(plan([followUp(1, '2026-08-03')])[0]).toMatchObject({ from: '2026-08-31', until: '2026-09-04' });
});

test('moving and handing over change the same reminder; the last word counts', () => {
	const planned = followUp(1, '2026-11-23');
	const moved = outcome(1, planned, { kind: 'moved', plannedOn: date('2026-12-07') }, '2026-11-23T10:00:00');
	const again = outcome(2, planned, { kind: 'moved', plannedOn: date('2026-11-30') }, '2026-11-24T10:00:00');
	const handed = outcome(3, planned, { kind: 'handedOver', ownerId: other }, '2026-11-24T11:00:00');
	expect(plan([planned], [handed, again, moved])).toEqual([
		{ ...plan([planned])[0], ownerId: other, from: '2026-11-30', until: '2026-12-04' },
	]);
});

test('done is resolved, also when somebody moved it at the same time elsewhere', () => {
	const planned = followUp(1, '2026-11-23');
	const done = outcome(1, planned, { kind: 'done', stopped: 'partly' }, '2026-11-23T10:00:00');
	const moved = outcome(2, planned, { kind: 'moved', plannedOn: date('2026-12-07') }, '2026-11-24T10:00:00');
	expect(plan([planned], [done, moved])[0]?.resolved).toBe(true);
});

test('a case that closed keeps the late look back, for children are often victims again later', () => {
	const early = followUp(1, '2026-11-23');
	const late = followUp(2, '2027-01-11');
	const stopped = verdict(1, 1, 'stopped', '2026-11-26T12:00:00');
	expect(plan([early, late], [], [stopped]).map(({ resolved }) => resolved)).toEqual([true, false]);
});

test('not stopped ends every follow-up of that turn: the next turn sets its own', () => {
	const late = followUp(1, '2027-01-11');
	const next = followUp(2, '2026-12-10', 2);
	const notStopped = verdict(1, 1, 'notStopped', '2026-11-26T12:00:00');
	expect(plan([late, next], [], [notStopped]).map(({ resolved }) => resolved)).toEqual([true, false]);
});

test('what a person planned with one child takes no look back with another away', () => {
	const pupil = (n: number) => idOf('pupil', ulid(n));
	const three: Case = {
		...theCase,
		pupils: [
			{ pupilId: pupil(1), role: 'victim' },
			{ pupilId: pupil(2), role: 'victim' },
			{ pupilId: pupil(3), role: 'instigator' },
		],
	};
	const decided: StepRecord = {
		...{ type: 'stepRecord', v: 1, id: idOf('stepRecord', ulid(1)), schoolId, caseId, turn: 1, step: 'beslissen' },
		...{ result: 'done', on: date('2026-11-10'), recordedBy: owner, recordedAt: at('2026-11-10T10:00:00') },
	};
	const lookBacks = planReminders({
		...{ cases: [three], records: [decided], calendars },
		followUps: [followUp(1, '2026-11-24'), followUp(2, '2027-01-11')],
	})
		.filter(({ reason }) => reason === 'step')
		.map(({ step, about, because }) => `${step} ${about?.pupilId.slice(-1)} ${because ?? 'open'}`);
	expect(lookBacks.sort()).toEqual([
		'lookBackInstigators 3 open',
		'lookBackLate 1 planned',
		'lookBackLate 2 open',
		'lookBackSoon 1 planned',
		'lookBackSoon 2 open',
	]);
});

test('a follow-up whose case has not arrived is not forgotten', () => {
	const planned = { ...followUp(1, '2026-11-23'), caseId: idOf('case', ulid(99)) };
	expect(plan([planned])).toHaveLength(1);
});

test('what waits longest stands first, what is done stands nowhere', () => {
	const [overdue, now, later, resolved] = [
		followUp(4, '2026-11-02'),
		followUp(3, '2026-11-19'),
		followUp(2, '2027-01-11'),
		followUp(1, '2026-11-19'),
	].map((each) => each);
	const reminders = plan(
		[later, resolved, overdue, now].flatMap((each) => each ?? []),
		resolved ? [outcome(1, resolved, { kind: 'done', stopped: 'yes' }, '2026-11-19T10:00:00')] : [],
	);
	expect(
		dueReminders(reminders, date('2026-11-20')).map(({ state, reminder }) => [state, reminder.followUpId]),
	).toEqual([
		['overdue', overdue?.id],
		['now', now?.id],
		['upcoming', later?.id],
	]);
});

describe('whatever happened, in whatever order it is told', () => {
	const number = fc.integer({ min: 0, max: 9 });
	const day = fc.integer({ min: 20_330, max: 21_000 }).map(dateOfDayNumber);
	const moment = day.map((each) => at(`${each}T10:00:00`));
	const turn = fc.integer({ min: 1, max: 3 });
	const followUps = fc.uniqueArray(
		fc.record({ number, day, turn }).map((each) => followUp(each.number, each.day, each.turn)),
		{ selector: (each) => each.id },
	);
	const results: fc.Arbitrary<FollowUpOutcome['outcome']> = fc.oneof(
		fc.constantFrom('yes', 'partly', 'no').map((stopped) => ({ kind: 'done', stopped }) as const),
		day.map((plannedOn) => ({ kind: 'moved', plannedOn }) as const),
		fc.constantFrom(owner, other).map((ownerId) => ({ kind: 'handedOver', ownerId }) as const),
	);
	const outcomes = fc.array(fc.record({ number, results, moment }), { maxLength: 20 }).map((list) =>
		list.map(({ number: of, results: result, moment: recordedAt }, index) => ({
			...outcome(index, followUp(of, '2026-11-23'), result, '2026-11-23T10:00:00'),
			recordedAt,
		})),
	);
	const verdicts = fc
		.array(fc.record({ turn, moment, word: fc.constantFrom('stopped' as const, 'notStopped' as const) }), {
			maxLength: 6,
		})
		.map((list) =>
			list.map((each, index) => ({
				...verdict(index, each.turn, each.word, '2026-11-23T10:00:00'),
				judgedAt: each.moment,
			})),
		);
	const facts = fc.record({ followUps, outcomes, verdicts });
	const shuffled = <T>(list: T[]) => fc.shuffledSubarray(list, { minLength: list.length });

	test('every follow-up has exactly one reminder, in a window of five school days', () => {
		const days = schoolDaysOf(calendars);
		fc.assert(
			fc.property(facts, (each) => {
				const reminders = plan(each.followUps, each.outcomes, each.verdicts);
				expect(reminders.map(({ followUpId }) => followUpId).sort()).toEqual(each.followUps.map(({ id }) => id).sort());
				expect(new Set(reminders.map(({ id }) => id)).size).toBe(reminders.length);
				for (const reminder of reminders) {
					Reminder.parse(reminder);
					expect(isSchoolDay(days, reminder.from)).toBe(true);
					expect(isSchoolDay(days, reminder.until)).toBe(true);
					expect(schoolDaysBetween(days, reminder.from, reminder.until)).toBe(5);
				}
			}),
		);
	});

	test('a follow-up that nobody answered stays open, one that was done does not', () => {
		fc.assert(
			fc.property(facts, (each) => {
				const done = new Set(
					each.outcomes.filter(({ outcome: { kind } }) => kind === 'done').map(({ followUpId }) => followUpId),
				);
				for (const reminder of plan(each.followUps, each.outcomes)) {
					expect(reminder.resolved).toBe(done.has(reminder.followUpId));
				}
			}),
		);
	});

	test('the order of the facts does not matter, and twice gives the same', () => {
		fc.assert(
			fc.property(
				facts.chain((each) =>
					fc.tuple(
						fc.constant(each),
						fc.record({
							followUps: shuffled(each.followUps),
							outcomes: shuffled(each.outcomes),
							verdicts: shuffled(each.verdicts),
						}),
					),
				),
				([a, b]) => {
					const first = plan(a.followUps, a.outcomes, a.verdicts);
					expect(plan(b.followUps, b.outcomes, b.verdicts)).toEqual(first);
					expect(
						plan([...a.followUps, ...a.followUps], [...a.outcomes, ...a.outcomes], [...a.verdicts, ...a.verdicts]),
					).toEqual(first);
				},
			),
		);
	});

	test('every open reminder is due once, and only once', () => {
		fc.assert(
			fc.property(facts, day, (each, today) => {
				const reminders = plan(each.followUps, each.outcomes, each.verdicts);
				const due = dueReminders(reminders, today);
				expect(due.map(({ reminder }) => reminder.id).sort()).toEqual(
					reminders.filter(({ resolved }) => !resolved).map(({ id }) => id),
				);
			}),
		);
	});
});
