import { expect, test } from 'vitest';
import { anId, anObservation, aPlace } from '#tests/factories/school.ts';
import type { Observation } from '#domain/observation/observation.ts';
import type { LocalDate, LocalDateTime } from '#domain/time/local-time.ts';
import { analyse } from './analyse.ts';

const EMPTY = {
	groups: [],
	pupils: [],
	processings: [],
	withdrawals: [],
	places: [aPlace(1, 'plein'), aPlace(2, 'hal')],
};
const until = '2026-11-19' as LocalDate;

let number = 0;
function several(count: number, date: string, time: string, place: number, over: Partial<Observation> = {}) {
	return Array.from({ length: count }, () =>
		anObservation(++number, { occurredAt: `${date}T${time}` as LocalDateTime, placeId: anId('place', place), ...over }),
	);
}

test('the hour at a place that had the most more than usual is told, with what, when and who', () => {
	const calm = ['2026-02-03', '2026-03-03', '2026-04-07', '2026-06-02'].flatMap((date) => [
		...several(3, date, '10:20', 1),
		...several(1, date, '12:30', 2),
	]);
	const lately = [
		...several(12, '2026-11-10', '12:30', 2, { behaviours: ['nameCalling'] }),
		...several(6, '2026-11-03', '10:20', 1),
	];
	const { precision } = analyse({ ...EMPTY, observations: [...calm, ...lately], until });
	expect(precision).toMatchObject({
		recent: { from: '2026-10-09', until: '2026-11-19' },
		usual: { from: '2025-11-20', until: '2026-10-08' },
		...{ placeId: anId('place', 2), hour: 12, incidents: 12, usualIncidents: 4, looks: 2, couldBeChance: false },
		...{ behaviour: 'nameCalling', behaviourIncidents: 12, weekday: 2, weekdayIncidents: 12 },
		instigatorIds: [anId('pupil', 1)],
	});
});

test('what came after the round is lately; as often as before could be chance', () => {
	const days = [
		...['2026-01-13', '2026-02-10', '2026-03-10', '2026-04-14', '2026-05-12', '2026-06-09', '2026-06-23'],
		...['2026-09-15', '2026-11-10'],
	];
	const observations = days.flatMap((date) => several(5, date, '12:30', 1));
	const since = '2026-09-01' as LocalDate;
	const { precision } = analyse({ ...EMPTY, observations, until, since });
	expect(precision).toMatchObject({ recent: { from: '2026-09-02' }, incidents: 10, usualIncidents: 35, looks: 1 });
	expect(precision?.couldBeChance).toBe(true);
});

test('four in one hour are too few to compare, a place that is not known is none', () => {
	const few = several(4, '2026-11-10', '12:30', 1);
	const nowhere = several(9, '2026-11-10', '12:30', 1, { placeId: null });
	expect(analyse({ ...EMPTY, observations: [...few, ...nowhere], until }).precision).toBeNull();
});

test('without time to compare with there is nothing to tell', () => {
	const observations = several(9, '2026-11-10', '12:30', 1);
	const since = '2025-11-01' as LocalDate;
	expect(analyse({ ...EMPTY, observations, until, since }).precision).toBeNull();
});
