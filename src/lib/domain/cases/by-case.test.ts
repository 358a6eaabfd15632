import { expect, test } from 'vitest';
import type { CaseId } from '#domain/id.ts';
import { anId } from '#tests/factories/school.ts';
import { byCase } from './by-case.ts';

const of = (n: number, text: string) => ({ caseId: anId('case', n), text });

test('facts come together by case in the order they were given, whichever case came first', () => {
	const cases = new Map<CaseId, number>();
	const notes = byCase([of(2, 'a'), of(1, 'b'), of(2, 'c')], cases);
	const later = byCase(new Set([of(3, 'd'), of(1, 'e')]), cases);
	const textsOf = (n: number, facts: typeof notes) => facts(cases.get(anId('case', n)) ?? -1).map((each) => each.text);
	expect([1, 2, 3].map((n) => textsOf(n, notes))).toEqual([['b'], ['a', 'c'], []]);
	expect([1, 2, 3].map((n) => textsOf(n, later))).toEqual([['e'], [], ['d']]);
});
