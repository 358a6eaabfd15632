import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyse } from '#domain/analysis/analyse.ts';
import { randomDay, randomFacts } from '#tests/factories/random-facts.ts';
import { SMALLEST_SHOWN } from '#domain/retention/shown-counts.ts';
import { yearReport } from './year-report.ts';

test('whatever happened, no count under five is in the report, nor a pupil', () => {
	fc.assert(
		fc.property(randomFacts, randomDay, (facts, until) => {
			const report = yearReport(analyse({ ...facts, until }));
			const counts = [report.incidents, report.good, report.structuralPupils];
			for (const count of counts) if (count) expect(count).toBeGreaterThanOrEqual(SMALLEST_SHOWN);
			for (const { cells, rest } of [report.places, report.forms, report.behaviours, report.baskets]) {
				for (const { count } of cells) expect(count).toBeGreaterThanOrEqual(SMALLEST_SHOWN);
				if (rest) expect(rest).toBeGreaterThanOrEqual(SMALLEST_SHOWN);
			}
			expect(JSON.stringify(report)).not.toContain('pup_');
			if (report.incidents === null) expect(report.perSchoolDay).toBeNull();
		}),
		{ numRuns: 100 },
	);
});
