import { describe, expect, test } from 'vitest';
import { readProtocolTexts } from './check-protocol.ts';
import { ProtocolName } from './protocol.ts';
import { SHIPPED_PROTOCOLS } from './shipped-protocols.ts';
import { SHIPPED_TEXTS } from './shipped-texts.ts';
import { GUIDES } from './texts/guides.ts';

describe.each(ProtocolName.options)('the words of %s', (name) => {
	test('are complete in both languages, and say nothing of what is not there', () => {
		const read = readProtocolTexts(SHIPPED_TEXTS[name], SHIPPED_PROTOCOLS[name]);
		expect(read.ok ? [] : read.error).toEqual([]);
	});

	test('are Dutch in Dutch and English in English', () => {
		for (const { nl, en } of pairsIn(SHIPPED_TEXTS[name])) {
			expect(en).not.toMatch(/\b(het|een|niet|wat)\b/);
			expect(nl).not.toMatch(/\b(the|child|what|not)\b/i);
		}
	});
});

test('a missing translation is refused with its place', () => {
	const { steps, ...rest } = SHIPPED_TEXTS.fiveB;
	const texts = { ...rest, steps: { ...steps, bekijken: { ...steps['bekijken'], title: { nl: 'Bekijken', en: '' } } } };
	const read = readProtocolTexts(texts, SHIPPED_PROTOCOLS.fiveB);
	expect(read.ok ? [] : read.error).toEqual([{ place: 'steps.bekijken.title.en', problem: 'too small, at least 1' }]);
	const { begrijpen: _, ...fewer } = steps;
	const missing = readProtocolTexts({ ...rest, steps: fewer }, SHIPPED_PROTOCOLS.fiveB);
	expect(missing.ok ? [] : missing.error).toEqual([{ place: 'steps.begrijpen', problem: 'has no words' }]);
});

function pairsIn(value: unknown): { nl: string; en: string }[] {
	if (typeof value !== 'object' || value === null) return [];
	if ('nl' in value && 'en' in value) return [value as { nl: string; en: string }];
	return Object.values(value).flatMap(pairsIn);
}

test('every conversation guide a step names is there, in both languages, and none is left over', () => {
	const named = new Set(
		Object.values(SHIPPED_PROTOCOLS).flatMap(({ steps }) => steps.flatMap(({ guide }) => guide ?? [])),
	);
	expect(Object.keys(GUIDES).sort()).toEqual([...named].sort());
	const texts = Object.values(GUIDES).flatMap(({ title, parts }) => [
		title,
		...parts.flatMap((part) => [part.title, ...part.lines]),
	]);
	for (const { nl, en } of texts) expect([nl.trim().length > 0, en.trim().length > 0]).toEqual([true, true]);
});
