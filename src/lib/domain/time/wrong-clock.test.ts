import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Instant, LocalDateTime } from '#domain/time/local-time.ts';
import { anObservation } from '#tests/factories/school.ts';
import { CLOCK_TOLERANCE_MS, clockError, withRightTimes } from './wrong-clock.ts';

const HOUR = 60 * 60_000;
const NOTED = '2026-03-09T11:14:30.000Z' as Instant;
const SAVED = Date.parse(NOTED) + 400;
const told = (occurredAt: string) => anObservation(1, { notedAt: NOTED, occurredAt: occurredAt as LocalDateTime });

test('a clock that wanders by minutes is let be; one further off is known by how much', () => {
	expect(clockError(1_000_000, 1_000_000 + CLOCK_TOLERANCE_MS)).toBe(0);
	expect(clockError(1_000_000, 1_000_000 - CLOCK_TOLERANCE_MS)).toBe(0);
	expect(clockError(0, 36 * HOUR)).toBe(36 * HOUR);
	expect(clockError(36 * HOUR, 0)).toBe(-36 * HOUR);
});

test('what was told relative to the clock moves along with it', () => {
	const doc = withRightTimes(told('2026-03-09T12:04'), -36 * HOUR, SAVED);
	expect(doc).toMatchObject({ notedAt: '2026-03-07T23:14:30.000Z', occurredAt: '2026-03-08T00:04' });
});

test('"yesterday at lunch" stays the day before', () => {
	expect(withRightTimes(told('2026-03-08T12:15'), 24 * HOUR, SAVED).occurredAt).toBe('2026-03-09T12:15');
});

test('over the change to summer time it stays as long ago on the wall clock', () => {
	expect(withRightTimes(told('2026-03-09T12:04'), 21 * 24 * HOUR, SAVED).occurredAt).toBe('2026-03-30T13:04');
});

test('a date picked by hand stays as it was picked', () => {
	expect(withRightTimes(told('2026-03-02T12:15'), -36 * HOUR, SAVED).occurredAt).toBe('2026-03-02T12:15');
});

test('moments that were not read from the clock at the saving stay', () => {
	const earlier = anObservation(1, { notedAt: '2026-03-09T08:00:00.000Z' as Instant });
	expect(withRightTimes(earlier, 24 * HOUR, SAVED).notedAt).toBe('2026-03-09T08:00:00.000Z');
});

test('moving forth and back is nothing', () => {
	fc.assert(
		fc.property(fc.integer({ min: -36 * 60, max: 36 * 60 }), fc.integer({ min: 0, max: 2000 }), (minutes, ago) => {
			const shift = minutes * 60_000;
			const occurred = new Date(Date.parse('2026-03-09T12:14Z') - ago * 60_000).toISOString().slice(0, 16);
			const doc = told(occurred);
			const there = withRightTimes(doc, shift, SAVED);
			expect(withRightTimes(there, -shift, SAVED + shift)).toEqual(doc);
		}),
	);
});
