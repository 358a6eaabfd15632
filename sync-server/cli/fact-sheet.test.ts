import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { FactSheetColumn } from '#domain/fact-sheet/fact-sheet.ts';
import { DEMO_TODAY, makeDemoSchool } from '#server/demo/make-school.ts';
import { factSheetCommand } from './fact-sheet.ts';

afterEach(() => {
	vi.restoreAllMocks();
	process.exitCode = undefined;
});

async function run(...words: string[]) {
	let [out, err] = ['', ''];
	vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
	vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true));
	await factSheetCommand().parseAsync(words, { from: 'user' });
	return { out, err, exitCode: process.exitCode };
}

const columnsIn = (out: string) => (JSON.parse(out) as { columns: FactSheetColumn[] }).columns;

test('the published fact sheet of a school comes out as it was published', async () => {
	const columns = columnsIn((await run('docs/examples/fact-sheet.jsonl', '--json')).out);
	expect(columns.map(({ users, pupils }) => [users, pupils])).toEqual([
		[503, 433],
		[503, 433],
	]);
	expect(columns.at(-1)?.observations).toBe(1415);
	const rows = (of: 'instigators' | 'stopped' | 'victims') =>
		columns.map((column) => [column[of].total, column[of].boys, column[of].girls]);
	expect(rows('instigators')).toEqual([
		[34, 29, 5],
		[35, 30, 5],
	]);
	expect(columns.map(({ involvedPercent }) => involvedPercent)).toEqual([8, 8]);
	expect(rows('stopped')).toEqual([
		[14, 9, 5],
		[18, 12, 6],
	]);
	expect(rows('victims')).toEqual([
		[6, 5, 1],
		[4, 2, 2],
	]);
	expect(columns.map(({ victimsNoMore }) => victimsNoMore?.total)).toEqual([6, 10]);
});

test('the published key figures of forty schools add up to what was published, in whole per cent', async () => {
	const { out } = await run('docs/examples/key-figures.jsonl');
	const lines = out.split('\n').map((line) => line.trim().replace(/ {2,}/g, ' | '));
	expect(lines).toEqual([
		'2021-07-09 | 2022-02-18 | 2022-07-08',
		'schools | 40 | 40 | 40',
		'users | – | – | –',
		'pupils | – | – | –',
		'observations | 6975 | 10769 | 15369',
		'instigators (A0, A1, A2) | 323 | 493 | 680',
		'boys | 232 (72 %) | 361 (73 %) | 483 (71 %)',
		'girls | 91 (28 %) | 132 (27 %) | 197 (29 %)',
		'of the pupils | – | – | –',
		'stopped (N, N+) | 124 | 136 | 274',
		'boys | 82 (66 %) | 100 (74 %) | 198 (72 %)',
		'girls | 42 (34 %) | 36 (26 %) | 76 (28 %)',
		'victims (S1, S2) | 96 | 41 | 132',
		'boys | 46 (48 %) | 25 (61 %) | 73 (55 %)',
		'girls | 50 (52 %) | 16 (39 %) | 59 (45 %)',
		'victims no more (SN) | – | 29 | 68',
		'',
	]);
});

test('a school is counted from its documents on the days that are asked for', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'pleinwacht-fact-sheet-'));
	const documents = [...makeDemoSchool({ pupils: 60, observations: 80, seed: 7, today: DEMO_TODAY })];
	const file = join(folder, 'school.jsonl');
	await writeFile(file, documents.map(({ doc }) => JSON.stringify(doc)).join('\n'));
	const { out } = await run(file, '--json', '--on', '2026-11-20', '--on', '2026-05-01');
	const columns = columnsIn(out);
	expect(columns.map(({ on, pupils }) => [on, pupils])).toEqual([
		['2026-05-01', 60],
		['2026-11-20', 60],
	]);
	expect(columns[0]?.observations).toBeLessThan(columns[1]?.observations ?? 0);
	expect((await run(file)).err).toMatch(/holds no key figures: give a day to count on with --on\n$/);
	await rm(folder, { recursive: true });
});

test('a wrong line is named', async () => {
	const { err, exitCode } = await run('docs/fact-sheet.md');
	expect(err).toMatch(/^docs\/fact-sheet\.md, line 1: not JSON/);
	expect(exitCode).toBe(1);
});
