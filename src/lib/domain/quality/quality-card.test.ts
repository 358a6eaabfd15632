import { expect, test } from 'vitest';
import { QUALITY_BLOCKS, scoreOfSafety, verdictOf, type QualityCard, type QualityIndicator } from './quality-card.ts';

const ALL: readonly QualityIndicator[] = QUALITY_BLOCKS.flatMap(({ indicators }) => [...indicators]);
const scored = (insufficient: readonly QualityIndicator[]): QualityCard['scores'] =>
	ALL.map((indicator) => ({ indicator, score: insufficient.includes(indicator) ? 'o' : 'v' }));
const SAFE = { own: 7.7, national: 7.5 };

test('the safety score goes by the national mean', () => {
	const at = (own: number) => scoreOfSafety({ own, national: 7.5 });
	expect([at(7.2), at(7.5), at(7.69), at(7.7), at(7.99), at(8)]).toEqual(['o', 'o', 'o', 'v', 'v', 'g']);
});

test('3.3 is the third of the third block', () => {
	expect(QUALITY_BLOCKS[2].indicators[2]).toBe('safetyScore');
});

test('certified with at most two insufficient, the safety score aside', () => {
	const verdict = (...insufficient: QualityIndicator[]) => verdictOf({ scores: scored(insufficient), safety: SAFE });
	expect(verdict('principalLeads', 'parentsKnow').isCertified).toBe(true);
	expect(verdict('principalLeads', 'parentsKnow', 'pupilsStop').isCertified).toBe(false);
	const unsafe = verdictOf({ scores: scored(['principalLeads', 'parentsKnow']), safety: { own: 7, national: 7.5 } });
	expect(unsafe).toMatchObject({ insufficient: 2, isCertified: true });
	expect(unsafe.scores.get('safetyScore')).toBe('o');
});

test('what is not scored yet certifies nothing, whatever somebody wrote as safety score', () => {
	expect(verdictOf({ scores: scored([]), safety: null })).toMatchObject({ missing: 1, isCertified: false });
	expect(verdictOf({ scores: [], safety: SAFE })).toMatchObject({ missing: ALL.length - 1, isCertified: false });
});
