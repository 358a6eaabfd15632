import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { USUAL_DAY } from '#domain/calendar/usual-day.ts';
import { schoolDaysOf } from '#domain/calendar/school-days.ts';
import type { StatusDecision, PupilStatus } from '#domain/status/status-decision.ts';
import type { Instant, LocalDate, LocalDateTime } from '#domain/time/local-time.ts';
import { aCalendar } from '#tests/factories/cases.ts';
import { anId, aPupil } from '#tests/factories/school.ts';
import { homeTime, parentsWaiting } from './parents.ts';
import { proposeRounds } from './propose-rounds.ts';
import { foldRounds, roundDaysBefore } from './round-state.ts';
import { calendarRoundId, RoundSnapshot, type Round, type RoundEntry, type RoundEvent } from './round.ts';
import { roundFigures, standingSnapshots } from './snapshot.ts';
import { progressOf, walkOf } from './walk.ts';

const day = (text: string) => text as LocalDate;
const SCHOOL = anId('school', 1);
const ROUND = anId('round', 1);

function planned(over: Partial<Round> = {}): Round {
	return {
		...{ type: 'round', v: 1, id: ROUND, schoolId: SCHOOL, siteId: null },
		...{ on: day('2026-11-24'), until: day('2026-11-25'), plannedBy: anId('person', 3) },
		plannedAt: '2026-11-02T10:00:00Z' as Instant,
		...over,
	};
}

function entry(n: number, minute: number, what: RoundEvent, roundId = ROUND): RoundEntry {
	return {
		...{ type: 'roundEntry', v: 1, id: anId('roundEntry', n), schoolId: SCHOOL, roundId, what },
		...{ writtenBy: anId('person', 3), writtenAt: `2026-11-24T09:${String(minute).padStart(2, '0')}:00Z` as Instant },
	};
}

const stateOf = (...entries: RoundEntry[]) => {
	const [state] = foldRounds({ calendars: [], rounds: [planned()], entries });
	if (!state) throw new Error('It was planned');
	return state;
};

describe('a round', () => {
	const pupilId = anId('pupil', 1);

	test('the calendar and the coordinator both plan; a round that moved is measured from its new day', () => {
		const calendar = aCalendar();
		const moved = entry(1, 0, { kind: 'moved', on: day('2026-12-01'), until: day('2026-12-02') });
		const facts = { calendars: [calendar], rounds: [planned()], entries: [moved] };
		expect(foldRounds(facts).map(({ id, on }) => [id, on])).toEqual([
			[calendarRoundId(SCHOOL, day('2026-11-02')), '2026-11-02'],
			[ROUND, '2026-12-01'],
		]);
		expect(roundDaysBefore(facts, day('2026-12-01'))).toEqual(['2026-11-02']);
		const cancelled = entry(2, 1, { kind: 'cancelled' });
		expect(roundDaysBefore({ ...facts, entries: [moved, cancelled] }, day('2027-01-01'))).toEqual(['2026-11-02']);
	});

	test('a tap can be taken back, and a second close changes nothing', () => {
		const talked = (n: number, minute: number, done: boolean) => entry(n, minute, { kind: 'talked', pupilId, done });
		expect(stateOf(talked(1, 1, true)).done.has(`talked ${pupilId}`)).toBe(true);
		expect(stateOf(talked(1, 1, true), talked(2, 2, false)).done.size).toBe(0);
		const closed = stateOf(entry(1, 1, { kind: 'closed' }), entry(2, 2, { kind: 'closed' })).closed;
		expect(closed?.at).toBe('2026-11-24T09:01:00Z');
	});

	test('the order in which entries arrive does not matter', () => {
		const events = fc.array(
			fc.tuple(
				fc.integer({ min: 0, max: 3 }),
				fc.constantFrom<RoundEvent>(
					{ kind: 'talked', pupilId, done: true },
					{ kind: 'talked', pupilId, done: false },
					{ kind: 'note', groupId: null, text: 'Besproken' },
					{ kind: 'moved', on: day('2026-12-01'), until: day('2026-12-01') },
					{ kind: 'moved', on: day('2026-12-08'), until: day('2026-12-09') },
					{ kind: 'cancelled' },
					{ kind: 'closed' },
				),
			),
		);
		fc.assert(
			fc.property(events, (drawn) => {
				const entries = drawn.map(([minute, what], n) => entry(n, minute, what));
				expect(stateOf(...entries.toReversed())).toEqual(stateOf(...entries));
			}),
		);
	});
});

