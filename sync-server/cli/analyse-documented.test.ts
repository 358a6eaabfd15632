import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DEMO_TODAY, makeDemoSchool } from '#server/demo/make-school.ts';
import { ODD_CASES, ODD_UNTIL } from '#tests/factories/odd-documents.ts';
import { analyseCommand } from './analyse.ts';

let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'pleinwacht-analyse-'));
});

afterEach(async () => {
	vi.restoreAllMocks();
	process.exitCode = undefined;
	await rm(folder, { recursive: true });
});

async function analysed(documents: readonly unknown[], ...options: string[]): Promise<object> {
	const file = join(folder, 'school.jsonl');
	await writeFile(file, documents.map((doc) => JSON.stringify(doc)).join('\n'));
	let out = '';
	vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
	await analyseCommand().parseAsync([file, '--json', ...options], { from: 'user' });
	return JSON.parse(out) as object;
}

/** Every key of an answer as docs/analysis.md writes it: `places[].hours`. */
function keysOf(value: unknown, path = ''): string[] {
	if (Array.isArray(value)) return value.flatMap((each) => keysOf(each, `${path}[]`));
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, within]) => {
		const own = path === '' ? key : `${path}.${key}`;
		return [own, ...keysOf(within, own)];
	});
}

test.for(ODD_CASES)('from a file, $name counts as it is documented', async ({ documents, says }) => {
	expect(await analysed(documents, '--until', ODD_UNTIL)).toMatchObject(says);
});

test('every key of the answer is documented, and every documented key is in an answer', async () => {
	const page = await readFile('docs/analysis.md', 'utf8');
	const school = [...makeDemoSchool({ pupils: 120, observations: 900, seed: 7, today: DEMO_TODAY })];
	const answer = await analysed(
		school.map(({ doc }) => doc),
		'--since',
		'2026-09-29',
	);
	const keys = [...new Set(keysOf(answer))];
	// What stands in code marks: `pareto.top10`, `.share`, `{incidents, weeks, victims}`.
	const words = new Set([...page.matchAll(/`([^`\n]+)`/g)].flatMap(([, code = '']) => code.match(/\w+/g) ?? []));
	const leaf = (key: string) => key.match(/\w+/g)?.at(-1) ?? '';
	expect(keys.filter((key) => !words.has(leaf(key)))).toEqual([]);

	const answerTable = page.slice(page.indexOf('## The answer'), page.indexOf('## Two rates'));
	const documented = [...answerTable.matchAll(/^\| `([a-z]\w*(?:\[\])?(?:\.\w+)*)`/gm)].map(([, key = '']) => key);
	expect(documented.length).toBeGreaterThan(40);
	expect(documented.filter((key) => !keys.includes(key.replace(/\[\]$/, '')))).toEqual([]);
});
