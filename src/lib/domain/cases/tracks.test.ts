import { expect, test } from 'vitest';
import type { LocalDate } from '#domain/time/local-time.ts';
import { aFollowUp } from '#tests/factories/cases.ts';
import { CaseWalk } from '#tests/factories/case-walk.ts';
import { anId } from '#tests/factories/school.ts';
import { tracksOf } from './tracks.ts';

const withSomething = (walk: CaseWalk) =>
	tracksOf(walk.run())
		.filter(({ hasSomething }) => hasSomething)
		.map(({ level }) => level);

test('a plan fills the tracks it has lines for; the empty ones are seen', () => {
	const walk = new CaseWalk('fiveB')
		.take('bekijken', { on: '2026-11-09' })
		.take('begrijpen', { on: '2026-11-10' })
		.agree('plan', 'yes', '2026-11-11');
	expect(withSomething(walk)).toEqual([]);
	const line = (text: string) => [{ text }];
	walk.take('beslissen', {
		on: '2026-11-11',
		answers: [
			{ field: 'forVictim', value: line('Elke maandag even praten') },
			{ field: 'forGroup', value: line('Afspraken over de pauze') },
		],
	});
	expect(withSomething(walk)).toEqual(['victim', 'group']);
	walk.take('beslissen', { on: '2026-11-12', answers: [{ field: 'forVictim', value: line('Elke dag even praten') }] });
	expect(tracksOf(walk.run())[0]?.lines).toEqual([{ text: 'Elke dag even praten' }]);
});

test('a look back that somebody planned stands with the child it is about, until it is done', () => {
	const walk = new CaseWalk('fiveB');
	const task = {
		...{ turn: 1, step: null, about: null, ownerId: anId('person', 2), followUpId: anId('followUp', 1) },
		...{ from: '2026-11-23' as LocalDate, until: '2026-11-27' as LocalDate, followUp: aFollowUp(1, '2026-11-23') },
	};
	const victim = (resolved: 'done' | null) => tracksOf(walk.run(), [{ ...task, resolved }])[0];
	expect(victim(null)).toMatchObject({ level: 'victim', hasSomething: true, lookBacks: [{ from: '2026-11-23' }] });
	expect(victim('done')).toMatchObject({ hasSomething: false, lookBacks: [] });
	expect(tracksOf(walk.run(), [{ ...task, resolved: null }])[1]).toMatchObject({ lookBacks: [] });
});

test('a talk that waits or was held counts for whom it is with, parents by its guide', () => {
	const walk = new CaseWalk('sixSteps');
	expect(tracksOf(walk.run())[0]).toMatchObject({ level: 'victim', open: ['talkVictim'], done: [] });
	walk.take('talkVictim', { on: '2026-11-09', pupil: 2 });
	expect(tracksOf(walk.run())[0]).toMatchObject({ open: [], done: ['talkVictim'] });
});
