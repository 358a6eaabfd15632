import { expect, test } from 'vitest';
import type { AnalysisResult, Counter } from '#domain/analysis/result.ts';
import type { LocalDate } from '#domain/time/local-time.ts';
import { anId } from '#tests/factories/school.ts';
import { attentionBy } from './attention.ts';

function counter(n: number, instigator: number, increase: number): Counter {
	const change = { reporter: 0, instigator: increase, victim: 0 };
	return { pupilId: anId('pupil', n), groupId: anId('group', 6), reporter: 0, instigator, victim: 0, change };
}

function result(counters: readonly Counter[], since: string | null = '2026-10-06') {
	const period = { until: '2026-11-21' as LocalDate, since: since as LocalDate | null };
	return { counters, period } as unknown as AnalysisResult;
}

test('the example pupil: 19 before and 4 more is not more than the own course; 4 before and 12 more is', () => {
	const [steady, risen] = [counter(1, 23, 4), counter(2, 16, 12)];
	expect(attentionBy('instigator', result([steady, risen])).map(({ increase, course }) => [increase, course])).toEqual([
		[12, 'risen'],
		[4, 'asBefore'],
	]);
});

test('two new ones can be chance, and one after fifty is fewer than before', () => {
	const courses = attentionBy('instigator', result([counter(1, 51, 1), counter(2, 5, 2)])).map(({ course }) => course);
	expect(courses).toEqual(['fewer', 'maybeChance']);
});

test('often before and none since is worth a compliment; seldom before and none since is no news', () => {
	const courses = attentionBy('instigator', result([counter(1, 23, 0), counter(2, 1, 0)])).map(({ course }) => course);
	expect(courses).toEqual(['none', 'quiet']);
});

test('who was never in that role is not listed, and without a day to compare nothing is said', () => {
	expect(attentionBy('victim', result([counter(1, 5, 1)]))).toEqual([]);
	const plain = { ...counter(1, 5, 0), change: null };
	expect(attentionBy('instigator', result([plain], null))).toMatchObject([{ increase: null, course: 'quiet' }]);
});
