import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const FOLDER = 'src/lib/i18n/messages';

function messages(locale: string): Map<string, string> {
	const all = new Map<string, string>();
	for (const file of readdirSync(`${FOLDER}/${locale}`)) {
		const content = JSON.parse(readFileSync(`${FOLDER}/${locale}/${file}`, 'utf8')) as Record<string, unknown>;
		for (const [key, text] of Object.entries(content)) if (key !== '$schema') all.set(key, JSON.stringify(text));
	}
	return all;
}

function placeholders(text: string): string[] {
	return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))].sort();
}

const nl = messages('nl');
const en = messages('en');

test('every text stands in Dutch and in English', () => {
	expect([...en.keys()].sort()).toEqual([...nl.keys()].sort());
});

test('both languages use the same placeholders', () => {
	const different = [...nl].filter(
		([key, text]) => placeholders(text).join() !== placeholders(en.get(key) ?? '').join(),
	);
	expect(different).toEqual([]);
});

test('no text a user reads labels a child or shouts', () => {
	const labels = /\b(pester|pestkop|dader|bully|bullies|offender|perpetrator|culprit)\b|!!/i;
	const found = [...nl, ...en].filter(([, text]) => labels.test(text));
	expect(found).toEqual([]);
});

test('every message file is read by the compiler', () => {
	const settings = readFileSync('src/lib/i18n/project.inlang/settings.json', 'utf8');
	expect(readdirSync(`${FOLDER}/nl`).filter((file) => !settings.includes(`/${file}`))).toEqual([]);
	expect(readdirSync(`${FOLDER}/en`)).toEqual(readdirSync(`${FOLDER}/nl`));
});