describe('the walk', () => {
	const decision = (pupil: number, status: PupilStatus, from: string): StatusDecision => ({
		...{ type: 'statusDecision', v: 1, id: anId('statusDecision', pupil * 100 + Number(from.slice(5, 7))) },
		...{ schoolId: SCHOOL, pupilId: anId('pupil', pupil), status, from: day(from), reason: 'Afgesproken' },
		evidence: {
			...{ until: day(from), reporter: 0, instigator: 9, victim: 0 },
			...{ since: null, instigatorIncrease: null, victimIncrease: null },
		},
		...{ decidedBy: anId('person', 3), decidedAt: `${from}T10:00:00Z` as Instant },
	});
	const pupils = ['Ada', 'Bo', 'Cas', 'Dex', 'Eva'].map((name, n) => aPupil(n + 1, name));
	const decisions = [
		decision(1, 'A1', '2026-11-20'),
		decision(2, 'A2', '2026-10-01'),
		decision(3, 'A0', '2026-11-20'),
		decision(4, 'A1', '2026-10-01'),
		decision(4, 'N', '2026-11-20'),
		decision(5, 'A0', '2026-10-01'),
		decision(5, 'N', '2026-11-20'),
	];
	const facts = {
		...{ pupils, decisions, previous: day('2026-10-07') },
		wentOn: (id: string) => id !== anId('pupil', 4) && id !== anId('pupil', 5),
	};
	const group = anId('group', 6);
	const walk = walkOf([group], { until: day('2026-11-25') }, facts);

	test('talks by name to A1 and A2, with a call or an invitation for their parents', () => {
		expect(walk.stops[0]?.talks).toEqual([
			{ pupilId: anId('pupil', 1), status: 'A1', parents: 'parentsCalled' },
			{ pupilId: anId('pupil', 2), status: 'A2', parents: 'parentsInvited' },
		]);
	});

	test('a pupil who is or was addressed in general is a number, never a name: not even in a compliment', () => {
		expect(walk.inGeneral).toBe(1);
		expect(walk.stops[0]?.compliments).toEqual([anId('pupil', 4)]);
		expect(JSON.stringify(walk)).not.toContain(anId('pupil', 3));
		expect(JSON.stringify(walk)).not.toContain(anId('pupil', 5));
	});

	test('whatever the statuses and whoever stopped: nobody at A0 is named', () => {
		const anyStatus = fc.constantFrom<PupilStatus>('A0', 'A1', 'A2', 'N', 'N+', 'S1', 'SN');
		fc.assert(
			fc.property(
				fc.array(fc.tuple(anyStatus, anyStatus), { minLength: 5, maxLength: 5 }),
				fc.boolean(),
				(all, went) => {
					const drawn = all.flatMap(([before, now], n) => [
						decision(n + 1, before, '2026-10-01'),
						decision(n + 1, now, '2026-11-20'),
					]);
					const made = walkOf(
						[group],
						{ until: day('2026-11-25') },
						{ ...facts, decisions: drawn, wentOn: () => went },
					);
					all.forEach(([before, now], n) => {
						const inGeneral = now === 'A0' || (before === 'A0' && !['A1', 'A2'].includes(now));
						if (inGeneral) expect(JSON.stringify(made)).not.toContain(anId('pupil', n + 1));
					});
				},
			),
		);
	});

	test('a stop is done when its talks, calls, compliments and the visit are', () => {
		const talked = entry(1, 1, { kind: 'talked', pupilId: anId('pupil', 1), done: true });
		const called = entry(2, 2, { kind: 'parentsCalled', pupilId: anId('pupil', 1), done: true });
		const [stop] = walk.stops;
		if (!stop) throw new Error('There is one group');
		expect(progressOf(stop, stateOf(talked, called))).toEqual({ done: 2, of: 6 });
	});

	describe('the parents', () => {
		const calendars = [aCalendar({ dayParts: [...USUAL_DAY] })];
		const talked = (n: number, minute: number) =>
			entry(n, minute, { kind: 'talked', pupilId: anId('pupil', n), done: true });
		const waitingAt = (now: string, ...entries: RoundEntry[]) =>
			parentsWaiting(stateOf(...entries), pupils, decisions, {
				...{ now: now as LocalDateTime, zone: 'Europe/Amsterdam', calendars },
			});

		test('whose parents do not know yet is said until they do, with a call for A1 and an invitation for A2', () => {
			expect(waitingAt('2026-11-24T11:00', talked(2, 1), talked(1, 5))).toEqual([
				{ pupilId: anId('pupil', 2), task: 'parentsInvited', isLate: false },
				{ pupilId: anId('pupil', 1), task: 'parentsCalled', isLate: false },
			]);
			const invited = entry(3, 9, { kind: 'parentsInvited', pupilId: anId('pupil', 2), done: true });
			expect(waitingAt('2026-11-24T11:00', talked(2, 1), invited)).toEqual([]);
			const takenBack = entry(4, 10, { kind: 'parentsInvited', pupilId: anId('pupil', 2), done: false });
			expect(waitingAt('2026-11-24T11:00', talked(2, 1), invited, takenBack)).toHaveLength(1);
		});

		test('late is from the minute in which that pupil goes home, and every day after', () => {
			expect(homeTime(calendars, day('2026-11-24'))).toBe('14:15');
			const isLate = (now: string) => waitingAt(now, talked(1, 1)).map((each) => each.isLate);
			expect(isLate('2026-11-24T14:14')).toEqual([false]);
			expect(isLate('2026-11-24T14:15')).toEqual([true]);
			expect(isLate('2026-11-25T08:00')).toEqual([true]);
		});

		test('a calendar that does not say when school is out makes it late the next day', () => {
			expect(homeTime([aCalendar()], day('2026-11-24'))).toBeNull();
			expect(homeTime([], day('2026-11-24'))).toBeNull();
			const waiting = (now: string) =>
				parentsWaiting(stateOf(talked(1, 1)), pupils, decisions, {
					...{ now: now as LocalDateTime, zone: 'Europe/Amsterdam', calendars: [] },
				});
			expect(waiting('2026-11-24T23:59')[0]?.isLate).toBe(false);
			expect(waiting('2026-11-25T00:00')[0]?.isLate).toBe(true);
		});

		test('nobody at A0 is waited for, whatever was ticked', () => {
			expect(waitingAt('2026-11-24T11:00', talked(3, 1))).toEqual([]);
		});
	});
});

