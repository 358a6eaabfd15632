import { expect, test } from 'vitest';
import { MS_PER_HOUR } from '#domain/time/local-time.ts';
import { anId } from '#tests/factories/school.ts';
import { breachClock } from './breach.ts';

const NOTICED = Date.parse('2026-03-06T11:00:00.000Z');
const UNTIL = NOTICED + 72 * MS_PER_HOUR;
const clock = (after: number) => breachClock({ noticedAt: NOTICED, decision: null }, NOTICED + after);

test('72 hours run from when it was noticed, weekends included', () => {
	expect(clock(0)).toEqual({ kind: 'running', hours: 72, until: UNTIL });
	expect(clock(71.5 * MS_PER_HOUR)).toEqual({ kind: 'running', hours: 0, until: UNTIL });
	expect(clock(72 * MS_PER_HOUR)).toEqual({ kind: 'late', until: UNTIL });
});

test('a clock that is behind does not give more time than there is', () => {
	expect(clock(-5 * MS_PER_HOUR)).toEqual({ kind: 'running', hours: 72, until: UNTIL });
});

test('once it is decided no clock runs', () => {
	const decision = {
		outcome: 'notReported',
		reason: 'sealed',
		decidedAt: NOTICED,
		decidedBy: anId('person', 3),
	} as const;
	expect(breachClock({ noticedAt: NOTICED, decision }, UNTIL)).toEqual({ kind: 'decided' });
});
