import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BASKETS } from '#domain/observation/basket.ts';
import { BEHAVIOUR_IDS } from '#domain/observation/behaviour.ts';
import type { Observation } from '#domain/observation/observation.ts';
import type { LocalDateTime } from '#domain/time/local-time.ts';
import { anId, anObservation } from '#tests/factories/school.ts';
import { inboxItem } from './inbox-items.ts';
import { likelyDoubles } from './likely-doubles.ts';

const other = (n: number, over: Partial<Observation> = {}) =>
	inboxItem(anObservation(n, { reporterId: anId('person', n), ...over }), undefined);
const at = (time: string) => `2026-03-09T${time}` as LocalDateTime;

test('the same children at the same place within the hour are shown, with the reasons', () => {
	const [double, ...rest] = likelyDoubles(other(1), [other(1), other(2, { occurredAt: at('12:20') })]);
	expect(rest).toEqual([]);
	expect(double).toMatchObject({
		observationId: anId('observation', 2),
		likeness: {
			minutesApart: 6,
			samePlace: true,
			sharedInstigators: [anId('pupil', 1)],
			sharedVictims: [anId('pupil', 2)],
			sharedBehaviours: ['pushing'],
			sameReporter: false,
		},
	});
	expect(double?.score).toBeGreaterThan(0.9);
});

test.each([
	['other children', { participants: [{ role: 'instigator' as const, pupilId: anId('pupil', 7) }] }],
	['another hour', { occurredAt: at('14:30') }],
	['another day', { occurredAt: '2026-03-10T12:14' as LocalDateTime }],
	['good behaviour', { basket: 'green' as const }],
])('%s: not a double', (_, over) => {
	expect(likelyDoubles(other(1), [other(2, over)])).toEqual([]);
});

test('a time that was only about right may lie further off', () => {
	const far = { occurredAt: at('13:40') };
	expect(likelyDoubles(other(1), [other(2, far)])).toEqual([]);
	expect(likelyDoubles(other(1), [other(2, { ...far, precision: 'about' })])).toHaveLength(1);
});

test('one reporter telling twice is less likely one event than two reporters', () => {
	const twice = other(2, { reporterId: anId('person', 1), occurredAt: at('12:20') });
	const [same] = likelyDoubles(other(1), [twice]);
	const [two] = likelyDoubles(other(1), [other(2, { occurredAt: at('12:20') })]);
	expect(same?.score ?? 0).toBeLessThan(two?.score ?? 0);
});

const anyObservation = fc
	.record({
		minute: fc.integer({ min: 0, max: 59 }),
		hour: fc.integer({ min: 8, max: 16 }),
		place: fc.integer({ min: 0, max: 3 }),
		pupils: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 4 }),
		behaviours: fc.uniqueArray(fc.constantFrom(...BEHAVIOUR_IDS), { minLength: 1, maxLength: 3 }),
		basket: fc.constantFrom(...BASKETS),
		precision: fc.constantFrom('exact' as const, 'about' as const),
		reporter: fc.integer({ min: 1, max: 3 }),
	})
	.map(({ minute, hour, place, pupils, reporter, ...rest }) => ({
		...rest,
		reporterId: anId('person', reporter),
		occurredAt: at(`${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`),
		placeId: place === 0 ? null : anId('place', place),
		participants: pupils.map((n, index) => ({
			role: index % 2 === 0 ? ('instigator' as const) : ('victim' as const),
			pupilId: anId('pupil', n),
		})),
	}));

test('likeness is mutual, lies between 0 and 1, and always names a shared child', () => {
	fc.assert(
		fc.property(anyObservation, anyObservation, (one, two) => {
			const [a, b] = [inboxItem(anObservation(1, one), undefined), inboxItem(anObservation(2, two), undefined)];
			const [there, back] = [likelyDoubles(a, [b])[0], likelyDoubles(b, [a])[0]];
			expect(there?.score).toBe(back?.score);
			if (!there) return;
			expect(there.score).toBeLessThanOrEqual(1);
			expect(there.likeness.sharedInstigators.length + there.likeness.sharedVictims.length).toBeGreaterThan(0);
		}),
	);
});
