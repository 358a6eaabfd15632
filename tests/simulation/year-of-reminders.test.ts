import { expect, test } from 'vitest';
import { playYear } from './year-of-reminders.ts';

test.each([1, 2])('through a year every reminder is told exactly once, inside its window, on a school day', (seed) => {
	const report = playYear({ days: 365, cases: 25, seed });
	expect(report.broken).toEqual([]);
	expect(report.told).toBeGreaterThan(100);
	expect(report.escalated).toBeGreaterThan(0);
});
