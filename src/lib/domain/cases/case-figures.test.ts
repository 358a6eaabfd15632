import { expect, test } from 'vitest';
import { schoolDaysOf } from '#domain/calendar/school-days.ts';
import { idOf, type PupilId } from '#domain/id.ts';
import type { Incident } from '#domain/incident/incidents.ts';
import { LocalDate, LocalDateTime } from '#domain/time/local-time.ts';
import { caseFigures } from './case-figures.ts';

const ulid = (number: number) => String(number).padStart(26, '0');
const noor = idOf('pupil', ulid(1));
const days = schoolDaysOf([]);
const date = (text: string) => LocalDate.parse(text);

function incident(on: string, pupilId: PupilId = noor, over: Partial<Incident> = {}): Incident {
	return {
		id: idOf('incident', ulid(1)),
		observationIds: [],
		occurredAt: LocalDateTime.parse(`${on}T12:00`),
		placeId: null,
		outsideSchool: false,
		digital: false,
		participants: [{ role: 'victim', pupilId }],
		victimGroupId: null,
		behaviours: ['pushing'],
		forms: [],
		basket: 'orange',
		aggressionFunction: null,
		toldBy: [],
		processed: true,
		...over,
	};
}

const period = (start: string, today: string) => ({ start: date(start), today: date(today), days });

test('ten school days after the start are held against the ten before it', () => {
	const incidents = ['2026-10-23', '2026-10-26', '2026-11-06', '2026-11-09', '2026-11-20'].map((on) => incident(on));
	expect(caseFigures({ pupilId: noor, role: 'victim' }, incidents, period('2026-11-09', '2026-11-20'))).toEqual({
		schoolDays: 10,
		before: 2,
		now: 2,
		sinceStart: 2,
		atStart: { count: 3, schoolDays: 20 },
		tooSoon: false,
		small: true,
	});
});

test('after a long while the last twenty school days are held against the twenty before the start', () => {
	const incidents = ['2026-09-07', '2026-09-09', '2026-09-10', '2026-11-02', '2026-11-30', '2026-12-01'].map((on) =>
		incident(on),
	);
	expect(caseFigures({ pupilId: noor, role: 'victim' }, incidents, period('2026-09-14', '2026-12-04'))).toEqual({
		schoolDays: 20,
		before: 3,
		now: 2,
		sinceStart: 3,
		atStart: { count: 3, schoolDays: 20 },
		tooSoon: false,
		small: true,
	});
});

test('only incidents in the role of the case count, and good ones never', () => {
	const asInstigator = incident('2026-11-10', noor, { participants: [{ role: 'instigator', pupilId: noor }] });
	const good = incident('2026-11-10', noor, { basket: 'green' });
	const another = incident('2026-11-10', idOf('pupil', ulid(2)));
	const figures = caseFigures(
		{ pupilId: noor, role: 'victim' },
		[asInstigator, good, another],
		period('2026-11-09', '2026-11-20'),
	);
	expect(figures).toMatchObject({ before: 0, now: 0, sinceStart: 0 });
});

test('on the day it starts, one day is held against one day', () => {
	const incidents = [incident('2026-11-06'), incident('2026-11-09')];
	expect(caseFigures({ pupilId: noor, role: 'victim' }, incidents, period('2026-11-09', '2026-11-09'))).toMatchObject({
		schoolDays: 1,
		before: 1,
		now: 1,
		tooSoon: true,
	});
});
