import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Instant, LocalDate } from '#domain/time/local-time.ts';
import { CaseWalk, WALK_DAYS } from '#tests/factories/case-walk.ts';
import { aFollowUp } from '#tests/factories/cases.ts';
import { anId } from '#tests/factories/school.ts';
import { historiesOf } from './case-history.ts';
import { caseTasks } from './case-tasks.ts';
import { isSameAgreement, Signer, withSignature, type NonContract } from './non-contract.ts';

const contract: NonContract = {
	...{ type: 'nonContract', v: 1, id: anId('nonContract', 1), schoolId: anId('school', 1), caseId: anId('case', 1) },
	...{ turn: 1, pupilId: anId('pupil', 1), behaviour: 'Uitschelden', instead: 'Weglopen en hulp vragen' },
	...{ evaluateOn: '2026-11-30' as LocalDate, signed: [], writtenBy: anId('person', 2) },
	writtenAt: '2026-11-10T10:00:00.000Z' as Instant,
};
const day = '2026-11-11' as LocalDate;

test('each signs once; ticking and unticking in any order leaves the agreement as it was', () => {
	const tick = fc.record({ who: fc.constantFrom(...Signer.options), on: fc.constantFrom(day, null) });
	fc.assert(
		fc.property(fc.array(tick, { maxLength: 8 }), (ticks) => {
			const signed = ticks.reduce((now, { who, on }) => withSignature(now, who, on), contract);
			expect(isSameAgreement(signed, contract)).toBe(true);
			const last = new Map(ticks.map(({ who, on }) => [who, on]));
			const expected = [...last].flatMap(([who, on]) => (on === null ? [] : [who])).sort();
			expect(signed.signed.map(({ who }) => who).sort()).toEqual(expected);
		}),
	);
});

test('other words, another child or another day is another agreement', () => {
	for (const change of [
		{ instead: 'Niets' },
		{ pupilId: anId('pupil', 2) },
		{ evaluateOn: '2026-12-01' as LocalDate },
		{ help: 'De meester' },
	])
		expect(isSameAgreement({ ...contract, ...change }, contract)).toBe(false);
});

test('the evaluation is a reminder of its own, and takes the place of no look back with the victim', () => {
	const walk = new CaseWalk('fiveB').take('beslissen', { on: '2026-11-10' });
	const evaluation = aFollowUp(1, contract.evaluateOn, {
		about: { pupilId: anId('pupil', 1), role: 'instigator' },
		nonContractId: contract.id,
	});
	const open = (followUps: ReturnType<typeof aFollowUp>[]) => {
		const history = historiesOf({ records: walk.records, followUps }, 'Europe/Amsterdam').of(walk.subject.id);
		const context = { days: WALK_DAYS, ownerOf: () => anId('person', 2) };
		return caseTasks(walk.subject, history, walk.run(), context)
			.filter(({ resolved }) => resolved === null)
			.map(({ step, from }) => [step, from]);
	};
	expect(open([evaluation])).toEqual([[null, '2026-11-30'], ...open([])]);
	expect(open([]).map(([step]) => step)).toContain('lookBackSoon');
});