describe('snapshots', () => {
	const snapshot = (n: number, site: number, minute: number, incidents: number): RoundSnapshot => ({
		...{ type: 'roundSnapshot', v: 1, id: anId('roundSnapshot', n), schoolId: SCHOOL, roundId: ROUND },
		...{ siteId: anId('site', site), on: day('2026-11-24'), since: day('2026-10-06'), incidents },
		...{ incidentsSince: incidents / 2, schoolDaysSince: 20, structural: 1 },
		statuses: { A0: 1, A1: 2, A2: 0, N: 1, 'N+': 0, S1: 0, S2: 0, SN: 0 },
		...{ madeBy: anId('person', 3), madeAt: `2026-11-26T09:0${minute}:00Z` as Instant },
	});

	test('the first one made counts, and sites add up', () => {
		const all = [snapshot(2, 1, 5, 98), snapshot(1, 1, 2, 10), snapshot(3, 2, 3, 30)];
		expect(all.map((each) => RoundSnapshot.safeParse(each).success)).toEqual([true, true, true]);
		expect(standingSnapshots(all).map(({ id }) => id)).toEqual([anId('roundSnapshot', 1), anId('roundSnapshot', 3)]);
		expect(roundFigures(all)).toMatchObject([{ incidents: 40, incidentsSince: 20, perSchoolDay: 1, structural: 2 }]);
		expect(roundFigures(all)[0]?.statuses.A1).toBe(4);
	});
});

test('rounds are proposed six to eight times a year, on days with school', () => {
	const days = schoolDaysOf([aCalendar()]);
	const proposed = proposeRounds(days, day('2026-08-30'), day('2027-07-09'));
	expect(proposed.length).toBeGreaterThanOrEqual(6);
	expect(proposed.length).toBeLessThanOrEqual(8);
	expect(proposed.every((each) => days.isOpen(Math.floor(Date.parse(each) / 86_400_000)))).toBe(true);
});
