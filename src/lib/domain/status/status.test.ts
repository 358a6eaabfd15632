import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anId } from '#tests/factories/school.ts';
import type { AnalysisResult, Counter } from '#domain/analysis/result.ts';
import type { Instant, LocalDate } from '#domain/time/local-time.ts';
import { historyOf, standingsOn } from './standing.ts';
import { PupilStatus, type StatusDecision } from './status-decision.ts';
import { suggestStatuses } from './suggest-status.ts';
import { warningsFor } from './thresholds.ts';

const day = (text: string) => text as LocalDate;

function decision(n: number, status: PupilStatus, from: string, pupil = 1): StatusDecision {
	return {
		...{ type: 'statusDecision', v: 1, id: anId('statusDecision', n), schoolId: anId('school', 1) },
		...{ pupilId: anId('pupil', pupil), status, from: day(from), reason: 'Afgesproken met het team' },
		evidence: {
			...{ until: day(from), reporter: 1, instigator: 19, victim: 0 },
			...{ since: null, instigatorIncrease: null, victimIncrease: null },
		},
		decidedBy: anId('person', 1),
		decidedAt: `${from}T14:00:00Z` as Instant,
	};
}

describe('standing', () => {
	test('the latest decision of each track holds from its day on', () => {
		const decisions = [
			decision(1, 'A1', '2026-04-10'),
			decision(2, 'S1', '2026-05-01'),
			decision(3, 'N', '2026-06-01'),
		];
		const standing = (on: string) => {
			const { instigator, victim } = standingsOn(decisions, day(on)).get(anId('pupil', 1)) ?? {};
			return [instigator?.status, victim?.status];
		};
		expect(standing('2026-04-09')).toEqual([undefined, undefined]);
		expect(standing('2026-04-10')).toEqual(['A1', undefined]);
		expect(standing('2026-07-01')).toEqual(['N', 'S1']);
		expect(historyOf(decisions, anId('pupil', 1)).map(({ status }) => status)).toEqual(['N', 'S1', 'A1']);
	});

	test('the order in which decisions arrive does not matter', () => {
		const decisions = fc.array(
			fc.record({
				status: fc.constantFrom(...PupilStatus.options),
				on: fc.integer({ min: 1, max: 9 }),
				pupil: fc.integer({ min: 1, max: 3 }),
			}),
		);
		fc.assert(
			fc.property(decisions, fc.integer({ min: 1, max: 9 }), (drawn, on) => {
				const all = drawn.map(({ status, on: from, pupil }, n) => decision(n + 1, status, `2026-04-0${from}`, pupil));
				const until = day(`2026-04-0${on}`);
				expect(new Map(standingsOn(all.toReversed(), until))).toEqual(new Map(standingsOn(all, until)));
			}),
		);
	});
});

describe('suggestions', () => {
	const since = day('2026-04-10');

	function resultWith(counter: Partial<Counter>, isStructural: boolean): AnalysisResult {
		const pupilId = anId('pupil', 1);
		return {
			period: { since },
			counters: [{ pupilId, groupId: null, reporter: 1, instigator: 0, victim: 0, change: null, ...counter }],
			structural: { pupils: isStructural ? [{ pupilId, weeks: 3, victims: 4 }] : [] },
		} as unknown as AnalysisResult;
	}
	const increased = (instigator: number, increase: number) => ({
		instigator,
		change: { reporter: 0, instigator: increase, victim: 0 },
	});
	const suggest = (counter: Partial<Counter>, isStructural: boolean, ...before: StatusDecision[]) =>
		suggestStatuses(resultWith(counter, isStructural), standingsOn(before, day('2026-05-22')));

	test('who keeps coming back is proposed by name, with the evidence: 19 → 23, 3 weeks, 4 victims', () => {
		expect(suggest(increased(23, 4), true)).toEqual([
			{
				...{ pupilId: anId('pupil', 1), now: null, status: 'A1', before: 19, count: 23, increase: 4, since },
				because: { kind: 'keepsComingBack', weeks: 3, victims: 4 },
			},
		]);
		expect(suggest(increased(5, 3), false)).toMatchObject([{ status: 'A0', because: { kind: 'moreSinceRound' } }]);
		expect(suggest(increased(5, 2), false)).toEqual([]);
	});

	test('who was spoken to and had no new ones has stopped; who went on needs help', () => {
		const spokenTo = decision(1, 'A1', '2026-04-10');
		expect(suggest(increased(23, 0), true, spokenTo)).toMatchObject([
			{ now: 'A1', status: 'N', because: { kind: 'stopped' } },
		]);
		expect(suggest(increased(27, 4), true, spokenTo)).toMatchObject([{ status: 'A2', because: { kind: 'wentOn' } }]);
		expect(suggest(increased(24, 1), false, decision(2, 'N', '2026-04-01'))).toMatchObject([
			{ status: 'N+', because: { kind: 'cameBack' } },
		]);
	});

	test('who fell out of the 365 days altogether has stopped too', () => {
		const result = { ...resultWith({}, false), counters: [] };
		expect(suggestStatuses(result, standingsOn([decision(1, 'A2', '2026-04-01')], day('2026-05-22')))).toMatchObject([
			{ now: 'A2', status: 'N', count: 0 },
		]);
	});

	test('a victim is helped, helped more, and no more a victim', () => {
		const hurt = (victim: number, increase: number) => ({
			victim,
			change: { reporter: 0, instigator: 0, victim: increase },
		});
		expect(suggest(hurt(4, 1), false)).toMatchObject([{ status: 'S1', because: { kind: 'victimOften' } }]);
		expect(suggest(hurt(3, 1), false)).toEqual([]);
		expect(suggest(hurt(6, 2), false, decision(1, 'S1', '2026-04-01'))).toMatchObject([{ status: 'S2' }]);
		expect(suggest(hurt(6, 0), false, decision(1, 'S2', '2026-04-01'))).toMatchObject([{ status: 'SN' }]);
	});

	test('a status of after the round has had no time, and without a round there is nothing to go by', () => {
		expect(suggest(increased(23, 0), true, decision(1, 'A1', '2026-04-11'))).toEqual([]);
		const result = resultWith(increased(23, 4), true);
		expect(suggestStatuses({ ...result, period: { ...result.period, since: null } }, new Map())).toEqual([]);
	});
});

describe('thresholds', () => {
	const counters = [3, 4, 5, 6].map((instigator, n): Counter => ({
		...{ pupilId: anId('pupil', n), groupId: null, reporter: 0, instigator, victim: 0, change: null },
	}));
	const rule = { before: 1, at: 5 };

	test('it warns once before and once at the count', () => {
		expect(warningsFor(counters, rule, new Map()).map(({ kind, count }) => [kind, count])).toEqual([
			['near', 4],
			['reached', 5],
			['reached', 6],
		]);
	});

	test('it says nothing again until the count has risen', () => {
		const said = new Map(warningsFor(counters, rule, new Map()).map(({ pupilId, count }) => [pupilId, count]));
		expect(warningsFor(counters, rule, said)).toEqual([]);
		const risen = counters.map((counter) => ({ ...counter, instigator: counter.instigator + 1 }));
		expect(warningsFor(risen, rule, said)).toHaveLength(4);
	});
});
