import { expect, test } from 'vitest';
import { anId, anObservation } from '#tests/factories/school.ts';
import { buildColumns } from '#domain/analysis/columns.ts';
import type { Observation } from '#domain/observation/observation.ts';
import type { Instant, LocalDate, LocalDateTime, LocalTime } from '#domain/time/local-time.ts';
import { measureEffect } from './measure-effect.ts';
import type { Measure } from './measure.ts';

const day = (text: string) => text as LocalDate;

const measure: Measure = {
	...{ type: 'measure', v: 1, id: anId('measure', 1), schoolId: anId('school', 1), kinds: ['risk', 'opportunity'] },
	...{ pupilIds: [], groupId: null, placeId: anId('place', 1), text: 'Extra pleinwacht', because: '12 incidenten' },
	hours: { from: '12:00' as LocalTime, until: '12:45' as LocalTime },
	...{ from: day('2026-11-02'), until: day('2026-11-13'), watchedBy: anId('person', 2), decidedBy: anId('person', 1) },
	decidedAt: '2026-10-30T12:00:00Z' as Instant,
};

let number = 0;
const at = (moment: string, over: Partial<Observation> = {}) =>
	anObservation(++number, { occurredAt: moment as LocalDateTime, placeId: anId('place', 1), ...over });

function effectOf(observations: readonly Observation[], change: Partial<Measure> = {}, today = '2026-12-01') {
	const facts = { groups: [], pupils: [], places: [], processings: [], withdrawals: [], observations };
	return measureEffect(buildColumns(facts), { ...measure, ...change }, day(today));
}

test('it counts the time of the measure beside as long before, at its place and in its hours only', () => {
	const observations = [
		...['2026-10-20T12:14', '2026-10-21T12:00', '2026-10-22T12:44', '2026-11-03T12:14'].map((moment) => at(moment)),
		...[at('2026-11-03T12:45'), at('2026-11-04T12:14', { placeId: anId('place', 2) }), at('2026-11-14T12:14')],
	];
	expect(effectOf(observations)).toMatchObject({
		before: { from: '2026-10-21', until: '2026-11-01', incidents: 2 },
		after: { from: '2026-11-02', until: '2026-11-13', incidents: 1 },
		couldBeChance: true,
	});
});

test('of pupils it counts what they did, not what was done to them', () => {
	const observations = [
		at('2026-11-03T12:14'),
		at('2026-11-04T12:14', { participants: [{ role: 'victim', pupilId: anId('pupil', 1) }] }),
	];
	expect(effectOf(observations, { pupilIds: [anId('pupil', 1)] })?.after.incidents).toBe(1);
	expect(effectOf(observations, { pupilIds: [anId('pupil', 7)] })?.after.incidents).toBe(0);
});

test('while it lasts it is compared with as long as it lasts; before it began there is nothing to compare', () => {
	expect(effectOf([], {}, '2026-11-04')?.after).toMatchObject({ until: '2026-11-04' });
	expect(effectOf([], {}, '2026-11-01')).toBeNull();
});
