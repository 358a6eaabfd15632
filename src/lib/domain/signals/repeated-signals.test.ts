import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateOfDayNumber, dayNumber, type Instant, type LocalDate } from '#domain/time/local-time.ts';
import { aSignal, aSignalReview } from '#tests/factories/signals.ts';
import { anId } from '#tests/factories/school.ts';
import { repeatedSignals } from './repeated-signals.ts';

const TODAY = '2026-11-20' as LocalDate;
const daysAgo = (days: number) => dateOfDayNumber(dayNumber(TODAY) - days);
const pupilsIn = (list: ReturnType<typeof repeatedSignals>) => list.map(({ pupilId }) => pupilId);

test('one signal is told to nobody; the second about the same pupil is', () => {
	const first = aSignal(1);
	expect(repeatedSignals([first, aSignal(2, { pupilId: anId('pupil', 3) })], [], TODAY)).toEqual([]);
	const [found] = repeatedSignals([first, aSignal(2, { on: daysAgo(1) })], [], TODAY);
	expect(found).toMatchObject({ pupilId: anId('pupil', 2), waits: true, review: null });
	expect(found?.signals.map(({ id }) => id)).toEqual([anId('signal', 1), anId('signal', 2)]);
});

test('what was noted a year ago counts no more', () => {
	const signals = [aSignal(1, { on: daysAgo(365) }), aSignal(2, { on: daysAgo(364) }), aSignal(3)];
	expect(repeatedSignals(signals.slice(0, 2), [], TODAY)).toEqual([]);
	expect(repeatedSignals(signals, [], TODAY)[0]?.signals).toHaveLength(2);
});

test('who looked is not asked again until another one comes, also one that was noted before and arrives after', () => {
	const [a, b, late] = [aSignal(1), aSignal(2), aSignal(3, { on: daysAgo(30) })];
	const review = aSignalReview(1, [a, b]);
	expect(repeatedSignals([a, b], [review], TODAY)).toMatchObject([{ waits: false, review }]);
	expect(repeatedSignals([a, b, late], [review], TODAY)).toMatchObject([{ waits: true, review }]);
});

describe('whatever was noted, by whomever, in whatever order', () => {
	const number = fc.integer({ min: 1, max: 9 });
	const signal = fc
		.record({ number, pupil: fc.integer({ min: 1, max: 3 }), ago: fc.integer({ min: 0, max: 500 }) })
		.map((each) => aSignal(each.number, { pupilId: anId('pupil', each.pupil), on: daysAgo(each.ago) }));
	const signals = fc.uniqueArray(signal, { selector: ({ id }) => id, maxLength: 9 });
	const review = (noted: readonly ReturnType<typeof aSignal>[]) =>
		fc
			.record({ number, seen: fc.subarray([...noted], { minLength: Math.min(1, noted.length) }), minute: number })
			.filter(({ seen }) => seen.length > 0)
			.map(({ number, seen, minute }) =>
				aSignalReview(number, seen, { reviewedAt: `2026-11-20T10:0${minute}:00.000Z` as Instant }),
			);
	const world = signals.chain((noted) =>
		fc.record({
			noted: fc.constant(noted),
			reviews:
				noted.length === 0
					? fc.constant([])
					: fc.uniqueArray(review(noted), { selector: ({ id }) => id, maxLength: 4 }),
		}),
	);

	test('the order makes no difference, nor does the same one twice', () => {
		fc.assert(
			fc.property(world, ({ noted, reviews }) => {
				const once = repeatedSignals(noted, reviews, TODAY);
				expect(repeatedSignals([...noted].reverse(), [...reviews].reverse(), TODAY)).toEqual(once);
				expect(repeatedSignals([...noted, ...noted], reviews, TODAY)).toEqual(once);
			}),
		);
	});

	test('each pupil with two or more of this year is in it once, with all of them', () => {
		fc.assert(
			fc.property(world, ({ noted, reviews }) => {
				const found = repeatedSignals(noted, reviews, TODAY);
				const recent = noted.filter(({ on }) => on > daysAgo(365));
				const counts = new Map<string, number>();
				for (const { pupilId } of recent) counts.set(pupilId, (counts.get(pupilId) ?? 0) + 1);
				const expected = [...counts].filter(([, count]) => count >= 2);
				expect(new Map(found.map(({ pupilId, signals }) => [pupilId as string, signals.length]))).toEqual(
					new Map(expected),
				);
				expect(new Set(pupilsIn(found)).size).toBe(found.length);
			}),
		);
	});

	test('one more signal about a pupil in it always asks again, and one about another changes nothing for this one', () => {
		fc.assert(
			fc.property(world, fc.integer({ min: 1, max: 3 }), ({ noted, reviews }, pupil) => {
				const before = repeatedSignals(noted, reviews, TODAY);
				const after = repeatedSignals([...noted, aSignal(99, { pupilId: anId('pupil', pupil) })], reviews, TODAY);
				for (const each of before) {
					const now = after.find(({ pupilId }) => pupilId === each.pupilId);
					if (each.pupilId === anId('pupil', pupil)) expect(now?.waits).toBe(true);
					else expect(now).toEqual(each);
				}
			}),
		);
	});
});
