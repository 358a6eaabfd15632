import { expect, test } from 'vitest';
import { aCircle, aSchoolProtocol } from '#tests/factories/protocols.ts';
import { problemsInSchoolProtocol } from './check-school-protocol.ts';
import { SHIPPED_TEXTS } from './shipped-texts.ts';

test('what comes with Pleinwacht is sound, words and all', () => {
	expect(problemsInSchoolProtocol(aSchoolProtocol(1, 'roundTalks'))).toEqual([]);
});

test('a circle of clocks and a missing word are each named with their place in the document', () => {
	const circle = aSchoolProtocol(1, 'roundTalks', { protocol: aCircle('roundTalks') });
	expect(problemsInSchoolProtocol(circle)).toEqual([
		{ place: 'protocol.steps.0.after', problem: 'waits for itself: prepare → nextRound → talkA1 → prepare' },
	]);
	const { steps, ...rest } = SHIPPED_TEXTS.roundTalks;
	const { measures: _, ...fewer } = steps;
	const wordless = aSchoolProtocol(1, 'roundTalks', { texts: { ...rest, steps: fewer } });
	expect(problemsInSchoolProtocol(wordless)).toEqual([{ place: 'texts.steps.measures', problem: 'has no words' }]);
});
