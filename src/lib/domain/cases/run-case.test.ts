import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSchoolDay } from '#domain/calendar/school-days.ts';
import type { CaseEntry, CaseVerdict } from '#domain/cases/case.ts';
import { ProtocolName } from '#domain/protocols/protocol.ts';
import { SHIPPED_PROTOCOLS } from '#domain/protocols/shipped-protocols.ts';
import { dateOfDayNumber, dayNumber, type Instant, type LocalDate } from '#domain/time/local-time.ts';
import { CaseWalk, WALK_DAYS } from '#tests/factories/case-walk.ts';
import { aCaseEntry } from '#tests/factories/cases.ts';
import { anId } from '#tests/factories/school.ts';
import { historiesOf } from './case-history.ts';
import { runCase } from './run-case.ts';

const fiveB = () => new CaseWalk('fiveB');
const on = (day: string) => ({ on: day });

test('what was stored by the first version still says where a case stands', () => {
	const walk = fiveB();
	const entry = (n: number, step: CaseEntry['step']) => aCaseEntry(n, { step });
	const verdict: CaseVerdict = {
		...{ type: 'caseVerdict', v: 1, id: anId('caseVerdict', 1), schoolId: anId('school', 1), caseId: anId('case', 1) },
		...{ turn: 1, verdict: 'notStopped', text: 'nog niet', judgedBy: anId('person', 2) },
		judgedAt: '2026-12-01T10:00:00.000Z' as Instant,
	};
	const facts = { entries: [entry(1, 'bekijken'), entry(2, 'begrijpen')], verdicts: [verdict] };
	const history = historiesOf(facts, 'Europe/Amsterdam').of(walk.subject.id);
	const run = runCase(walk.subject, history, walk.protocol, 'Europe/Amsterdam');
	expect(run.turns.map(({ number, startedOn }) => [number, dateOfDayNumber(startedOn)])).toEqual([
		[1, '2026-11-09'],
		[2, '2026-12-01'],
	]);
	expect(run.turns[0].steps.filter(({ status }) => status === 'done').map(({ step }) => step.key)).toEqual([
		'bekijken',
		'begrijpen',
		'beoordelen',
	]);
});

test('a step out of order counts, is marked, and what follows it begins', () => {
	const walk = fiveB().take('beslissen', on('2026-11-10'));
	expect(walk.step('beslissen')).toMatchObject({ status: 'done', outOfOrder: true });
	expect(walk.open()).toEqual(['bekijken', 'bijsturen']);
	expect(walk.due()).toContain('lookBackSoon 2026-11-24–2026-11-30');
});

test('a day before the start of the case counts as its start; a day still to come as the day of writing', () => {
	const early = fiveB().take('beslissen', { on: '2026-09-01', written: '2026-11-10' });
	expect(early.due()).toContain('lookBackSoon 2026-11-23–2026-11-27');
	const ahead = fiveB().take('beslissen', { on: '2027-09-01', written: '2026-11-10' });
	expect(ahead.due()).toContain('lookBackSoon 2026-11-24–2026-11-30');
});

test('two people who close and go on at once: the later word stands, and both stay in the story', () => {
	const closed = fiveB().take('beoordelen', { on: '2026-11-20', outcome: 'stopped' });
	const goesOn = fiveB()
		.take('beoordelen', { on: '2026-11-20', outcome: 'stopped' })
		.take('beoordelen', { on: '2026-11-20', outcome: 'notStopped', turn: 1 });
	expect([closed.closed(), goesOn.closed(), goesOn.run().turn.number]).toEqual(['stopped', null, 2]);
	expect(goesOn.run().turns[0].steps.find(({ step }) => step.key === 'beoordelen')?.taken).toHaveLength(2);
});

test('who works on in a case that another closed at the same time loses nothing', () => {
	const walk = fiveB().take('beoordelen', { on: '2026-11-20', outcome: 'stopped' }).take('bijsturen', on('2026-11-20'));
	expect(walk.closed()).toBe('stopped');
	expect(walk.step('bijsturen').taken).toHaveLength(1);
});

test('what was written ahead in a turn that never came belongs to this one, without what it decided', () => {
	const walk = fiveB().take('beoordelen', { on: '2026-11-20', outcome: 'stopped', turn: 3 });
	expect([walk.closed(), walk.run().turn.number]).toEqual([null, 1]);
	expect(walk.step('beoordelen')).toMatchObject({ status: 'waiting', outcome: null });
});

test('talking once more does not put off what follows', () => {
	const once = fiveB().take('beslissen', on('2026-11-10'));
	const twice = fiveB().take('beslissen', on('2026-11-10')).take('beslissen', on('2026-11-17'));
	expect(twice.due()).toEqual(once.due());
});

test('a follow-up in the summer holidays waits for the first school week after them', () => {
	const walk = fiveB().take('beslissen', on('2027-06-07'));
	expect(walk.due()).toContain('lookBackLate 2027-08-30–2027-09-03');
});

