import { expect, test } from 'vitest';
import { foldIncidents } from '#domain/incident/incidents.ts';
import { incidentIdFor } from '#domain/id.ts';
import type { LocalDate, LocalDateTime } from '#domain/time/local-time.ts';
import { CaseWalk } from '#tests/factories/case-walk.ts';
import { anId, anObservation } from '#tests/factories/school.ts';
import { aCase } from '#tests/factories/cases.ts';
import { agreementsOf, incidentsInCase, judgementsOf, talksOf } from './case-file.ts';

const plan = (text: string) => [{ field: 'forVictim', value: [{ text }] }];
const period = { from: '2026-11-09' as LocalDate, until: '2026-12-31' as LocalDate };
const at = (n: number, on: string, over = {}) =>
	anObservation(n, { occurredAt: `${on}T12:00` as LocalDateTime, ...over });

test('agreements are those of each turn, the last words of it; judgements and talks stand in order', () => {
	const run = new CaseWalk('fiveB')
		.take('bekijken', { on: '2026-11-10' })
		.take('beslissen', { on: '2026-11-11', answers: plan('Naast Milan') })
		.take('beslissen', { on: '2026-11-12', answers: plan('Naast Yara') })
		.take('beoordelen', { on: '2026-11-30', outcome: 'notStopped' })
		.take('beslissen', { on: '2026-12-01', answers: plan('Elke dag even vragen') })
		.take('lookBackSoon', { on: '2026-12-15', pupil: 2 })
		.take('beoordelen', { on: '2026-12-16', outcome: 'stopped' })
		.run();
	expect(agreementsOf(run)).toEqual([
		{ turn: 1, level: 'victim', lines: [{ text: 'Naast Yara' }] },
		{ turn: 2, level: 'victim', lines: [{ text: 'Elke dag even vragen' }] },
	]);
	expect(judgementsOf(run).map(({ turn, outcome }) => [turn, outcome])).toEqual([
		[1, 'notStopped'],
		[2, 'stopped'],
	]);
	expect(talksOf(run).map(({ step, on }) => [on, step])).toEqual([
		['2026-11-10', 'bekijken'],
		['2026-12-15', 'lookBackSoon'],
	]);
});

test('a step that a later turn carries on is told once', () => {
	const run = new CaseWalk('tenSteps').take('talkVictim', { on: '2026-11-10', pupil: 2 }).run();
	const talks = run.turns.flatMap((turn) => talksOf({ ...run, turns: [turn] }));
	expect(talksOf(run)).toEqual(talks);
	expect(talks).toHaveLength(1);
});

test('incidents are what opened it and what happened since to these children in these roles', () => {
	const incidents = foldIncidents({
		observations: [
			at(1, '2026-10-01'),
			at(2, '2026-10-02'),
			at(3, '2026-11-20'),
			at(4, '2026-11-21', { participants: [{ role: 'instigator', pupilId: anId('pupil', 2) }] }),
			at(5, '2026-11-22', { basket: 'green' }),
			at(6, '2027-01-10'),
		],
		withdrawals: [],
		processings: [],
	});
	const subject = aCase(1, { incidentIds: [incidentIdFor(anId('observation', 1))] });
	expect(incidentsInCase(subject, incidents, period).map(({ occurredAt }) => occurredAt.slice(0, 10))).toEqual([
		'2026-10-01',
		'2026-11-20',
	]);
});
