import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MS_PER_DAY, MS_PER_HOUR } from '#domain/time/local-time.ts';
import { leaseAt, leaseMsFor } from './lease.ts';

const SINCE = Date.parse('2026-03-06T11:00:00.000Z');
const WEEK = leaseMsFor(['teacher']);
const at = (after: number, furthestAfter = 0) =>
	leaseAt({ since: SINCE, furthest: SINCE + furthestAfter }, SINCE + after, WEEK).kind;

test('a week, for the playground three days; who also teaches has a week', () => {
	expect(leaseMsFor(['supervisor'])).toBe(3 * MS_PER_DAY);
	expect(leaseMsFor(['supervisor', 'teacher'])).toBe(7 * MS_PER_DAY);
	expect(leaseMsFor(['coordinator'])).toBe(7 * MS_PER_DAY);
});

test('it holds, says a day before that it will end, and ends', () => {
	expect([at(0), at(6 * MS_PER_DAY - 1), at(6 * MS_PER_DAY), at(WEEK - 1), at(WEEK)]).toEqual([
		...['holds', 'holds', 'endsSoon', 'endsSoon', 'over'],
	]);
	expect(leaseAt({ since: SINCE, furthest: SINCE }, SINCE + 6 * MS_PER_DAY, WEEK)).toEqual({
		...{ kind: 'endsSoon', endsAt: SINCE + WEEK },
	});
});

test('a Friday afternoon phone still works on Monday morning', () => {
	const before = Date.parse('2026-03-06T14:00:00.000Z');
	const after = Date.parse('2026-03-09T09:30:00.000Z');
	expect(leaseAt({ since: before, furthest: before }, after, leaseMsFor(['supervisor'])).kind).toBe('endsSoon');
});

test('a clock that is moved back wins no time, and one that is an hour behind is no crime', () => {
	expect(at(2 * MS_PER_DAY, WEEK)).toBe('over');
	expect(at(-3 * MS_PER_DAY)).toBe('over');
	expect(at(-MS_PER_HOUR)).toBe('holds');
});

test('once it is over, no clock brings it back but a contact', () => {
	const moment = fc.integer({ min: 0, max: 40 * MS_PER_DAY });
	fc.assert(
		fc.property(fc.array(moment, { minLength: 1, maxLength: 12 }), (clock) => {
			let furthest = SINCE;
			let wasOver = false;
			for (const after of clock) {
				const now = SINCE + after;
				furthest = Math.max(furthest, now);
				const isOver = leaseAt({ since: SINCE, furthest }, now, WEEK).kind === 'over';
				expect(isOver).toBe(wasOver || after >= WEEK);
				wasOver = isOver;
			}
			expect(leaseAt({ since: furthest, furthest }, furthest, WEEK).kind).toBe('holds');
		}),
	);
});