describe('consent', () => {
	const asked = () => new CaseWalk('supportGroup').take('prepare', { on: '2026-11-10', outcome: 'eachAlone' });
	test('a step that needs it can be taken when everybody gave it', () => {
		const walk = asked().take('talkVictim', on('2026-11-11'));
		expect(walk.step('formGroup')).toMatchObject({ status: 'open', consent: 'open' });
		expect(walk.agree('helpWanted', 'yes', '2026-11-11').step('formGroup').consent).toBe('given');
	});
	test('refused, the step is not taken and nobody is reminded of it', () => {
		const walk = asked().take('talkVictim', on('2026-11-11')).agree('helpWanted', 'no', '2026-11-12');
		expect(walk.step('formGroup').status).toBe('refused');
		expect(walk.due()).toEqual([]);
	});
	test('taken back after it was given, and given again: the last word counts', () => {
		const walk = asked().take('talkVictim', on('2026-11-11')).agree('helpWanted', 'yes', '2026-11-11');
		walk.agree('helpWanted', 'withdrawn', '2026-11-12');
		expect(walk.step('formGroup').status).toBe('refused');
		expect(walk.agree('helpWanted', 'yes', '2026-11-13').step('formGroup').status).toBe('open');
	});
	test('a step that was taken without it stays, and is marked', () => {
		const walk = asked().take('formGroup', on('2026-11-11'));
		expect(walk.step('formGroup')).toMatchObject({ status: 'done', withoutConsent: true });
	});
});

describe('whatever was appended, in whatever order', () => {
	const facts = fc.constantFrom(...ProtocolName.options).chain((name) => {
		const { steps } = SHIPPED_PROTOCOLS[name];
		const taking = fc
			.record({
				step: fc.constantFrom(...steps),
				turn: fc.integer({ min: 1, max: 3 }),
				day: fc.integer({ min: dayNumber('2026-11-01' as LocalDate), max: dayNumber('2027-09-30' as LocalDate) }),
				pick: fc.nat(),
				pupil: fc.option(fc.constantFrom(1, 2)),
				skipped: fc.boolean(),
			})
			.map((each) => ({
				...each,
				outcome: each.step.outcomes?.[each.pick % (each.step.outcomes.length + 1)]?.key,
			}));
		return fc.record({ name: fc.constant(name), takings: fc.array(taking, { maxLength: 25 }) });
	});
	type Facts = typeof facts extends fc.Arbitrary<infer T> ? T : never;

	function walked({ name, takings }: Facts): CaseWalk {
		const walk = new CaseWalk(name);
		for (const { step, turn, day, pupil, skipped, outcome } of takings)
			walk.take(step.key, {
				...{ on: dateOfDayNumber(day), turn },
				...(outcome !== undefined && { outcome }),
				...(pupil !== null && step.about !== 'case' && { pupil }),
				...(skipped && { skipped }),
			});
		return walk;
	}

	test('the state and what is due are the same', () => {
		fc.assert(
			fc.property(facts, fc.infiniteStream(fc.nat()), (each, dice) => {
				const walk = walked(each);
				const shuffled = new CaseWalk(each.name);
				shuffled.records.push(...walk.records.toSorted(() => ((dice.next().value ?? 0) % 3) - 1));
				expect(shuffled.run()).toEqual(walk.run());
				const byId = (tasks: ReturnType<CaseWalk['tasks']>) =>
					tasks.toSorted((a, b) => (a.followUpId < b.followUpId ? -1 : 1));
				expect(byId(shuffled.tasks())).toEqual(byId(walk.tasks()));
			}),
			{ numRuns: 200 },
		);
	});

	test('nothing that was taken is left out, and every window lies on school days', () => {
		fc.assert(
			fc.property(facts, (each) => {
				const walk = walked(each);
				const run = walk.run();
				const shown = run.turns.flatMap(({ steps }) =>
					steps.filter(({ carried }) => !carried).flatMap(({ taken }) => taken),
				);
				const { length } = walk.records;
				expect(new Set(shown.map(({ id }) => id)).size).toBe(length);
				const tasks = walk.tasks();
				expect(new Set(tasks.map(({ followUpId }) => followUpId)).size).toBe(tasks.length);
				for (const { from, until } of tasks) {
					expect(from <= until).toBe(true);
					expect([isSchoolDay(WALK_DAYS, from), isSchoolDay(WALK_DAYS, until)]).toEqual([true, true]);
				}
			}),
			{ numRuns: 200 },
		);
	});

	test('a closed case asks for nothing but later look backs', () => {
		fc.assert(
			fc.property(facts, (each) => {
				const walk = walked(each);
				if (walk.closed() === null) return;
				const lookBacks = new Set(walk.protocol.steps.filter(({ lookBack }) => lookBack).map(({ key }) => key));
				for (const { resolved, step } of walk.tasks())
					if (resolved === null) expect(lookBacks.has(step ?? '')).toBe(true);
			}),
			{ numRuns: 200 },
		);
	});
});
